package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

func (s *Service) insertTokens(ctx context.Context, rows []SessionToken) error {
	return s.db.Write(ctx).Create(&rows).Error
}

func (s *Service) lockRefresh(ctx context.Context, hash []byte) (SessionToken, error) {
	return one[SessionToken](locked(s.db.Write(ctx)).Where("hash = ? AND kind = ?", hash, refreshKind), errRefresh)
}

func (s *Service) spendRefresh(ctx context.Context, hash []byte, now time.Time) error {
	spent := s.db.Write(ctx).Model(&SessionToken{}).Where("hash = ? AND spent_at IS NULL", hash).UpdateColumn("spent_at", now)
	if spent.Error == nil && spent.RowsAffected == 0 {
		return errRaced()
	}
	return spent.Error
}

// dropOldAccess deletes what opens nothing any more. Spent refresh tokens stay
// until they would have run out, to be known when they come again.
func (s *Service) dropOldAccess(ctx context.Context, session uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Where("session_id = ? AND kind = ? AND expires_at <= ?", session, accessKind, now).Delete(&SessionToken{}).Error
}

func (s *Service) readTokens(ctx context.Context, session uuid.UUID, hashes ...[]byte) (out []SessionToken, err error) {
	return out, s.db.Write(ctx).Where("session_id = ? AND hash IN ?", session, hashes).Find(&out).Error
}

// sessionOfTokens reads the session of a family of a member who is still there,
// and why it was ended, if it says so.
func (s *Service) sessionOfTokens(ctx context.Context, id uuid.UUID) (of Session, why string, err error) {
	err = s.db.Write(ctx).Where("id = ? AND EXISTS (SELECT 1 FROM members m WHERE m.id = sessions.subject_id AND m.deleted_at IS NULL)", id).Take(&of).Error
	if db.IsNotFound(err) {
		err = errSignedOut()
	}
	return of, of.EndedWhy, err
}

// whyTokenOut says why the session of an access token was ended by itself.
func (s *Service) whyTokenOut(ctx context.Context, hash []byte) (string, error) {
	var why []string
	err := s.db.Read(ctx).Model(&Session{}).
		Where("revoked_at IS NOT NULL AND id = (SELECT session_id FROM session_tokens WHERE hash = ?)", hash).Limit(1).Pluck("ended_why", &why).Error
	if err != nil || len(why) == 0 {
		return "", err
	}
	return why[0], nil
}
