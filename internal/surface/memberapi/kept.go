package memberapi

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Kept is everything that is kept of a member.
type Kept struct {
	Profile       Profile        `json:"profile"`
	Subscriptions []Subscription `json:"subscriptions"`
	Orders        []Order        `json:"orders" doc:"What was ordered by invoice"`
	Terms         []KeptTerm     `json:"terms" doc:"Access from one date to another"`
	Invoices      []Invoice      `json:"invoices"`
	Refunds       []Refund       `json:"refunds"`
	Disputes      []Dispute      `json:"disputes"`
	Notes         []BoughtNote   `json:"notes" doc:"Bought one by one"`
	Presents      []Present      `json:"presents"`
	Reads         []KeptRead     `json:"reads" doc:"Paid notes read for free, as far as they are kept"`
	Passkeys      []KeptKey      `json:"passkeys" doc:"Devices that sign in by themselves"`
	Tokens        []Token        `json:"programs" doc:"Personal tokens, by which programs read in the member's place"`
	Assistants    []AssistantUse `json:"read_by_programs" doc:"What they read, by day and note"`
	Copies        []KeptCopy     `json:"copies" doc:"PDF copies of notes that were given out"`
	Sessions      []Session      `json:"sessions"`
	Library       KeptLibrary    `json:"library" doc:"What was saved, read, followed and shared"`
}

// Profile is who a member is.
type Profile struct {
	ID           string     `json:"id" format:"uuid"`
	Email        string     `json:"email"`
	NewEmail     string     `json:"new_email,omitempty" doc:"Asked for, and not confirmed yet"`
	Name         string     `json:"name"`
	Organization string     `json:"organization"`
	Declined     []string   `json:"declined_mails" doc:"Kinds of mails that the member does not want"`
	Password     *time.Time `json:"password_set_at,omitempty"`
	Registered   time.Time  `json:"registered_at"`
	Verified     *time.Time `json:"email_verified_at,omitempty"`
	DeletesAt    *time.Time `json:"deletes_at,omitempty"`
}

// KeptKey is a passkey.
type KeptKey struct {
	Name    string     `json:"name"`
	Added   time.Time  `json:"added_at"`
	LastUse *time.Time `json:"last_used_at,omitempty"`
}

// KeptTerm is a right with dates.
type KeptTerm struct {
	Plan   string    `json:"plan,omitempty" doc:"Absent: every plan"`
	Source string    `json:"source"`
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
}

// KeptRead is a note that was read.
type KeptRead struct {
	Note string    `json:"note" format:"uuid"`
	At   time.Time `json:"at"`
}

// KeptCopy is a PDF copy that a member was given.
type KeptCopy struct {
	Serial  string    `json:"serial"`
	Note    string    `json:"note" format:"uuid"`
	Version int       `json:"version"`
	Paper   string    `json:"paper"`
	At      time.Time `json:"at"`
}

type keptOutput struct {
	Disposition string `header:"Content-Disposition"`
	Body        Kept
}

func (s *service) exportMe(ctx context.Context, member uuid.UUID, _ *struct{}) (*keptOutput, error) {
	doc, err := s.keptOf(ctx, member)
	return &keptOutput{Disposition: `attachment; filename="my-account.json"`, Body: doc}, err
}

// KeptOf writes everything that is kept of the member who acts, for the portal.
func KeptOf(ctx context.Context, d Deps, member uuid.UUID) ([]byte, error) {
	doc, err := (&service{Deps: d}).keptOf(ctx, member)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(doc, "", "  ")
}

func (s *service) keptOf(ctx context.Context, member uuid.UUID) (doc Kept, err error) {
	for _, fill := range []func(context.Context, uuid.UUID, *Kept) error{s.keepProfile, s.keepBought, s.keepBills, s.keepTerms, s.keepCopies, s.keepKeys, s.keepTokens, s.keepLibrary} {
		if err := fill(ctx, member, &doc); err != nil {
			return doc, err
		}
	}
	if doc.Notes, err = s.boughtNotes(ctx, member); err != nil {
		return doc, err
	}
	if doc.Presents, err = s.presents(ctx, member); err != nil {
		return doc, err
	}
	doc.Sessions, err = s.sessionsOf(ctx, member)
	return doc, err
}

func (s *service) keepProfile(ctx context.Context, member uuid.UUID, doc *Kept) error {
	m, err := s.Identity.Member(ctx, member)
	if err != nil {
		return err
	}
	leaving, err := s.Identity.Leaving(ctx, member)
	if err != nil {
		return err
	}
	pending, err := s.Identity.PendingEmail(ctx)
	doc.Profile = Profile{ID: m.ID.String(), Email: m.EmailGiven, NewEmail: pending, Name: m.Name, Organization: m.Organization, Declined: strings.Fields(m.DeclinedMails), Registered: m.CreatedAt, Verified: m.EmailVerifiedAt}
	if leaving != nil {
		doc.Profile.DeletesAt = &leaving.DueAt
	}
	return err
}

func (s *service) keepKeys(ctx context.Context, member uuid.UUID, doc *Kept) error {
	keys, err := s.Identity.MemberPasskeys(ctx, member)
	if err != nil {
		return err
	}
	doc.Passkeys = make([]KeptKey, len(keys))
	for i, k := range keys {
		doc.Passkeys[i] = KeptKey{k.Name, k.CreatedAt, k.LastUsedAt}
	}
	doc.Profile.Password, err = s.Identity.PasswordSince(ctx, member)
	return err
}

func (s *service) keepBought(ctx context.Context, member uuid.UUID, doc *Kept) error {
	subs, err := s.listSubscriptions(ctx, member, nil)
	if err != nil {
		return err
	}
	doc.Subscriptions, doc.Orders = subs.Body.Subscriptions, subs.Body.Orders
	reads, err := s.Billing.FreeReads(ctx, member)
	doc.Reads = make([]KeptRead, len(reads))
	for i, r := range reads {
		doc.Reads[i] = KeptRead{r.Note.String(), r.At}
	}
	return err
}

func (s *service) keepBills(ctx context.Context, member uuid.UUID, doc *Kept) error {
	back, err := s.listRefunds(ctx, member, nil)
	if err != nil {
		return err
	}
	doc.Refunds, doc.Disputes, doc.Invoices = back.Body.Refunds, back.Body.Disputes, []Invoice{}
	for in := (&invoicesInput{}); ; {
		page, err := s.listInvoices(ctx, member, in)
		if err != nil {
			return err
		}
		doc.Invoices = append(doc.Invoices, page.Body.Invoices...)
		if in.Cursor = page.Body.Next; in.Cursor == "" {
			return nil
		}
	}
}

func (s *service) keepTerms(ctx context.Context, member uuid.UUID, doc *Kept) error {
	terms, err := s.Billing.Terms(ctx, member)
	doc.Terms = make([]KeptTerm, len(terms))
	for i, t := range terms {
		doc.Terms[i] = KeptTerm{Source: string(t.Source), From: t.StartsAt, Until: t.EndsAt}
		if t.Plan != nil {
			doc.Terms[i].Plan = t.Plan.Slug
		}
	}
	return err
}

func (s *service) keepCopies(ctx context.Context, member uuid.UUID, doc *Kept) error {
	given, err := s.Copies.Of(ctx, member, -1)
	doc.Copies = make([]KeptCopy, len(given))
	for i, c := range given {
		doc.Copies[i] = KeptCopy{c.String(), c.NoteID.String(), c.Version, string(c.Paper), c.At}
	}
	return err
}
