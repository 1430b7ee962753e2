package billing

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/memo"
	"lighttrends/internal/platform/stripeapi"
)

// Recorder appends to the journal.
type Recorder interface {
	Record(ctx context.Context, e journal.Event) error
}

// Payer is what a receipt says of the one who pays.
type Payer struct {
	Email, Name string
	Language    string // that they have chosen for letters
	// IfNew leaves a customer whom Stripe knows as they are: a firm's order does
	// not rename the person who has subscribed before.
	IfNew bool
}

// Members is as much of the members as this room needs.
type Members interface {
	// Payer answers a fault of kind NotFound for a member who does not exist
	// or was deleted.
	Payer(ctx context.Context, member uuid.UUID) (Payer, error)
	// CheckEmail refuses an address that Enrol would not take.
	CheckEmail(email string) error
	// Enrol finds the member with an address, or makes one; fresh tells which.
	Enrol(ctx context.Context, email, name string) (member uuid.UUID, fresh bool, err error)
	// Staying answers a fault for a member who has asked to be deleted: nothing
	// more may be charged to them.
	Staying(ctx context.Context, member uuid.UUID) error
	// BumpAccess notes, in the transaction of the context, that what the
	// member may read has changed.
	BumpAccess(ctx context.Context, member uuid.UUID) error
}

// Deps is what the room needs from outside.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Journal Recorder
	Members Members
	Stripe  *stripeapi.Client
	Log     *slog.Logger // nil means silence

	// BaseURL is how members reach the portal, without a slash at its end.
	BaseURL string
	// FrontEnds are the origins of other front ends of the publication, which
	// buyers may come back to.
	FrontEnds []string
	// WebhookSecrets are all that may sign an event now; two during a rotation.
	WebhookSecrets []string
	// GraceDays is how long a subscription whose renewal failed stays open.
	// 0 leaves it open for as long as Stripe calls it past_due. It is what
	// holds until the owner decides; see Policy.
	GraceDays int
	// GiftKey is what codes of presents are computed with.
	GiftKey []byte
	// Mail sends letters about money, in the look of Brand; without it there are
	// none.
	Mail  Mailer
	Brand func(ctx context.Context) mail.Brand
	// Wanted tells whether a member has not declined letters of a kind, and the
	// address that declines them; "" for what cannot be declined. Nil: all are
	// wanted.
	Wanted func(ctx context.Context, member uuid.UUID, k LetterKind) (wanted bool, stop string, err error)
	// Zone is the publication's, in which months are counted; nil is UTC.
	Zone func(ctx context.Context) (*time.Location, error)
}

// Office sells plans and keeps the mirror. It is safe for several goroutines.
type Office struct {
	Deps
	store      store
	catalogues *memo.Copies[*catalogue]
	sales      *memo.Copies[SalesRules]
	policies   *memo.Copies[Policy]
	prices     *memo.Copies[*NotePrice]
	refusals   refusals
}

// New opens the room.
func New(d Deps) *Office {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	o := &Office{Deps: d, store: store{d.DB}, catalogues: memo.New(1<<20, func(*catalogue) uint32 { return 1 })}
	o.sales = memo.New(1<<20, func(SalesRules) uint32 { return 1 })
	d.DB.Subscribe(topicNews, func(key string) {
		o.catalogues.Drop(key)
		o.sales.Drop(key)
	})
	o.policies = memo.New(16, func(Policy) uint32 { return 1 })
	d.DB.Subscribe(topicPolicy, o.policies.Drop)
	o.prices = memo.New(4<<20, func(*NotePrice) uint32 { return 200 })
	d.DB.Subscribe(topicPrices, o.prices.Drop)
	return o
}

// topicNews is the topic under which changes of plans are announced.
const topicNews = "plans"

// topicPolicy is the topic under which changes of the policy are announced.
const topicPolicy = "billing_policy"

// topicPrices is the topic under which a change of a note's price is announced.
const topicPrices = "note_prices"

// tries bounds how often something is begun anew because somebody else was
// faster.
const tries = 6

var errBusy = fault.New(fault.Unavailable, "billing_busy", "This is being changed by somebody else at the moment. Please try again.")

// outside refuses to speak to Stripe from inside a transaction, which would
// hold locks for as long as the network takes.
func (o *Office) outside(ctx context.Context) error {
	if o.DB.InTx(ctx) {
		return errors.New("billing: a call to Stripe inside a transaction")
	}
	return nil
}

// stepAside waits a moment that grows with each try and differs between those
// who wait.
func stepAside(ctx context.Context, try int) error {
	longest := 20 * time.Millisecond << min(try, 5)
	wait := time.NewTimer(time.Duration(rand.Int64N(int64(longest)))) //nolint:gosec // not a secret
	defer wait.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wait.C:
		return nil
	}
}

// freshKey makes an idempotency key for a call whose effect is the same when
// it is done twice. It only keeps the network's own repeats apart.
func freshKey() string { return uuid.NewString() }
