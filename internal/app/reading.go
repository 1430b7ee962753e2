package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/journal"
)

// openReading opens the room of what belongs to each reader.
func (r *rooms) openReading() {
	r.reading = library.New(library.Deps{DB: r.db, Clock: r.clock, Log: r.log, Journal: r.journal, Shares: r.shareRules, Living: r.living})
}

// closeReading writes what members read in the last moment.
func (r *rooms) closeReading() {
	ctx, done := context.WithTimeout(context.Background(), 2*time.Second)
	defer done()
	if err := r.reading.Close(ctx); err != nil {
		r.log.Warn("what members read could not be remembered", "error", err)
	}
}

// living picks the members whose accounts exist.
func (r *rooms) living(ctx context.Context, members []uuid.UUID) (out []uuid.UUID, err error) {
	known, err := r.identity.MembersByID(ctx, members)
	for id, m := range known {
		if m.DeletedAt == nil {
			out = append(out, id)
		}
	}
	return out, err
}

// forgetReader drops what a member kept, in the transaction that erases them.
func (r *rooms) forgetReader(ctx context.Context, member string) error {
	id, err := uuid.Parse(member)
	if err != nil {
		return err
	}
	return r.reading.Forget(ctx, id)
}

// shutOut ends the secret address of a member's own feed when they shut others
// out of their account: with their password, their address, or all sessions at
// once. One device that logs out shuts nobody out.
func (r *rooms) shutOut(ctx context.Context, e journal.Entry) error {
	var all struct {
		Sessions int `json:"sessions"`
	}
	switch e.Verb {
	case "member.renamed":
		return nil
	case "member.signed_out":
		if err := json.Unmarshal([]byte(e.Payload), &all); err != nil || all.Sessions == 0 {
			return err
		}
	}
	id, err := uuid.Parse(e.SubjectID)
	if err != nil {
		return err
	}
	return r.reading.EndFeed(ctx, id)
}

// shareRules are the owner's.
func (r *rooms) shareRules(ctx context.Context) (library.ShareRules, error) {
	rules, err := r.publication.Rules(ctx)
	return library.ShareRules{Notes: rules.SharedNotes, Openings: rules.ShareOpenings, Days: rules.ShareDays}, err
}
