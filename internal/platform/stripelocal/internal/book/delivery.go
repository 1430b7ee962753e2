package book

import (
	"database/sql"
	"time"
)

// States of a delivery.
const (
	Waiting   = "waiting"
	Delivered = "delivered"
	GivenUp   = "given up"
)

// Delivery is one event on its way to one endpoint.
type Delivery struct {
	ID       int64
	Event    string
	Type     string
	Endpoint string
	State    string
	Queued   time.Time
	Next     time.Time // zero: no further attempt
	Attempts int
	Status   int    // of the last attempt; 0 when there was no answer
	Error    string // of the last attempt
}

// Attempt is one try of a delivery.
type Attempt struct {
	At     time.Time
	Took   time.Duration
	Status int
	Error  string
}

// Queue adds a delivery to be tried at once.
func (t *Tx) Queue(event, eventType, endpoint string, now time.Time) error {
	t.queued = true
	_, err := t.q.ExecContext(t.ctx, `
		INSERT INTO stripelocal_deliveries (event, type, endpoint, state, queued, next) VALUES (?, ?, ?, ?, ?, ?)`,
		event, eventType, endpoint, Waiting, now.UnixMilli(), now.UnixMilli())
	return err
}

// QueueAgain makes a delivery be tried at once, whatever its state.
func (t *Tx) QueueAgain(id int64, now time.Time) error {
	t.queued = true
	res, err := t.q.ExecContext(t.ctx, `UPDATE stripelocal_deliveries SET state = ?, queued = ?, next = ? WHERE id = ?`, Waiting, now.UnixMilli(), now.UnixMilli(), id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return ErrNone
	}
	return nil
}

const deliveryColumns = `SELECT id, event, type, endpoint, state, queued, next, attempts, status, error FROM stripelocal_deliveries `

// DueDeliveries are those to be tried now, longest waiting first.
func (t *Tx) DueDeliveries(now time.Time, limit int) ([]Delivery, error) {
	return t.deliveries(`WHERE next <= ? ORDER BY next, id LIMIT ?`, now.UnixMilli(), limit)
}

// StillDue reads a delivery anew, if it is to be tried now.
func (t *Tx) StillDue(id int64, now time.Time) (d Delivery, due bool, err error) {
	all, err := t.deliveries(`WHERE id = ? AND next <= ?`, id, now.UnixMilli())
	if err != nil || len(all) == 0 {
		return d, false, err
	}
	return all[0], true, nil
}

// Deliveries are the latest ones, newest first.
func (t *Tx) Deliveries(limit int) ([]Delivery, error) {
	return t.deliveries(`ORDER BY id DESC LIMIT ?`, limit)
}

// DeliveriesOf are those of one event.
func (t *Tx) DeliveriesOf(event string) ([]Delivery, error) {
	return t.deliveries(`WHERE event = ? ORDER BY id`, event)
}

// Waiting counts the deliveries that are still to be made.
func (t *Tx) Waiting() (n int, err error) {
	err = t.q.QueryRowContext(t.ctx, `SELECT count(*) FROM stripelocal_deliveries WHERE next IS NOT NULL`).Scan(&n)
	return n, err
}

func (t *Tx) deliveries(rest string, args ...any) ([]Delivery, error) {
	rows, err := t.q.QueryContext(t.ctx, deliveryColumns+rest, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []Delivery
	for rows.Next() {
		var d Delivery
		var queued int64
		var next sql.NullInt64
		err := rows.Scan(&d.ID, &d.Event, &d.Type, &d.Endpoint, &d.State, &queued, &next, &d.Attempts, &d.Status, &d.Error)
		if err != nil {
			return nil, err
		}
		d.Queued = time.UnixMilli(queued).UTC()
		if next.Valid {
			d.Next = time.UnixMilli(next.Int64).UTC()
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// Record writes down an attempt: the delivery's new state, and when it is
// tried next (zero: never). A delivery asked for anew meanwhile keeps that.
func (t *Tx) Record(d Delivery, a Attempt) error {
	var next any
	if !d.Next.IsZero() {
		next = d.Next.UnixMilli()
	}
	_, err := t.q.ExecContext(t.ctx, `
		UPDATE stripelocal_deliveries SET attempts = attempts + 1, status = ?, error = ?,
			state = CASE WHEN queued = ? THEN ? ELSE state END, next = CASE WHEN queued = ? THEN ? ELSE next END
		WHERE id = ?`, a.Status, a.Error, d.Queued.UnixMilli(), d.State, d.Queued.UnixMilli(), next, d.ID)
	if err != nil {
		return err
	}
	if d.State == Delivered {
		_, err = t.q.ExecContext(t.ctx, `
			UPDATE stripelocal_objects SET doc = json_set(doc, '$.pending_webhooks', max(0, json_extract(doc, '$.pending_webhooks') - 1))
			WHERE id = ? AND gone = 0`, d.Event)
		if err != nil {
			return err
		}
	}
	_, err = t.q.ExecContext(t.ctx, `INSERT INTO stripelocal_attempts (delivery, at, took, status, error) VALUES (?, ?, ?, ?, ?)`,
		d.ID, a.At.UnixMilli(), a.Took.Milliseconds(), a.Status, a.Error)
	return err
}

// Attempts are the tries of a delivery, first one first.
func (t *Tx) Attempts(delivery int64) ([]Attempt, error) {
	rows, err := t.q.QueryContext(t.ctx, `SELECT at, took, status, error FROM stripelocal_attempts WHERE delivery = ? ORDER BY id`, delivery)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []Attempt
	for rows.Next() {
		var a Attempt
		var at, took int64
		if err := rows.Scan(&at, &took, &a.Status, &a.Error); err != nil {
			return nil, err
		}
		a.At, a.Took = time.UnixMilli(at).UTC(), time.Duration(took)*time.Millisecond
		out = append(out, a)
	}
	return out, rows.Err()
}
