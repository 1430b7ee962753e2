package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// crowded counts the networks that members' sessions were last used from, of
// those that were used since a moment, the ended ones too. A session that moves
// counts once: whoever reads on a train is one person.
func (s *Service) crowded(ctx context.Context, since time.Time, most int) (map[uuid.UUID]int64, error) {
	var rows []struct {
		SubjectID uuid.UUID
		N         int64
	}
	err := s.db.Read(ctx).Model(&Session{}).Select("subject_id, COUNT(DISTINCT seen_network) AS n").
		Where("kind = ? AND last_seen_at > ? AND seen_network <> ''", actor.Member, since).
		Group("subject_id").Having("COUNT(DISTINCT seen_network) >= ?", most).Find(&rows).Error
	out := make(map[uuid.UUID]int64, len(rows))
	for _, r := range rows {
		out[r.SubjectID] = r.N
	}
	return out, err
}

// sharingSince lists the newest alert since a moment of each member, or of one,
// newest first.
func (s *Service) sharingSince(ctx context.Context, since time.Time, member uuid.UUID) (out []SharingAlert, err error) {
	q := s.db.Read(ctx).Where("at > ?", since).
		Where(`NOT EXISTS (SELECT 1 FROM sharing_alerts newer WHERE newer.member_id = sharing_alerts.member_id
			AND (newer.at > sharing_alerts.at OR newer.at = sharing_alerts.at AND newer.id > sharing_alerts.id))`).
		Order("at DESC, id DESC").Limit(500)
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

// putSeenNetwork notes where a session is used from, if that is news.
func (s *Service) putSeenNetwork(ctx context.Context, session uuid.UUID, network string) error {
	return s.db.Write(ctx).Model(&Session{}).Where("id = ? AND revoked_at IS NULL AND seen_network <> ?", session, network).
		UpdateColumn("seen_network", network).Error
}

// dropPlaces forgets where sessions were used from that ended before a moment,
// or were not used since.
func (s *Service) dropPlaces(ctx context.Context, before time.Time) error {
	w := s.db.Write(ctx)
	err := w.Model(&Session{}).Where("(revoked_at <= ? OR expires_at <= ?) AND network <> ''", before, before).UpdateColumn("network", "").Error
	if err != nil {
		return err
	}
	return w.Model(&Session{}).Where("(revoked_at <= ? OR last_seen_at <= ?) AND seen_network <> ''", before, before).UpdateColumn("seen_network", "").Error
}
