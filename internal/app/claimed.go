package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/journal"
)

// ClaimedArgs asks for the letter that tells a stranger who bought how to sign
// in. It holds ids only.
type ClaimedArgs struct {
	Member   uuid.UUID `json:"member"`
	Checkout string    `json:"checkout" river:"unique"`
	ReturnTo string    `json:"return_to"`
}

// Kind names the job.
func (ClaimedArgs) Kind() string { return "app.claimed" }

// InsertOpts keeps it to one for each purchase.
func (ClaimedArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

func (r *rooms) enqueueClaimed(ctx context.Context, e journal.Entry) error {
	var c billing.Claimed
	if err := json.Unmarshal(e.Payload, &c); err != nil {
		return fmt.Errorf("payload of %s: %w", e.Verb, err)
	}
	return r.db.Enqueue(ctx, ClaimedArgs{Member: c.Member, Checkout: e.SubjectID, ReturnTo: c.ReturnTo}, nil)
}

type claimedWorker struct {
	river.WorkerDefaults[ClaimedArgs]
	rooms *rooms
}

// Work sends the sign-in letter everybody gets: a link and a code. Whoever
// typed the address at the payment page is not let in by it; whoever reads
// mail there is.
func (w *claimedWorker) Work(ctx context.Context, job *river.Job[ClaimedArgs]) error {
	ctx = actor.With(ctx, actor.Machine("checkout"))
	m, err := w.rooms.identity.Member(ctx, job.Args.Member)
	if err != nil || m.DeletedAt != nil {
		return err
	}
	_, err = w.rooms.identity.StartSignIn(ctx, identity.StartSignIn{
		Email: m.EmailGiven, Name: m.Name, ReturnTo: landing(job.Args.ReturnTo), Client: "checkout-" + job.Args.Checkout, Surface: "portal",
	})
	return err
}

// landing is where the link leads: back to what the buyer was reading. Whoever
// came from the plans has bought one and is shown what they have.
func landing(from string) string {
	if from == "" || strings.HasPrefix(from, "/plans") || strings.HasPrefix(from, "/offer/") {
		return "/account"
	}
	return from
}
