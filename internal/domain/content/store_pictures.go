package content

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// idsAtOnce bounds a list in a statement: SQLite takes 32,766 values, Postgres
// twice as many.
const idsAtOnce = 1000

func (s store) notesByID(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Note, error) {
	out := make(map[uuid.UUID]*Note, len(ids))
	for part := range slices.Chunk(ids, idsAtOnce) {
		var notes []*Note
		if err := s.db.Read(ctx).Where("id IN ?", part).Find(&notes).Error; err != nil {
			return nil, err
		}
		for _, n := range notes {
			out[n.ID] = n
		}
	}
	return out, nil
}

// ownersOf finds the notes of revisions, and which revision belongs to which.
func (s store) ownersOf(ctx context.Context, revisions []uuid.UUID) (notes map[uuid.UUID]*Note, owner map[uuid.UUID]uuid.UUID, err error) {
	var heads []*Revision
	if err := s.db.Read(ctx).Select("id", "note_id").Where("id IN ?", revisions).Find(&heads).Error; err != nil {
		return nil, nil, err
	}
	owner, ids := map[uuid.UUID]uuid.UUID{}, []uuid.UUID{}
	for _, r := range heads {
		owner[r.ID] = r.NoteID
		ids = append(ids, r.NoteID)
	}
	notes, err = s.notesByID(ctx, ids)
	return notes, owner, err
}

func (s store) versionsOf(ctx context.Context, revisions []uuid.UUID) (map[uuid.UUID][]int, error) {
	var rows []*Version
	err := s.db.Read(ctx).Select("revision_id", "number").Where("revision_id IN ?", revisions).Find(&rows).Error
	out := map[uuid.UUID][]int{}
	for _, v := range rows {
		out[v.RevisionID] = append(out[v.RevisionID], v.Number)
	}
	return out, err
}
