package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// crowded counts the networks that members' sessions began in since a moment,
// the ended ones too.
func (s *Service) crowded(ctx context.Context, since time.Time, most int) (map[uuid.UUID]int64, error) {
	var rows []struct {
		SubjectID uuid.UUID
		N         int64
	}
	err := s.db.Read(ctx).Model(&Session{}).Select("subject_id, COUNT(DISTINCT network) AS n").
		Where("kind = ? AND created_at > ? AND network <> ''", actor.Member, since).
		Group("subject_id").Having("COUNT(DISTINCT network) >= ?", most).Find(&rows).Error
	out := make(map[uuid.UUID]int64, len(rows))
	for _, r := range rows {
		out[r.SubjectID] = r.N
	}
	return out, err
}

// sharingSince lists alerts since a moment, newest first, of one member or all.
func (s *Service) sharingSince(ctx context.Context, since time.Time, member uuid.UUID) (out []SharingAlert, err error) {
	q := s.db.Read(ctx).Where("at > ?", since).Order("at DESC, id DESC").Limit(500)
	if member != uuid.Nil {
		q = q.Where("member_id = ?", member)
	}
	return out, q.Find(&out).Error
}

func (s *Service) insertSharingAlert(ctx context.Context, a SharingAlert) error {
	return s.db.Write(ctx).Create(&a).Error
}

func (s *Service) readSharingAlert(ctx context.Context, id uuid.UUID) (*SharingAlert, error) {
	return oneOrNil[SharingAlert](s.db.Read(ctx).Where("id = ?", id))
}

// owners lists the owners who can sign in.
func (s *Service) owners(ctx context.Context) (out []Staff, err error) {
	return out, s.db.Read(ctx).Where("role = ? AND disabled_at IS NULL", Owner).Order("id").Find(&out).Error
}
