package book

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

// Get reads an object into rec, which must be of the right kind. ErrNone says
// that there is none, that it is of another kind, or that it was deleted.
func (t *Tx) Get(id string, rec object.Record) error {
	return t.scan(rec, `SELECT clock, doc, hidden FROM stripelocal_objects WHERE id = ? AND gone = 0`, id)
}

func (t *Tx) scan(rec object.Record, query string, args ...any) error {
	var clock, doc string
	var hidden sql.NullString
	err := t.q.QueryRowContext(t.ctx, query, args...).Scan(&clock, &doc, &hidden)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNone
	}
	if err != nil {
		return err
	}
	return fill(rec, clock, doc, hidden)
}

func fill(rec object.Record, clock, doc string, hidden sql.NullString) error {
	want := rec.Header().Object
	if err := json.Unmarshal([]byte(doc), rec); err != nil {
		return fmt.Errorf("stripelocal: read object: %w", err)
	}
	if want != "" && rec.Header().Object != want {
		return ErrNone
	}
	rec.Header().Clock = clock
	if h := rec.Hidden(); h != nil && hidden.Valid {
		return json.Unmarshal([]byte(hidden.String), h)
	}
	return nil
}

// Doc gives an object as it is shown, a deleted one too, and its kind.
func (t *Tx) Doc(id string) (doc json.RawMessage, kind string, err error) {
	var text string
	err = t.q.QueryRowContext(t.ctx, `SELECT doc, object FROM stripelocal_objects WHERE id = ?`, id).Scan(&text, &kind)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, "", ErrNone
	}
	return json.RawMessage(text), kind, err
}

// Put writes an object, new or changed. It returns how it is shown now and
// how it was shown before (nil when it is new).
func (t *Tx) Put(rec object.Record) (now, before json.RawMessage, err error) {
	h := rec.Header()
	if now, err = t.blanks.Render(rec); err != nil {
		return nil, nil, err
	}
	var hidden []byte
	if s := rec.Hidden(); s != nil {
		if hidden, err = json.Marshal(s); err != nil {
			return nil, nil, err
		}
	}
	before, _, err = t.Doc(h.ID)
	if err != nil && !errors.Is(err, ErrNone) {
		return nil, nil, err
	}
	var due any
	if at := rec.Due(); at > 0 {
		due = at
	}
	var seq int64
	err = t.q.QueryRowContext(t.ctx, `
		INSERT INTO stripelocal_objects (id, object, created, clock, due, doc, hidden) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET due = excluded.due, doc = excluded.doc, hidden = excluded.hidden
		RETURNING seq`, h.ID, h.Object, h.Created, h.Clock, due, string(now), nullable(hidden)).Scan(&seq)
	if err != nil {
		return nil, nil, err
	}
	return now, before, t.putKeys(seq, h.Object, rec.Keys(), before != nil && !bytes.Equal(before, now))
}

func nullable(raw []byte) any {
	if raw == nil {
		return nil
	}
	return string(raw)
}

func (t *Tx) putKeys(seq int64, kind string, keys []object.Key, changed bool) error {
	if changed {
		if _, err := t.q.ExecContext(t.ctx, `DELETE FROM stripelocal_keys WHERE seq = ?`, seq); err != nil {
			return err
		}
	}
	for _, k := range keys {
		_, err := t.q.ExecContext(t.ctx, `INSERT OR IGNORE INTO stripelocal_keys (object, name, value, seq) VALUES (?, ?, ?, ?)`, kind, k.Name, k.Value, seq)
		if err != nil {
			return err
		}
	}
	return nil
}

// Bury deletes an object and leaves a note that it was there, which Doc still
// finds. It returns the note.
func (t *Tx) Bury(rec object.Record) (json.RawMessage, error) {
	h := rec.Header()
	note, err := json.Marshal(map[string]any{"id": h.ID, "object": h.Object, "deleted": true})
	if err != nil {
		return nil, err
	}
	_, err = t.q.ExecContext(t.ctx, `DELETE FROM stripelocal_keys WHERE seq = (SELECT seq FROM stripelocal_objects WHERE id = ?)`, h.ID)
	if err != nil {
		return nil, err
	}
	_, err = t.q.ExecContext(t.ctx, `UPDATE stripelocal_objects SET gone = 1, due = NULL, hidden = NULL, doc = ? WHERE id = ?`, string(note), h.ID)
	return note, err
}

// Due names the object under a clock that first wants attention at or before
// until; id is empty when none does. Objects with one time come in the order
// they were made.
func (t *Tx) Due(clock string, until int64) (id, kind string, at int64, err error) {
	err = t.q.QueryRowContext(t.ctx, `
		SELECT id, object, due FROM stripelocal_objects WHERE clock = ? AND due <= ? ORDER BY due, seq LIMIT 1`, clock, until).Scan(&id, &kind, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", 0, nil
	}
	return id, kind, at, err
}

// ForgetDue takes an object out of the queue that Due reads.
func (t *Tx) ForgetDue(id string) error {
	_, err := t.q.ExecContext(t.ctx, `UPDATE stripelocal_objects SET due = NULL WHERE id = ?`, id)
	return err
}

// Render gives an object as it would be shown, without storing it.
func (t *Tx) Render(v any) (json.RawMessage, error) { return t.blanks.Render(v) }

// BuryUnder deletes everything that lives under a clock.
func (t *Tx) BuryUnder(clock string) error {
	_, err := t.q.ExecContext(t.ctx, `DELETE FROM stripelocal_keys WHERE seq IN (SELECT seq FROM stripelocal_objects WHERE clock = ?)`, clock)
	if err != nil {
		return err
	}
	_, err = t.q.ExecContext(t.ctx, `
		UPDATE stripelocal_objects SET gone = 1, due = NULL, hidden = NULL, doc = json_object('id', id, 'object', object, 'deleted', json('true'))
		WHERE clock = ? AND object <> 'event'`, clock)
	return err
}
