package book

import (
	"database/sql"
	"errors"
	"time"
)

// Answer is what an idempotency key remembers.
type Answer struct {
	Key         string
	Route       string // method and path
	Fingerprint string // of the parameters
	Status      int
	Body        string
	Request     string // id of the request that was answered first
}

// memoryLife is how long keys are kept: Stripe may forget them after 24 hours.
const memoryLife = 24 * time.Hour

// Recall finds what a key was answered. Older answers are forgotten first.
func (t *Tx) Recall(key string, now time.Time) (a Answer, known bool, err error) {
	_, err = t.q.ExecContext(t.ctx, `DELETE FROM stripelocal_idempotency WHERE at <= ?`, now.Add(-memoryLife).Unix())
	if err != nil {
		return Answer{}, false, err
	}
	a.Key = key
	err = t.q.QueryRowContext(t.ctx, `SELECT route, fingerprint, status, body, request FROM stripelocal_idempotency WHERE key = ?`, key).
		Scan(&a.Route, &a.Fingerprint, &a.Status, &a.Body, &a.Request)
	if errors.Is(err, sql.ErrNoRows) {
		return Answer{}, false, nil
	}
	return a, err == nil, err
}

// Remember keeps an answer under its key.
func (t *Tx) Remember(a Answer, now time.Time) error {
	_, err := t.q.ExecContext(t.ctx, `
		INSERT OR IGNORE INTO stripelocal_idempotency (key, route, fingerprint, status, body, request, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		a.Key, a.Route, a.Fingerprint, a.Status, a.Body, a.Request, now.Unix())
	return err
}

// Setting reads a switch; one that was never set is empty.
func (t *Tx) Setting(name string) (value string, err error) {
	err = t.q.QueryRowContext(t.ctx, `SELECT value FROM stripelocal_settings WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// Set changes a switch.
func (t *Tx) Set(name, value string) error {
	_, err := t.q.ExecContext(t.ctx, `INSERT INTO stripelocal_settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
