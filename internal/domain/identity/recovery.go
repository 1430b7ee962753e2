package identity

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

const (
	recoveryCodes = 10
	recoveryBytes = 10 // 80 bits: a plain hash of it cannot be searched
)

// RecoveryCode lets somebody in once who has lost app and key.
type RecoveryCode struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	StaffID   uuid.UUID `gorm:"type:uuid;not null"`
	Hash      []byte    `gorm:"not null"`
	CreatedAt time.Time `gorm:"not null"`
	UsedAt    *time.Time
}

var recoveryAlphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")

// newRecoveryCode makes a code in four groups, easy to copy by hand.
func newRecoveryCode() string {
	raw := make([]byte, recoveryBytes)
	_, _ = rand.Read(raw) // never fails, crypto/rand says
	s := recoveryAlphabet.EncodeToString(raw)
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// plainCode brings what somebody typed into the form that was hashed. The
// alphabet has no 0, 1 and 8, so these are slips of the eye.
func plainCode(s string) string {
	return strings.NewReplacer("-", "", " ", "", "\u00a0", "", "0", "o", "1", "l", "8", "b").Replace(strings.ToLower(s))
}

// digits leaves out what people put between them.
func digits(s string) string {
	return strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(s)
}

// RenewRecoveryCodes makes ten new codes for whoever is signed in; the old
// ones are void. It needs a confirmed session and a second factor to recover.
func (s *Service) RenewRecoveryCodes(ctx context.Context) (codes []string, err error) {
	me, err := s.confirmed(ctx)
	if err != nil {
		return nil, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		f, err := s.factorsOf(ctx, me)
		if err != nil {
			return err
		}
		if !f.Strong() {
			return fault.New(fault.Conflict, "second_factor_missing", "Add an authenticator app or a passkey first.")
		}
		if codes, err = s.makeRecoveryCodes(ctx, me); err != nil {
			return err
		}
		return s.record(ctx, "staff.recovery_codes_made", "staff", me.String(), nil)
	})
	return codes, err
}

func (s *Service) makeRecoveryCodes(ctx context.Context, staff uuid.UUID) ([]string, error) {
	if err := s.deleteRecoveryCodes(ctx, staff); err != nil {
		return nil, err
	}
	codes, rows := make([]string, recoveryCodes), make([]RecoveryCode, recoveryCodes)
	for i := range codes {
		codes[i] = newRecoveryCode()
		rows[i] = RecoveryCode{ID: db.NewID(), StaffID: staff, Hash: hashToken(plainCode(codes[i])), CreatedAt: s.clock.Now()}
	}
	return codes, s.insertRecoveryCodes(ctx, rows)
}

// spendRecoveryCode takes a code for a sign-in.
func (s *Service) spendRecoveryCode(ctx context.Context, staff uuid.UUID, code string) (bool, error) {
	return s.useRecoveryCode(ctx, staff, hashToken(plainCode(code)), s.clock.Now())
}
