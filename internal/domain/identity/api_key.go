package identity

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Scope is what an API key is for.
type Scope string

// The scopes. The first three are whole faces; the others are parts of the
// desk, for a program that needs one room and no more.
const (
	ScopeContentRead  Scope = "content.read"  // the Content API
	ScopeAdminRead    Scope = "admin.read"    // read at the desk: drafts, members, the journal
	ScopeAdminWrite   Scope = "admin.write"   // and change things; but no staff and no keys
	ScopeNotesRead    Scope = "notes.read"    // notes, drafts and gated texts
	ScopeNotesWrite   Scope = "notes.write"   // and write them, with pictures, topics and authors
	ScopeNotesPublish Scope = "notes.publish" // and show them to readers
	ScopeMembersRead  Scope = "members.read"  // members and what they bought
	ScopeMembersWrite Scope = "members.write" // and change it
	ScopeLeads        Scope = "leads.write"   // letters to the firm
	ScopeBilling      Scope = "billing.write" // plans, offers, quotes and orders
	ScopeSettings     Scope = "settings.write"
	ScopeJournal      Scope = "journal.read"
	ScopeOperations   Scope = "operations.write" // imports, exports, comparisons with Stripe
	// ScopeVisitors is for the server of a front end, which asks for all its
	// readers from one address: it may say from where each of them comes.
	ScopeVisitors Scope = "visitors.address"
)

// scopes says what each allows, in the order pages show them. A key can never
// make another key or let somebody work here, so that a leaked one cannot
// outlive its end.
func scopes() []struct {
	Scope Scope
	May   []actor.Capability
} {
	write := []actor.Capability{actor.NotesRead, actor.NotesWrite, actor.TaxonomyWrite, actor.MediaWrite}
	return []struct {
		Scope Scope
		May   []actor.Capability
	}{
		{ScopeContentRead, []actor.Capability{actor.ContentRead}},
		{ScopeAdminRead, []actor.Capability{actor.NotesRead, actor.MembersRead, actor.LeadsRead, actor.JournalRead}},
		{ScopeAdminWrite, slices.DeleteFunc(Admin.Capabilities(), func(c actor.Capability) bool { return c == actor.KeysWrite })},
		{ScopeNotesRead, []actor.Capability{actor.NotesRead}},
		{ScopeNotesWrite, write},
		{ScopeNotesPublish, append(slices.Clone(write), actor.NotesReview, actor.NotesPublish, actor.NotesRetract, actor.NotesArchive)},
		{ScopeMembersRead, []actor.Capability{actor.MembersRead}},
		{ScopeMembersWrite, []actor.Capability{actor.MembersRead, actor.MembersWrite}},
		{ScopeLeads, []actor.Capability{actor.LeadsRead, actor.LeadsWrite}},
		{ScopeBilling, []actor.Capability{actor.MembersRead, actor.PlansWrite}},
		{ScopeSettings, []actor.Capability{actor.SettingsWrite}},
		{ScopeJournal, []actor.Capability{actor.JournalRead}},
		{ScopeOperations, []actor.Capability{actor.OperationsWrite}},
		{ScopeVisitors, []actor.Capability{actor.VisitorsAddress}},
	}
}

// Scopes lists the scopes, in the order pages show them.
func Scopes() []Scope {
	var out []Scope
	for _, s := range scopes() {
		out = append(out, s.Scope)
	}
	return out
}

// capabilities is what the scope allows; nil for one that there is not.
func (s Scope) capabilities() []actor.Capability {
	for _, x := range scopes() {
		if x.Scope == s {
			return x.May
		}
	}
	return nil
}

// ScopeList is a set of scopes, stored as a JSON array.
type ScopeList []Scope

// Value implements driver.Valuer.
func (l ScopeList) Value() (driver.Value, error) {
	b, err := json.Marshal([]Scope(l))
	return string(b), err
}

// Scan implements sql.Scanner.
func (l *ScopeList) Scan(v any) error { return scanList(v, l) }

// scanList reads a list that is stored as a JSON array.
func scanList(v, list any) error {
	switch v := v.(type) {
	case []byte:
		return json.Unmarshal(v, list)
	case string:
		return json.Unmarshal([]byte(v), list)
	}
	return fmt.Errorf("identity: a list is a %T", v)
}

// APIKey is a key that a program shows. The secret itself is not kept.
type APIKey struct {
	ID         uuid.UUID  `gorm:"type:uuid;primaryKey"`
	Name       string     `gorm:"not null"`
	Prefix     string     `gorm:"not null"` // what lists show: "lt_content_9fQx"
	Hash       []byte     `gorm:"not null"`
	Scopes     ScopeList  `gorm:"type:jsonb;not null"`
	CreatedBy  *uuid.UUID `gorm:"type:uuid"` // a staff user; nil when the system did
	CreatedAt  time.Time  `gorm:"not null"`
	LastUsedAt *time.Time // to a quarter of an hour
	ExpiresAt  *time.Time // nil: never
	RevokedAt  *time.Time
	ReplacedBy *uuid.UUID  `gorm:"type:uuid"`                        // the key that took over
	Origins    AddressList `gorm:"type:jsonb;not null;default:'[]'"` // of a front end: from where browsers may call; empty: any
	// ReturnAddresses are whereto links and payment pages may lead from here.
	ReturnAddresses AddressList `gorm:"type:jsonb;not null;default:'[]'"`
}

