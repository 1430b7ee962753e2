package app

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/journal"
)

// react is the one place that says which event leads to which job. It runs in
// the transaction of the event, so what it enqueues exists exactly when the
// event does.
func (r *rooms) react(ctx context.Context, e journal.Entry) error {
	if err := r.tell(ctx, e); err != nil {
		return err
	}
	if err := r.tellCopies(ctx, e); err != nil {
		return err
	}
	switch e.Verb {
	case "subscription.started":
		return r.enqueueWelcome(ctx, e)
	case "checkout.claimed":
		return r.enqueueClaimed(ctx, e)
	case "term.ending":
		return r.enqueueTermEnding(ctx, e)
	case "topic.merged", "author.merged", "topic.deleted", "author.deleted", "series.deleted":
		return r.followOn(ctx, e)
	case "lead.received":
		return r.db.Enqueue(ctx, LeadLetterArgs{Lead: e.SubjectID}, nil)
	case "gift.delivered":
		return r.db.Enqueue(ctx, GiftLetterArgs{Gift: e.SubjectID}, nil)
	case "order.sent":
		return r.enqueueQuoteLetter(ctx, e)
	case "member.deleted":
		return r.forgetReader(ctx, e.SubjectID)
	case "member.leaving":
		return r.aboutMember(ctx, e.SubjectID, func(id uuid.UUID) river.JobArgs { return StopChargesArgs{id} })
	case "member.feed_made":
		id, err := uuid.Parse(e.SubjectID)
		if err != nil {
			return err
		}
		return r.identity.NotifyFeedMade(ctx, id)
	case "member.signed_out", "member.password_set", "member.password_changed", "member.password_removed":
		return r.shutOut(ctx, e)
	case "member.email_changed", "member.renamed":
		if err := r.shutOut(ctx, e); err != nil {
			return err
		}
		return r.aboutMember(ctx, e.SubjectID, func(id uuid.UUID) river.JobArgs { return IntroduceArgs{id} })
	default:
		return nil
	}
}

func (r *rooms) enqueueWelcome(ctx context.Context, e journal.Entry) error {
	happened, member, err := subscriptionEvent(e)
	if err != nil || member == uuid.Nil {
		return err
	}
	return r.db.Enqueue(ctx, WelcomeArgs{Member: member, Plan: happened.Plan, Subscription: e.SubjectID}, nil)
}

// followOn has those who followed what became part of something else follow
// that; what is gone altogether is followed by nobody.
func (r *rooms) followOn(ctx context.Context, e journal.Entry) error {
	var of struct {
		ID     uuid.UUID `json:"id"`
		IntoID uuid.UUID `json:"into_id"`
	}
	if err := json.Unmarshal(e.Payload, &of); err != nil {
		return err
	}
	return r.reading.FollowOn(ctx, library.Kind(e.SubjectKind), of.ID, of.IntoID)
}
