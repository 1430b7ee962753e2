package publication

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Lead is a letter to the firm.
type Lead struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	Kind      LeadKind  `gorm:"not null;default:letter"`
	Name      string
	Email     string
	Company   string
	Subject   string
	Message   string
	Page      string     // where they wrote from
	MemberID  *uuid.UUID `gorm:"type:uuid"`
	Client    []byte     // keyed hash of the address they came from
	CreatedAt time.Time
	ReadAt    *time.Time
	DoneAt    *time.Time // answered, or not worth an answer
	Remark    string     `gorm:"not null;default:''"` // of the desk's own
}

// TableName implements gorm's Tabler.
func (Lead) TableName() string { return "leads" }

// Letter is what a person typed into the contact form.
type Letter struct {
	Name, Email, Company, Subject, Message string
	Page                                   string
	Consent                                bool   // to be answered by e-mail
	Trap                                   string // a field no person sees; programs fill it in
	ClientAddress                          string
}

// Letters from one network in an hour.
const (
	letterLimit  = 5
	letterWindow = time.Hour
)

// Validate lists every broken rule.
func (l *Letter) Validate() error {
	for _, s := range []*string{&l.Name, &l.Email, &l.Company, &l.Subject, &l.Message, &l.Page} {
		*s = strings.TrimSpace(*s)
	}
	var f fault.Fields
	f.Required("name", l.Name)
	f.MaxRunes("name", l.Name, 200)
	f.MaxRunes("company", l.Company, 200)
	f.MaxRunes("subject", l.Subject, 200)
	f.MaxRunes("page", l.Page, 200)
	f.Required("message", l.Message)
	f.MaxRunes("message", l.Message, 5000)
	f.Check(l.Consent, "consent", "required", "Please agree that we answer by e-mail.")
	f.Check(answerable(l.Email), "email", "bad_address", "This does not look like an e-mail address.")
	f.Check(!strings.ContainsAny(l.Name+l.Company+l.Subject, "\r\n\x00"), "name", "bad_characters", "One line each, please.")
	return f.Err()
}

// answerable tells whether a letter to an address could arrive. A domain
// without a dot is half an address that somebody was interrupted in.
func answerable(email string) bool {
	a, err := mail.ParseAddress(email)
	_, domain, _ := strings.Cut(email, "@")
	return err == nil && a.Address == email && len(email) <= 254 && strings.Contains(domain, ".")
}

// Receive keeps a letter. What a program sent is thanked for and thrown away.
func (h *House) Receive(ctx context.Context, l Letter) error {
	if err := l.Validate(); err != nil {
		return err
	}
	if l.Trap != "" {
		return nil
	}
	lead := &Lead{
		ID: db.NewID(), Kind: Written, Name: l.Name, Email: l.Email, Company: l.Company, Subject: l.Subject, Message: l.Message,
		Page: l.Page, Client: h.client(l.ClientAddress), CreatedAt: h.Clock.Now(),
	}
	return h.DB.Tx(ctx, func(ctx context.Context) error {
		// Of letters that come at once, each must see the one before it.
		if err := h.DB.Lock(ctx, "letters of "+hex.EncodeToString(lead.Client)); err != nil {
			return err
		}
		n, err := h.lettersSince(ctx, lead.Client, lead.CreatedAt.Add(-letterWindow))
		if err != nil {
			return err
		}
		if n >= letterLimit {
			f := fault.New(fault.TooMany, "too_many_letters", "That is a lot of letters in one hour. Please write again later.")
			f.RetryAfter = letterWindow
			return f
		}
		return h.keep(ctx, lead)
	})
}

// WroteFrom is the page on which somebody wrote last; "" for who never did. It
// needs members.read.
func (h *House) WroteFrom(ctx context.Context, email string) (string, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return "", err
	}
	return h.wroteFrom(ctx, email)
}

// keep writes a letter down, in the transaction of the context.
func (h *House) keep(ctx context.Context, lead *Lead) error {
	if who := actor.From(ctx); who.Kind == actor.Member {
		lead.MemberID = &who.ID
	}
	if err := h.insertLead(ctx, lead); err != nil {
		return err
	}
	return h.Journal.Record(ctx, journal.Event{Verb: "lead.received", Subject: "lead", ID: lead.ID.String()})
}

// client is the keyed hash of the network somebody writes from.
func (h *House) client(address string) []byte {
	m := hmac.New(sha256.New, h.ClientKey)
	m.Write([]byte(actor.Network(address)))
	return m.Sum(nil)
}
