package billing

import (
	"context"
	"errors"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/stripeapi"
)

// Ledger stands in front of every call to Stripe. It lets none go from inside
// a transaction, which would hold locks for as long as the network takes, and
// no write whose idempotency key is not stored: after a crash it can be seen
// what Stripe may have been asked for, and under which key.
type Ledger struct {
	db    *db.DB
	clock clock.Clock
}

// NewLedger makes the ledger of a database.
func NewLedger(d *db.DB, c clock.Clock) *Ledger { return &Ledger{d, c} }

// stripeWrite is one write, by its key. A repeat is the same write.
type stripeWrite struct {
	IdempotencyKey string `gorm:"primaryKey"`
	Method         string
	Path           string
	BegunAt        time.Time
}

// TableName implements gorm's Tabler.
func (stripeWrite) TableName() string { return "stripe_writes" }

var (
	errInside = errors.New("billing: a call to Stripe inside a transaction")
	errNoKey  = errors.New("billing: a write to Stripe without an idempotency key")
)

// Before is for stripeapi.Config.
func (l *Ledger) Before(ctx context.Context, call stripeapi.Call) error {
	if l.db.InTx(ctx) {
		return errInside
	}
	if !call.Writes() {
		return nil
	}
	if call.Key == "" {
		return errNoKey
	}
	row := stripeWrite{IdempotencyKey: call.Key, Method: call.Method, Path: call.Path, BegunAt: l.clock.Now()}
	return l.db.Tx(ctx, func(ctx context.Context) error { return store{l.db}.insertWrite(ctx, &row) })
}
