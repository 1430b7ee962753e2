package publication

import (
	"context"
	"errors"
	"strings"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// LeadKind is what somebody wrote for.
type LeadKind string

// The kinds.
const (
	Written     LeadKind = "letter"
	AccessAsked LeadKind = "access" // somebody of a firm on the list wants to read a note
)

// AccessAsk is what a reader typed at a closed note.
type AccessAsk struct {
	Email, Name   string
	Title, Page   string // of the note
	Trap          string // a field no person sees
	ClientAddress string
}

// errNotListed takes back what was written for somebody of another firm.
var errNotListed = errors.New("publication: the firm is not on the list")

// AskAccess takes a wish for access. Whoever asks hears the same whether the
// firm is on the list or not: nobody learns from it who the customers are.
// Where it is not, nothing is kept. So every ask is counted before the list is
// looked at, apart from the letters, and the same rows are written for all:
// those of a firm that is not on the list are rolled back.
func (h *House) AskAccess(ctx context.Context, a AccessAsk) error {
	a.Email, a.Name = strings.TrimSpace(a.Email), strings.TrimSpace(a.Name)
	var f fault.Fields
	f.Check(answerable(a.Email), "email", "bad_address", "This does not look like an e-mail address.")
	f.MaxRunes("name", a.Name, 200)
	f.Check(!strings.ContainsAny(a.Name, "\r\n\x00"), "name", "bad_characters", "One line, please.")
	if err := f.Err(); err != nil || a.Trap != "" {
		return err
	}
	if h.CountAsk != nil {
		if err := h.CountAsk(ctx, a.ClientAddress); err != nil {
			return err
		}
	}
	reach, err := h.Reach(ctx)
	if err != nil {
		return err
	}
	_, domain, _ := strings.Cut(a.Email, "@")
	name := a.Name
	if name == "" {
		name = a.Email
	}
	lead := &Lead{
		ID: db.NewID(), Kind: AccessAsked, Name: name, Email: a.Email, Company: strings.ToLower(domain), Subject: "Access to “" + a.Title + "”",
		Message: "Asks for access to this note. The address was typed in and nobody has confirmed it.",
		Page:    a.Page, Client: h.client(a.ClientAddress), CreatedAt: h.Clock.Now(),
	}
	err = h.DB.Tx(ctx, func(ctx context.Context) error {
		if err := h.keep(ctx, lead); err != nil || reach.Knows(a.Email) {
			return err
		}
		return errNotListed
	})
	if errors.Is(err, errNotListed) {
		return nil
	}
	return err
}
