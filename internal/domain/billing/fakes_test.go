package billing_test

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

var errJournal = errors.New("the journal is full")

// broken is a journal that takes nothing.
type broken struct{}

func (broken) Record(context.Context, journal.Event) error { return errJournal }

// goneMembers knows nobody any more.
type goneMembers struct{}

func (goneMembers) Payer(context.Context, uuid.UUID) (billing.Payer, error) {
	return billing.Payer{}, fault.New(fault.NotFound, "member_not_found", "There is no such member.")
}

func (goneMembers) Staying(context.Context, uuid.UUID) error { return nil }

func (goneMembers) CheckEmail(string) error { return nil }

func (goneMembers) Enrol(context.Context, string, string) (uuid.UUID, bool, error) {
	return uuid.Nil, false, errJournal
}

func (goneMembers) BumpAccess(context.Context, uuid.UUID) error {
	return fault.New(fault.NotFound, "member_not_found", "There is no such member.")
}