// TableName implements gorm's Tabler.
func (APIKey) TableName() string { return "api_keys" }

// Actor is who acts with this key.
func (k APIKey) Actor() actor.Actor {
	a := actor.Actor{Kind: actor.Key, ID: k.ID, Name: k.Name}
	for _, s := range k.Scopes {
		for _, c := range s.capabilities() {
			if !a.Can(c) {
				a.Capabilities = append(a.Capabilities, c)
			}
		}
	}
	return a
}

// CreateKey asks for an API key.
type CreateKey struct {
	Name      string
	Scopes    []Scope
	ExpiresAt *time.Time // nil: never
	FrontEnd
}

func (in *CreateKey) validate(now time.Time) error {
	var f fault.Fields
	in.Name = requiredName(&f, in.Name)
	f.Check(len(in.Scopes) > 0, "scopes", "required", "Choose what the key is for.")
	for _, s := range in.Scopes {
		f.Check(s.capabilities() != nil, "scopes", "unknown", "There is no such scope.")
	}
	f.Check(in.ExpiresAt == nil || in.ExpiresAt.After(now), "expires_at", "in_the_past", "This moment has passed.")
	slices.Sort(in.Scopes)
	in.Scopes = slices.Compact(in.Scopes)
	in.FrontEnd = in.FrontEnd.checked(&f, in.Scopes)
	return f.Err()
}

// kind is the word in the key that tells people what it opens.
func (in CreateKey) kind() string {
	switch {
	case !slices.ContainsFunc(in.Scopes, func(s Scope) bool { return s != ScopeContentRead }):
		return "content"
	case !slices.ContainsFunc(in.Scopes, func(s Scope) bool { return s != ScopeVisitors }):
		return "server"
	}
	return "admin"
}

// mayHandOut refuses a key that could do more at the desk than whoever asks
// for it. What the Content API shows is for everybody anyway, and a front end's
// server gets nothing at the desk.
func mayHandOut(ctx context.Context, scopes []Scope) error {
	for _, s := range scopes {
		if s == ScopeContentRead || s == ScopeVisitors {
			continue
		}
		if err := mayGive(ctx, s.capabilities()); err != nil {
			return err
		}
	}
	return nil
}

// CreateKey makes a key and returns its secret, which nobody can see again. It
// needs keys.write and whatever the key will be able to do. A key belongs to the publication: it goes on when the
// staff user who made it leaves.
func (s *Service) CreateKey(ctx context.Context, in CreateKey) (secret string, k APIKey, err error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return "", k, err
	}
	in.Scopes = slices.Clone(in.Scopes)
	if err := in.validate(s.clock.Now()); err != nil {
		return "", k, err
	}
	if err := mayHandOut(ctx, in.Scopes); err != nil {
		return "", k, err
	}
	secret, prefix := newKeySecret(in.kind())
	k = APIKey{
		ID: db.NewID(), Name: in.Name, Prefix: prefix, Hash: hashToken(secret), Scopes: in.Scopes,
		CreatedAt: s.clock.Now(), ExpiresAt: in.ExpiresAt, Origins: in.Origins, ReturnAddresses: in.ReturnAddresses,
	}
	if who := actor.From(ctx); who.Kind == actor.Staff {
		k.CreatedBy = &who.ID
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.insertKey(ctx, k); err != nil {
			return err
		}
		if err := s.db.Announce(ctx, topicKeys, ""); err != nil {
			return err
		}
		return s.record(ctx, "api_key.created", "api_key", k.ID.String(), map[string]any{"name": k.Name, "scopes": k.Scopes})
	})
	return secret, k, err
}

// ListKeys lists all keys, newest first, revoked ones too. It needs
// keys.write.
func (s *Service) ListKeys(ctx context.Context) ([]APIKey, error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, err
	}
	return s.selectKeys(ctx)
}

// RevokeKey ends a key for good, on every node. Revoking it again is no error.
// It needs keys.write.
func (s *Service) RevokeKey(ctx context.Context, id uuid.UUID) error {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		k, err := s.lockKey(ctx, id)
		if err != nil || k.RevokedAt != nil {
			return err
		}
		if err := s.markKeyRevoked(ctx, id, s.clock.Now()); err != nil {
			return err
		}
		if err := s.db.Announce(ctx, topicKeys, ""); err != nil {
			return err
		}
		return s.record(ctx, "api_key.revoked", "api_key", id.String(), map[string]any{"name": k.Name})
	})
}
