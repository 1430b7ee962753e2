package identity

import (
	"context"
	"time"
)

func (s *Service) deleteExpired(ctx context.Context, now, ended time.Time) error {
	w := s.db.Write(ctx)
	if err := w.Where("expires_at <= ?", now).Delete(&SignInToken{}).Error; err != nil {
		return err
	}
	if err := w.Where("expires_at <= ?", now).Delete(&Challenge{}).Error; err != nil {
		return err
	}
	if err := w.Where("expires_at <= ?", now).Delete(&PasswordReset{}).Error; err != nil {
		return err
	}
	// The letter to the address before has a day more.
	if err := w.Where("expires_at <= ?", now.Add(-24*time.Hour)).Delete(&EmailChange{}).Error; err != nil {
		return err
	}
	if err := w.Where("until <= ? AND free_at <= ?", now, now).Delete(&Attempt{}).Error; err != nil {
		return err
	}
	if err := w.Where("at <= ?", now.Add(-keepAlerts)).Delete(&SharingAlert{}).Error; err != nil {
		return err
	}
	if err := s.dropPlaces(ctx, now.Add(-keepPlace)); err != nil {
		return err
	}
	// A day more, so that whoever comes late is told what is wrong.
	if err := w.Where("expires_at <= ?", now.Add(-24*time.Hour)).Delete(&SessionToken{}).Error; err != nil {
		return err
	}
	return w.Where("expires_at <= ? OR revoked_at <= ?", ended, ended).Delete(&Session{}).Error
}

// Tables lists the room's models, for comparing them with the schema.
func Tables() []any {
	return []any{&Member{}, &Staff{}, &OwnRole{}, &TOTP{}, &Passkey{}, &RecoveryCode{}, &Challenge{}, &Invitation{}, &PasswordReset{},
		&MemberPasskey{}, &MemberPassword{}, &MemberToken{}, &SharingAlert{}, &Session{}, &SessionToken{}, &SignInToken{}, &APIKey{}, &Attempt{}, &SetupOffer{}, &EmailChange{}, &Leaving{}, &View{}, &viewDefault{}}
}
