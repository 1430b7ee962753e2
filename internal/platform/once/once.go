// Package once makes a repeated request take effect once. A client that does
// not know whether its request arrived sends it again with the same
// Idempotency-Key; the second time it gets the first answer and nothing else
// happens (draft-ietf-httpapi-idempotency-key-header).
//
// An answer may hold what is shown once, such as the secret of an API key, and
// who has not got it needs it in the repeat. So answers are kept sealed: the
// key to them is made of a secret of this installation and of the
// Idempotency-Key itself, of which no more is kept than what it is found by.
// The database alone opens nothing, and neither does the configuration without
// what the client knows.
//
// Table: idempotency_keys.
package once

import (
	"bytes"
	"context"
	"errors"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Kept is how long an answer is remembered.
const Kept = 24 * time.Hour

// MaxKey is the longest key, in bytes.
const MaxKey = 255

// Stuck is how long a request outside of a transaction may take, all in all.
const Stuck = 10 * time.Minute

// Keeper remembers answers.
type Keeper struct {
	db     *db.DB
	clock  clock.Clock
	secret []byte
}

// New makes a keeper. The secret is of this purpose alone.
func New(d *db.DB, c clock.Clock, secret []byte) *Keeper { return &Keeper{d, c, secret} }

// Request names what is to happen once.
type Request struct {
	Scope       string // who asks for which operation: keys of others are never met
	Key         string
	Fingerprint []byte // of the request's content
}

var (
	errReused   = fault.New(fault.Invalid, "idempotency_key_reused", "This Idempotency-Key was used for another request.")
	errUnderWay = fault.New(fault.Conflict, "idempotency_key_in_use", "A request with this Idempotency-Key is being answered at this moment.")
	errKey      = fault.New(fault.BadRequest, "bad_idempotency_key", "An Idempotency-Key has 1 to 255 printable ASCII characters.")
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
	s := k.sealOf(r)
	err = k.db.Tx(ctx, func(ctx context.Context) error {
		// Taking the key first makes a second request wait here for the first.
		fresh, err := k.take(ctx, r, s)
		if err != nil {
			return err
		}
		if again = !fresh; again {
			answer, err = k.kept(ctx, r, s)
			return err
		}
		if answer, err = do(ctx); err != nil {
			return err
		}
		return k.keep(ctx, r, s, answer)
	})
	return answer, again, err
}

// DoApart is Do for what cannot be done in a transaction, since it calls other
// servers. A second request meanwhile is refused and not kept waiting. When
// the process ends in between, the key is free again after [Stuck].
func (k *Keeper) DoApart(ctx context.Context, r Request, do func(ctx context.Context) ([]byte, error)) (answer []byte, again bool, err error) {
	if !validKey(r.Key) {
		return nil, false, errKey
	}
	s := k.sealOf(r)
	err = k.db.Tx(ctx, func(ctx context.Context) error {
		fresh, err := k.take(ctx, r, s)
		if err == nil && !fresh {
			fresh, err = k.takeOver(ctx, r, s)
		}
		if again = !fresh; err != nil || fresh {
			return err
		}
		answer, err = k.kept(ctx, r, s)
		return err
	})
	if err != nil || again {
		return answer, again, err
	}
	answer, err = do(ctx)
	ctx = context.WithoutCancel(ctx) // the answer may have used up the time
	if err != nil {
		return nil, false, errors.Join(err, k.db.Tx(ctx, func(ctx context.Context) error {
			return k.db.Write(ctx).Where("scope = ? AND key = ?", r.Scope, s.name).Delete(&row{}).Error
		}))
	}
	return answer, false, k.db.Tx(ctx, func(ctx context.Context) error { return k.keep(ctx, r, s, answer) })
}

// take makes the row of a key; false when there is one.
func (k *Keeper) take(ctx context.Context, r Request, s seal) (bool, error) {
	const take = `INSERT INTO idempotency_keys (scope, key, fingerprint, answer, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	res := k.db.Write(ctx).Exec(take, r.Scope, s.name, r.Fingerprint, []byte{}, k.clock.Now())
	return res.RowsAffected > 0, res.Error
}

// takeOver takes a key whose request never came to an end.
func (k *Keeper) takeOver(ctx context.Context, r Request, s seal) (bool, error) {
	now := k.clock.Now()
	res := k.db.Write(ctx).Model(&row{}).Where("scope = ? AND key = ? AND length(answer) = 0 AND created_at < ?", r.Scope, s.name, now.Add(-Stuck)).
		Updates(map[string]any{"fingerprint": r.Fingerprint, "created_at": now})
	return res.RowsAffected > 0, res.Error
}

func (k *Keeper) keep(ctx context.Context, r Request, s seal, answer []byte) error {
	sealed, err := s.close(answer)
	if err != nil {
		return err
	}
	return k.db.Write(ctx).Model(&row{}).Where("scope = ? AND key = ?", r.Scope, s.name).Update("answer", sealed).Error
}

func (k *Keeper) kept(ctx context.Context, r Request, s seal) ([]byte, error) {
	var old row
	if err := k.db.Read(ctx).Where("scope = ? AND key = ?", r.Scope, s.name).Take(&old).Error; err != nil {
		return nil, err
	}
	if !bytes.Equal(old.Fingerprint, r.Fingerprint) {
		return nil, errReused
	}
	if len(old.Answer) == 0 {
		f := *errUnderWay
		f.RetryAfter = time.Second
		return nil, &f
	}
	return s.open(old.Answer)
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
