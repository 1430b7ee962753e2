package publication

import (
	"context"
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

// AskAccess takes a wish for access. Whoever asks hears the same whether the
// firm is on the list or not: nobody learns from it who the customers are.
// Where it is not, nothing is kept.
func (h *House) AskAccess(ctx context.Context, a AccessAsk) error {
	a.Email, a.Name = strings.TrimSpace(a.Email), strings.TrimSpace(a.Name)
	var f fault.Fields
	f.Check(answerable(a.Email), "email", "bad_address", "This does not look like an e-mail address.")
	f.MaxRunes("name", a.Name, 200)
	f.Check(!strings.ContainsAny(a.Name, "\r\n\x00"), "name", "bad_characters", "One line, please.")
	if err := f.Err(); err != nil || a.Trap != "" {
		return err
	}
	reach, err := h.Reach(ctx)
	if err != nil || !reach.Knows(a.Email) {
		return err
	}
	_, domain, _ := strings.Cut(a.Email, "@")
	name := a.Name
	if name == "" {
		name = a.Email
	}
	return h.keep(ctx, &Lead{
		ID: db.NewID(), Kind: AccessAsked, Name: name, Email: a.Email, Company: strings.ToLower(domain), Subject: "Access to “" + a.Title + "”",
		Message: "Asks for access to this note. The address was typed in and nobody has confirmed it.",
		Page:    a.Page, Client: h.client(a.ClientAddress), CreatedAt: h.Clock.Now(),
	})
}
