package identity

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"image/png"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"lighttrends/internal/platform/fault"
)

const (
	totpStep    = 30 // seconds
	totpSecret  = 20 // bytes, as RFC 4226 recommends
	totpSkew    = 1  // steps that a clock may be off, either way
	totpPending = 30 * time.Minute
)

// TOTP is somebody's authenticator app. Its secrets are sealed.
type TOTP struct {
	StaffID     uuid.UUID `gorm:"type:uuid;primaryKey"`
	Secret      []byte    `gorm:"not null"` // in use; empty for none
	LastStep    int64     `gorm:"not null"`
	Pending     []byte    `gorm:"not null"` // shown, not proved yet; empty for none
	PendingAt   time.Time `gorm:"not null"`
	ConfirmedAt *time.Time
}

// TableName implements gorm's Tabler.
func (TOTP) TableName() string { return "staff_totp" }

// NewTOTP is what somebody enters into their app, or takes a picture of.
type NewTOTP struct {
	Secret string // base 32
	URI    string // otpauth:
	PNG    []byte // the URI as a QR code
}

// errCodeWrong is one answer for a wrong, an old and an already used code.
func errCodeWrong(field string) error {
	f := fault.New(fault.Invalid, "code_wrong", "This code is not right, or was used already. Wait for the next one.")
	f.Fields = []fault.Field{{Path: field, Code: "not_right", Message: "This code is not right, or was used already."}}
	return f
}

// PrepareTOTP makes a secret for the app of whoever is signed in. It counts
// only once a code has proved that the app has it; an app in use goes on until
// then. It needs a confirmed session.
func (s *Service) PrepareTOTP(ctx context.Context) (out NewTOTP, err error) {
	me, err := s.confirmed(ctx)
	if err != nil {
		return out, err
	}
	u, err := s.readStaff(ctx, me)
	if err != nil {
		return out, err
	}
	raw := make([]byte, totpSecret)
	_, _ = rand.Read(raw) // never fails, crypto/rand says
	if out, err = showTOTP(raw, s.brand(ctx).Name, u.EmailGiven); err != nil {
		return out, err
	}
	sealed, err := s.secrets.seal(raw, me)
	if err != nil {
		return out, err
	}
	return out, s.db.Tx(ctx, func(ctx context.Context) error { return s.putPendingTOTP(ctx, me, sealed, s.clock.Now()) })
}

func showTOTP(raw []byte, issuer, account string) (out NewTOTP, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account, Secret: raw})
	if err != nil {
		return out, err
	}
	picture, err := key.Image(240, 240)
	if err != nil {
		return out, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, picture)
	return NewTOTP{Secret: key.Secret(), URI: key.URL(), PNG: b.Bytes()}, err
}

// ConfirmTOTP takes a code as proof that the prepared secret is in the app,
// and has sign-ins ask for one from now on. Codes for emergencies come back
// when these are the person's first. It needs a confirmed session.
func (s *Service) ConfirmTOTP(ctx context.Context, code string) (recovery []string, err error) {
	me, err := s.confirmed(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.countGuess(ctx, me); err != nil {
		return nil, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		now := s.clock.Now()
		row, err := s.lockTOTP(ctx, me)
		if err != nil {
			return err
		}
		if row == nil || len(row.Pending) == 0 || now.Sub(row.PendingAt) > totpPending {
			return fault.New(fault.Conflict, "totp_not_prepared", "Begin again: this secret is too old, or there is none.")
		}
		step, ok := s.stepOf(ctx, row.Pending, me, code)
		if !ok {
			return errCodeWrong("code")
		}
		row.Secret, row.Pending, row.LastStep, row.ConfirmedAt = row.Pending, []byte{}, step, &now
		if err := s.saveTOTP(ctx, *row); err != nil {
			return err
		}
		if err := s.forgive(ctx, s.limits.factorsByAccount, me.String()); err != nil {
			return err
		}
		recovery, err = s.strengthen(ctx, me, "staff.totp_added", nil)
		return err
	})
	return recovery, err
}

// RemoveTOTP forgets the app of whoever is signed in. It needs a confirmed
// session.
func (s *Service) RemoveTOTP(ctx context.Context) error {
	me, err := s.confirmed(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		row, err := s.lockTOTP(ctx, me)
		if err != nil || row == nil {
			return err
		}
		if err := s.deleteTOTP(ctx, me); err != nil {
			return err
		}
		return s.weaken(ctx, me, "staff.totp_removed", nil)
	})
}

// spendTOTP takes a code for a sign-in. A code is good once: the step it
// belongs to is written down, and only a later one is taken after it.
func (s *Service) spendTOTP(ctx context.Context, staff uuid.UUID, code string) (bool, error) {
	row, err := s.lockTOTP(ctx, staff)
	if err != nil || row == nil || len(row.Secret) == 0 {
		return false, err
	}
	step, ok := s.stepOf(ctx, row.Secret, staff, code)
	if !ok || step <= row.LastStep {
		return false, nil
	}
	row.LastStep = step
	return true, s.saveTOTP(ctx, *row)
}

// stepOf finds the step whose code this is. All of them are compared, in the
// same time whichever it is.
func (s *Service) stepOf(ctx context.Context, sealed []byte, owner uuid.UUID, code string) (step int64, ok bool) {
	raw, err := s.secrets.unseal(sealed, owner)
	if err != nil {
		s.log.ErrorContext(ctx, "the secret of an authenticator app cannot be read; was SECRET_KEY changed?", "staff", owner)
		return 0, false
	}
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
	now := s.clock.Now().Unix() / totpStep
	for at := now - totpSkew; at <= now+totpSkew; at++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(max(at, 0)), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(digits(code))) == 1 {
			step, ok = at, true
		}
	}
	return step, ok
}
