package webhook

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// Tables lists the models of this room, for the check that they and the
// migrations agree.
func Tables() []any { return []any{&Endpoint{}, &Event{}, &Delivery{}, &Attempt{}} }

var forUpdate = clause.Locking{Strength: "UPDATE"}

func (o *Outlet) listEndpoints(ctx context.Context) (out []Endpoint, err error) {
	return out, o.DB.Read(ctx).Order("created_at, id").Find(&out).Error
}

// askers is the list for those who owe them events.
func (o *Outlet) askers(ctx context.Context) (*[]Endpoint, error) {
	list, err := o.listEndpoints(ctx)
	return &list, err
}

func oneEndpoint(q *gorm.DB, id uuid.UUID) (*Endpoint, error) {
	var e Endpoint
	err := q.Where("id = ?", id).Take(&e).Error
	if db.IsNotFound(err) {
		return nil, errNoEndpoint()
	}
	return &e, err
}

func (o *Outlet) getEndpoint(ctx context.Context, id uuid.UUID) (*Endpoint, error) {
	return oneEndpoint(o.DB.Read(ctx), id)
}

func (o *Outlet) lockEndpoint(ctx context.Context, id uuid.UUID) (*Endpoint, error) {
	return oneEndpoint(o.DB.Write(ctx).Clauses(forUpdate), id)
}

func (o *Outlet) putEndpoint(ctx context.Context, e *Endpoint) error {
	return o.DB.Write(ctx).Create(e).Error
}

// saveEndpoint writes what a person changes.
func (o *Outlet) saveEndpoint(ctx context.Context, e *Endpoint) error {
	e.Version++
	if e.OldSecret == nil { // an empty one, as SQLite gives it
		e.OldSecret = []byte{}
	}
	return o.DB.Write(ctx).Model(&Endpoint{}).Where("id = ?", e.ID).
		Select("Name", "URL", "Events", "FullText", "State", "Why", "Secret", "OldSecret", "OldUntil", "FailingSince", "Version", "UpdatedAt").Updates(e).Error
}

// saveHealth writes what calls change. The version is for people and stays.
func (o *Outlet) saveHealth(ctx context.Context, e *Endpoint) error {
	return o.DB.Write(ctx).Model(&Endpoint{}).Where("id = ?", e.ID).Select("State", "Why", "FailingSince", "LastOK").Updates(e).Error
}

func (o *Outlet) dropEndpoint(ctx context.Context, id uuid.UUID) error {
	const attempts = "DELETE FROM webhook_attempts WHERE delivery_id IN (SELECT id FROM webhook_deliveries WHERE endpoint_id = ?)"
	if err := o.DB.Write(ctx).Exec(attempts, id).Error; err != nil {
		return err
	}
	if err := o.DB.Write(ctx).Where("endpoint_id = ?", id).Delete(&Delivery{}).Error; err != nil {
		return err
	}
	return o.DB.Write(ctx).Where("id = ?", id).Delete(&Endpoint{}).Error
}

func (o *Outlet) putEvent(ctx context.Context, e *Event) error {
	return o.DB.Later(ctx, db.Insert(e))
}

func (o *Outlet) getEvent(ctx context.Context, id uuid.UUID) (*Event, error) {
	var e Event
	return &e, o.DB.Read(ctx).Where("id = ?", id).Take(&e).Error
}

func (o *Outlet) putDelivery(ctx context.Context, d *Delivery) error {
	return o.DB.Later(ctx, db.Insert(d))
}

// oneDelivery gives nil for one that is gone.
func oneDelivery(q *gorm.DB, id uuid.UUID) (*Delivery, error) {
	var d Delivery
	err := q.Where("id = ?", id).Take(&d).Error
	if db.IsNotFound(err) {
		return nil, nil //nolint:nilnil // gone is no error: its endpoint was deleted
	}
	return &d, err
}

func (o *Outlet) getDelivery(ctx context.Context, id uuid.UUID) (*Delivery, error) {
	return oneDelivery(o.DB.Read(ctx), id)
}

func (o *Outlet) lockDelivery(ctx context.Context, id uuid.UUID) (*Delivery, error) {
	return oneDelivery(o.DB.Write(ctx).Clauses(forUpdate), id)
}

func (o *Outlet) saveDelivery(ctx context.Context, d *Delivery) error {
	return o.DB.Write(ctx).Model(&Delivery{}).Where("id = ?", d.ID).
		Select("State", "Round", "Attempts", "Status", "NextAt", "DoneAt").Updates(d).Error
}

func (o *Outlet) putAttempt(ctx context.Context, a *Attempt) error {
	return o.DB.Write(ctx).Create(a).Error
}

func (o *Outlet) listAttempts(ctx context.Context, delivery uuid.UUID) (out []Attempt, err error) {
	return out, o.DB.Read(ctx).Where("delivery_id = ?", delivery).Order("id").Find(&out).Error
}

// listLog gives one row more than a page, to know whether there are more.
func (o *Outlet) listLog(ctx context.Context, f Filter) (out []Logged, err error) {
	q := o.DB.Read(ctx).Table("webhook_deliveries d").Joins("JOIN webhook_events e ON e.id = d.event_id").
		Select("d.*, e.kind, e.at, e.subject_id AS subject").Where("d.endpoint_id = ?", f.Endpoint)
	if f.State != "" {
		q = q.Where("d.state = ?", f.State)
	}
	if f.Kind == Ping {
		q = q.Where("e.kind = ?", Ping)
	} else if f.Kind != "" {
		q = q.Where("e.kind IN ?", asked(f.Kind))
	}
	if f.Before != uuid.Nil {
		q = q.Where("d.id < ?", f.Before)
	}
	return out, q.Order("d.id DESC").Limit(f.Limit + 1).Scan(&out).Error
}

// asked lists the kinds that a pattern asks for.
func asked(pattern string) []string {
	var out []string
	for _, k := range kinds {
		if fits(pattern, k.Name) {
			out = append(out, k.Name)
		}
	}
	return out
}

// owed is an event with the delivery of it to one endpoint, if there is one.
type owed struct {
	Event uuid.UUID
	ID    uuid.UUID
}

// owedBetween gives one more than may be sent again, to know whether there are
// too many.
func (o *Outlet) owedBetween(ctx context.Context, e *Endpoint, s Span) (out []owed, err error) {
	var wanted []string
	for _, p := range e.Events {
		wanted = append(wanted, asked(p)...)
	}
	q := o.DB.Read(ctx).Table("webhook_events e").Joins("LEFT JOIN webhook_deliveries d ON d.event_id = e.id AND d.endpoint_id = ?", e.ID).
		Select("e.id AS event, d.id").Where("e.at >= ? AND e.at < ? AND e.kind IN ?", s.From.UTC(), s.To.UTC(), wanted)
	if s.Missed {
		q = q.Where("d.state IS NULL OR d.state <> ?", Delivered)
	}
	return out, q.Order("e.at, e.id").Limit(maxReplay + 1).Scan(&out).Error
}

func (o *Outlet) dropBefore(ctx context.Context, before time.Time) error {
	for _, query := range []string{
		"DELETE FROM webhook_attempts WHERE delivery_id IN (SELECT d.id FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id WHERE e.at < ?)",
		"DELETE FROM webhook_deliveries WHERE event_id IN (SELECT id FROM webhook_events WHERE at < ?)",
		"DELETE FROM webhook_events WHERE at < ?",
	} {
		if err := o.DB.Write(ctx).Exec(query, before.UTC()).Error; err != nil {
			return err
		}
	}
	return nil
}
