package identity

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// endedCrowded says of a session that it made room for a newer one.
const endedCrowded = "crowded"

// makeRoom ends the member's sessions that were not used for the longest time,
// until there are no more than the owner allows, the fresh one counted. It runs
// in the transaction of the sign-in, which holds the member's row, so that two
// sign-ins at once count each other. A number that is lowered counts from the
// next sign-in on: nobody is thrown out by a setting.
func (s *Service) makeRoom(ctx context.Context, fresh Session) error {
	most, err := s.memberSessions(ctx)
	if err != nil || most <= 0 {
		return err
	}
	open, err := s.listSessions(ctx, actor.Member, fresh.SubjectID, s.clock.Now())
	if err != nil || len(open) <= most {
		return err
	}
	ctx = actor.With(ctx, fresh.Actor())
	for _, old := range without(open, fresh.ID)[most-1:] {
		if err := s.endBecause(ctx, old.ID, endedCrowded); err != nil {
			return err
		}
		err := s.record(ctx, "member.signed_out", "member", old.SubjectID.String(), map[string]any{"surface": old.Surface, "why": endedCrowded})
		if err != nil {
			return err
		}
	}
	return nil
}

func without(list []Session, id uuid.UUID) (out []Session) {
	for _, s := range list {
		if s.ID != id {
			out = append(out, s)
		}
	}
	return out
}

// whyOut is the fault for a token that opens nothing (any more). Whoever made
// room for another device of theirs is told so, and whose tokens were copied;
// all else is one answer.
func (s *Service) whyOut(ctx context.Context, hash []byte, ask func(context.Context, []byte) (string, error)) error {
	why, err := ask(ctx, hash)
	if err != nil {
		return err
	}
	return outFor(why)
}

func outFor(why string) error {
	switch why {
	case endedReplayed:
		return errReplayed()
	case endedCrowded:
		return fault.New(fault.Unauthenticated, "session_crowded_out", "You were signed out here because your account is in use on more devices than it may be at once. Sign in again to go on here; the device that was not used for the longest time makes room.")
	default:
		return errSignedOut()
	}
}
