package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

func (s *Service) insertSignInToken(ctx context.Context, row SignInToken) error {
	return s.db.Write(ctx).Create(&row).Error
}

// readSignInToken reads a request that is still good; nil when there is none.
func (s *Service) readSignInToken(ctx context.Context, id uuid.UUID, now time.Time) (*SignInToken, error) {
	var row SignInToken
	err := s.db.Read(ctx).Where("id = ? AND expires_at > ?", id, now).Take(&row).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	return &row, err
}

// takeSignInToken deletes the request and returns it; nil when there was none
// to delete. Then it deletes the other requests of the address. These are
// locked beforehand in one order, because two links of one address may be
// spent at the same moment.
func (s *Service) takeSignInToken(ctx context.Context, id uuid.UUID, now time.Time) (*SignInToken, error) {
	w := s.db.Write(ctx)
	var all []uuid.UUID
	err := locked(w.Model(&SignInToken{})).
		Where("email = (SELECT email FROM sign_in_tokens WHERE id = ?)", id).Order("id").Pluck("id", &all).Error
	if err != nil {
		return nil, err
	}
	var taken []SignInToken
	err = s.db.Write(ctx).Clauses(clause.Returning{}).Where("id = ? AND expires_at > ?", id, now).Delete(&taken).Error
	if err != nil || len(taken) == 0 {
		return nil, err
	}
	return &taken[0], s.deleteSignInTokens(ctx, taken[0].Email)
}

// putReturnCode notes the code that a link hands back, in place of one before.
func (s *Service) putReturnCode(ctx context.Context, id uuid.UUID, hash string, now, until time.Time) error {
	put := s.db.Write(ctx).Model(&SignInToken{}).Where("id = ? AND expires_at > ?", id, now).
		UpdateColumns(map[string]any{"return_hash": hash, "return_until": until})
	if put.Error == nil && put.RowsAffected == 0 {
		return linkSpent()
	}
	return put.Error
}

// takeReturnCode finds the request of a code and takes the code away; nil when
// there is none, or somebody was faster.
func (s *Service) takeReturnCode(ctx context.Context, hash string, now time.Time) (*SignInToken, error) {
	row, err := oneOrNil[SignInToken](s.db.Write(ctx).Where("return_hash = ? AND return_until > ? AND expires_at > ?", hash, now, now))
	if err != nil || row == nil {
		return nil, err
	}
	taken := s.db.Write(ctx).Model(&SignInToken{}).Where("id = ? AND return_hash = ?", row.ID, hash).
		UpdateColumns(map[string]any{"return_hash": nil, "return_until": nil})
	if taken.Error != nil || taken.RowsAffected == 0 {
		return nil, taken.Error
	}
	return row, nil
}

func (s *Service) deleteSignInTokens(ctx context.Context, canonical string) error {
	return s.db.Write(ctx).Where("email = ?", canonical).Delete(&SignInToken{}).Error
}

// tryCodes counts a try for each request of the browser whose code is alive,
// and returns these. The rows stay locked until the transaction ends.
func (s *Service) tryCodes(ctx context.Context, browser []byte, now time.Time) ([]SignInToken, error) {
	var rows []SignInToken
	err := locked(s.db.Write(ctx)).
		Where("browser_hash = ? AND expires_at > ? AND code_tries < ?", browser, now, maxCodeTries).Order("id").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return rows, s.db.Write(ctx).Exec("UPDATE sign_in_tokens SET code_tries = code_tries + 1 WHERE id IN ?", ids).Error
}
