package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Metered is how a free member stands this month.
type Metered struct {
	Limit  int // 0: nothing is given away
	Left   int
	Resets time.Time // the first of next month, in the publication's time zone
	Open   bool      // the note that was asked about is one of this month's
}

// meteredRead is a note that a member read in full in a month. It is in the
// database under the member, so forgetting cookies changes nothing.
type meteredRead struct {
	MemberID uuid.UUID `gorm:"type:uuid;primaryKey"`
	Month    string    `gorm:"primaryKey"`
	Slot     int64     `gorm:"primaryKey;autoIncrement:false"`
	NoteID   uuid.UUID `gorm:"type:uuid"`
	At       time.Time
}

// TableName implements gorm's Tabler.
func (meteredRead) TableName() string { return "metered_reads" }

// Meter says how a free member stands this month, and about one note; the zero
// id asks about none. With take, the note becomes one of this month's if one
// is left. A note that is one already does not count again.
func (o *Office) Meter(ctx context.Context, member, note uuid.UUID, take bool) (Metered, error) {
	rules, err := o.SalesRules(ctx)
	if err != nil || rules.FreeNotes == 0 {
		return Metered{}, err
	}
	now := o.Clock.Now()
	month, resets, err := o.month(ctx, now)
	if err != nil {
		return Metered{}, err
	}
	for try := range tries {
		reads, err := o.store.meteredReads(ctx, member, month)
		if err != nil {
			return Metered{}, err
		}
		m := Metered{Limit: rules.FreeNotes, Left: max(rules.FreeNotes-len(reads), 0), Resets: resets}
		for _, r := range reads {
			m.Open = m.Open || note != uuid.Nil && r.NoteID == note
		}
		if m.Open || !take || m.Left == 0 {
			return m, nil
		}
		// The slot is the lock: whoever comes second begins anew and finds one
		// note less.
		read := meteredRead{MemberID: member, Month: month, Slot: int64(len(reads)) + 1, NoteID: note, At: now}
		taken, err := o.takeSlot(ctx, &read)
		if err != nil {
			return Metered{}, err
		}
		if taken {
			m.Open, m.Left = true, m.Left-1
			return m, nil
		}
		if err := stepAside(ctx, try); err != nil {
			return Metered{}, err
		}
	}
	return Metered{}, errBusy
}

func (o *Office) takeSlot(ctx context.Context, read *meteredRead) (taken bool, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		taken, err = o.store.insertMeteredRead(ctx, read)
		return err
	})
	return taken, err
}

// month names the month of a moment in the publication's time zone, and says
// when the next one begins there.
func (o *Office) month(ctx context.Context, now time.Time) (name string, next time.Time, err error) {
	zone := time.UTC
	if o.Zone != nil {
		if zone, err = o.Zone(ctx); err != nil {
			return "", time.Time{}, err
		}
	}
	here := now.In(zone)
	return here.Format("2006-01"), time.Date(here.Year(), here.Month()+1, 1, 0, 0, 0, 0, zone), nil
}

// meteredKept is how long it is known which notes a free member read.
const meteredKept = 3 // months

// PurgeMeteredReads forgets the months that count for nothing any more.
func (o *Office) PurgeMeteredReads(ctx context.Context) error {
	before := o.Clock.Now().AddDate(0, -meteredKept, 0).Format("2006-01")
	return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.purgeMeteredReads(ctx, before) })
}
