package content

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// waitingFor lists what waits for a note.
func (s store) waitingFor(ctx context.Context, note uuid.UUID) (out schedules, err error) {
	return out, s.db.Read(ctx).Where("note_id = ? AND state = 'waiting'", note).Order("at").Find(&out).Error
}

// waitingForAll lists what waits for the notes of a list.
func (s store) waitingForAll(ctx context.Context, notes []uuid.UUID) (map[uuid.UUID][]*Schedule, error) {
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
	return s.db.Write(ctx).Save(x).Error
}

func (s store) saveSchedule(ctx context.Context, n *Note, x *Schedule) error {
	if err := s.saveNote(ctx, n); err != nil {
		return err
	}
	return s.putSchedule(ctx, x)
}
