// Package once makes a repeated request take effect once. A client that does
// not know whether its request arrived sends it again with the same
// Idempotency-Key; the second time it gets the first answer and nothing else
// happens (draft-ietf-httpapi-idempotency-key-header).
//
// Table: idempotency_keys.
package once

import (
	"bytes"
	"context"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Kept is how long an answer is remembered.
const Kept = 24 * time.Hour

// MaxKey is the longest key, in bytes.
const MaxKey = 255

// Keeper remembers answers.
type Keeper struct {
	db    *db.DB
	clock clock.Clock
}

// New makes a keeper.
func New(d *db.DB, c clock.Clock) *Keeper { return &Keeper{d, c} }

// Request names what is to happen once.
type Request struct {
	Scope       string // who asks for which operation: keys of others are never met
	Key         string
	Fingerprint []byte // of the request's content
}

var (
	errReused = fault.New(fault.Invalid, "idempotency_key_reused", "This Idempotency-Key was used for another request.")
	errKey    = fault.New(fault.BadRequest, "bad_idempotency_key", "An Idempotency-Key has 1 to 255 printable ASCII characters.")
)

type row struct {
	Scope       string `gorm:"primaryKey"`
	Key         string `gorm:"primaryKey"`
	Fingerprint []byte
	Answer      []byte
	CreatedAt   time.Time
}

func (row) TableName() string { return "idempotency_keys" }

// Tables lists the model, for the check against the migrations.
func Tables() []any { return []any{&row{}} }

// Do runs do in a transaction and keeps what it answered in the same one. When
// the request is known already, it returns the kept answer and true. Two at
// the same time wait for each other. An error keeps nothing.
func (k *Keeper) Do(ctx context.Context, r Request, do func(ctx context.Context) ([]byte, error)) (answer []byte, again bool, err error) {
	if !validKey(r.Key) {
		return nil, false, errKey
	}
	err = k.db.Tx(ctx, func(ctx context.Context) error {
		// Taking the key first makes a second request wait here for the first.
		const take = `INSERT INTO idempotency_keys (scope, key, fingerprint, answer, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
		res := k.db.Write(ctx).Exec(take, r.Scope, r.Key, r.Fingerprint, []byte{}, k.clock.Now())
		if res.Error != nil {
			return res.Error
		}
		if again = res.RowsAffected == 0; again {
			answer, err = k.kept(ctx, r)
			return err
		}
		if answer, err = do(ctx); err != nil {
			return err
		}
		return k.db.Write(ctx).Model(&row{}).Where("scope = ? AND key = ?", r.Scope, r.Key).Update("answer", answer).Error
	})
	return answer, again, err
}

func (k *Keeper) kept(ctx context.Context, r Request) ([]byte, error) {
	var old row
	if err := k.db.Read(ctx).Where("scope = ? AND key = ?", r.Scope, r.Key).Take(&old).Error; err != nil {
		return nil, err
	}
	if !bytes.Equal(old.Fingerprint, r.Fingerprint) {
		return nil, errReused
	}
	return old.Answer, nil
}

func validKey(key string) bool {
	if key == "" || len(key) > MaxKey {
		return false
	}
	for _, b := range []byte(key) {
		if b <= ' ' || b > '~' {
			return false
		}
	}
	return true
}

// Forget drops answers that were kept long enough.
func (k *Keeper) Forget(ctx context.Context) error {
	return k.db.Tx(ctx, func(ctx context.Context) error {
		return k.db.Write(ctx).Where("created_at < ?", k.clock.Now().Add(-Kept)).Delete(&row{}).Error
	})
}
