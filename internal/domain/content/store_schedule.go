package content

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

// waitingFor lists what waits for a note.
func (s store) waitingFor(ctx context.Context, note uuid.UUID) (out schedules, err error) {
	rows, err := db.Once(ctx, s.db, waitingKey{note}, func(ctx context.Context) (rows []Schedule, err error) {
		return rows, s.db.Read(ctx).Where("note_id = ? AND state = 'waiting'", note).Order("at").Find(&rows).Error
	})
	for _, x := range rows { // for each who asks, for some change what they get
		out = append(out, &x)
	}
	return out, err
}

type waitingKey struct{ note uuid.UUID }

// waitingForAll lists what waits for the notes of a list.
func (s store) waitingForAll(ctx context.Context, notes []uuid.UUID) (map[uuid.UUID][]*Schedule, error) {
	if len(notes) == 1 {
		list, err := s.waitingFor(ctx, notes[0])
		return map[uuid.UUID][]*Schedule{notes[0]: list}, err
	}
	var list []*Schedule
	if len(notes) > 0 {
		if err := s.db.Read(ctx).Where("note_id IN ? AND state = 'waiting'", notes).Order("at").Find(&list).Error; err != nil {
			return nil, err
		}
	}
	out := map[uuid.UUID][]*Schedule{}
	for _, x := range list {
		out[x.NoteID] = append(out[x.NoteID], x)
	}
	return out, nil
}

func (s store) schedule(ctx context.Context, id uuid.UUID) (*Schedule, error) {
	var x Schedule
	return &x, s.db.Read(ctx).Where("id = ?", id).Take(&x).Error
}

// due lists what should have happened by now, in the order in which it should.
func (s store) due(ctx context.Context, now time.Time, limit int) (ids []uuid.UUID, err error) {
	q := s.db.Read(ctx).Model(&Schedule{}).Where("state = 'waiting' AND at <= ?", now)
	return ids, q.Order("at, id").Limit(limit).Pluck("id", &ids).Error
}

func (s store) putSchedule(ctx context.Context, x *Schedule) error {
	s.db.Forget(ctx, waitingKey{x.NoteID})
	return s.db.Write(ctx).Save(x).Error
}

func (s store) saveSchedule(ctx context.Context, n *Note, x *Schedule) error {
	if err := s.saveNote(ctx, n); err != nil {
		return err
	}
	return s.putSchedule(ctx, x)
}
