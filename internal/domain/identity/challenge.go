package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Purpose says what a challenge is for. One kind never stands for another.
type Purpose string

// The purposes.
const (
	forSecondFactor Purpose = "second_factor"  // the password was right
	forPasskeyStep  Purpose = "passkey_step"   // a passkey after the password
	forPasskey      Purpose = "passkey"        // a passkey alone
	forNewPasskey   Purpose = "passkey_adding" // by somebody who is signed in

	forMemberPasskey    Purpose = "member_passkey"
	forNewMemberPasskey Purpose = "member_passkey_adding"
)

const (
	challengeFor      = 10 * time.Minute
	maxChallengeTries = 5
)

// Challenge is a step that waits for its answer. Whoever answers shows its
// ticket, of which only the hash stands here.
type Challenge struct {
	ID        uuid.UUID  `gorm:"type:uuid;primaryKey"`
	Purpose   Purpose    `gorm:"not null"`
	StaffID   *uuid.UUID `gorm:"type:uuid"`
	TokenHash []byte     `gorm:"not null"`
	Data      []byte     `gorm:"not null"`
	Tries     int64      `gorm:"not null"`
	CreatedAt time.Time  `gorm:"not null"`
	ExpiresAt time.Time  `gorm:"not null"`
}

// ticketSpent is one answer for a ticket that was used, has expired, or was
// never given out.
func ticketSpent() error {
	return fault.New(fault.Gone, "ticket_invalid", "This step took too long, or was tried too often. Please start again.")
}

// challenge writes a challenge down, in the transaction of the context.
func (s *Service) challenge(ctx context.Context, p Purpose, staff *uuid.UUID, data []byte) (ticket string, expires time.Time, err error) {
	now := s.clock.Now()
	ticket = newToken()
	if data == nil {
		data = []byte{}
	}
	row := Challenge{
		ID: db.NewID(), Purpose: p, StaffID: staff, TokenHash: hashToken(ticket), Data: data,
		CreatedAt: now, ExpiresAt: now.Add(challengeFor),
	}
	return ticket, row.ExpiresAt, s.insertChallenge(ctx, row)
}
