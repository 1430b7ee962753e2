package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
)

func (s *Service) insertSession(ctx context.Context, row Session) error {
	return s.db.Write(ctx).Create(&row).Error
}

// openSession reads a session that was not ended, for ending it; nil when
// there is none.
func (s *Service) openSession(ctx context.Context, id uuid.UUID) (*Session, error) {
	var found Session
	err := s.db.Read(ctx).Where("id = ? AND revoked_at IS NULL AND expires_at > ?", id, s.clock.Now()).Take(&found).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	return &found, err
}

// revokeSession ends the session and returns it; nil when there was none open.
func (s *Service) revokeSession(ctx context.Context, hash []byte) (*Session, error) {
	now := s.clock.Now()
	ended := s.db.Write(ctx).Model(&Session{}).Where("token_hash = ? AND revoked_at IS NULL", hash).UpdateColumn("revoked_at", now)
	if ended.Error != nil || ended.RowsAffected == 0 {
		return nil, ended.Error
	}
	var row Session
	return &row, s.db.Read(ctx).Where("token_hash = ?", hash).Take(&row).Error
}

// endBecause ends a session and keeps why.
func (s *Service) endBecause(ctx context.Context, id uuid.UUID, why string) error {
	return s.db.Write(ctx).Model(&Session{}).Where("id = ? AND revoked_at IS NULL", id).
		UpdateColumns(map[string]any{"revoked_at": s.clock.Now(), "ended_why": why}).Error
}

// endedWhy says why the session of a token was ended by itself; "" for any
// other token.
func (s *Service) endedWhy(ctx context.Context, hash []byte) (string, error) {
	var why []string
	err := s.db.Read(ctx).Model(&Session{}).Where("token_hash = ? AND revoked_at IS NOT NULL", hash).Limit(1).Pluck("ended_why", &why).Error
	if err != nil || len(why) == 0 {
		return "", err
	}
	return why[0], nil
}

// revokeSessions ends all sessions of somebody but one.
func (s *Service) revokeSessions(ctx context.Context, kind actor.Kind, subject, but uuid.UUID) (int64, error) {
	now := s.clock.Now()
	ended := s.db.Write(ctx).Model(&Session{}).
		Where("kind = ? AND subject_id = ? AND id <> ? AND revoked_at IS NULL AND expires_at > ?", kind, subject, but, now).
		UpdateColumn("revoked_at", now)
	return ended.RowsAffected, ended.Error
}

func (s *Service) listSessions(ctx context.Context, kind actor.Kind, subject uuid.UUID, now time.Time) ([]Session, error) {
	var out []Session
	err := s.db.Read(ctx).
		Where("kind = ? AND subject_id = ? AND revoked_at IS NULL AND expires_at > ?", kind, subject, now).
		Order("last_seen_at DESC, id DESC").Find(&out).Error
	return out, err
}

// touchSession moves the times of a session, unless another request has just
// done so. It never moves an ended one.
func (s *Service) touchSession(ctx context.Context, row Session, now, expires, before time.Time) error {
	w := s.db.Write(ctx)
	err := w.Exec("UPDATE sessions SET last_seen_at = ?, expires_at = ? WHERE id = ? AND last_seen_at <= ? AND revoked_at IS NULL",
		now, expires, row.ID, before).Error
	if err != nil || row.Kind != actor.Staff {
		return err
	}
	return w.Exec("UPDATE staff SET last_seen_at = ? WHERE id = ?", now, row.SubjectID).Error
}
