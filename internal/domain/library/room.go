package library

import (
	"context"
	"log/slog"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/memo"
)

// Deps is what the room needs.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Log     *slog.Logger
	Journal *journal.Journal
	// Shares are the owner's rules for handing notes on.
	Shares func(ctx context.Context) (ShareRules, error)
	// Living picks those of the members whose accounts exist. It is asked when
	// rows are written that were gathered a moment ago, in their transaction.
	Living func(ctx context.Context, members []uuid.UUID) ([]uuid.UUID, error)
}

// Room keeps what belongs to readers. It is safe for several goroutines.
type Room struct {
	Deps
	marks   *memo.Copies[Mark]
	hot     *db.Hot
	pending pending
}

// TopicChanged says on the news line that something of a member changed; the
// payload is the member's id.
const TopicChanged = "library"

// New opens the room.
func New(d Deps) *Room {
	r := &Room{Deps: d, marks: memo.NewFor(marksFor, marksWeight, func(Mark) uint32 { return 160 }), hot: d.DB.Hot(markQuery)}
	d.DB.Subscribe(TopicChanged, func(member string) {
		r.marks.Drop("") // they live for seconds only
		r.pending.drop(member)
	})
	return r
}

// own refuses everybody but the member whose things they are.
func own(ctx context.Context, member uuid.UUID) error {
	if who := actor.From(ctx); who.Kind != actor.Member || who.ID != member || member == uuid.Nil {
		return fault.New(fault.Unauthenticated, "sign_in_required", "Sign in to see what is yours.")
	}
	return nil
}

// ownOr also lets staff pass who may read about members.
func ownOr(ctx context.Context, member uuid.UUID) error {
	if own(ctx, member) == nil {
		return nil
	}
	return actor.Require(ctx, actor.MembersRead)
}

// Forget drops everything of a member, in the transaction that erases them.
func (r *Room) Forget(ctx context.Context, member uuid.UUID) error {
	return r.forgetting(ctx, member, func(ctx context.Context) error { return r.dropMember(ctx, member) })
}
