// Package actor says who acts, and with which capabilities. A surface puts the
// actor into the context; rooms ask it before they change anything and write
// its id into the journal.
package actor

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Kind is the kind of actor.
type Kind string

// The kinds of actor. A staff user works at the desk, a member reads; they
// never share a session.
const (
	Anonymous Kind = "anonymous"
	Member    Kind = "member"
	Staff     Kind = "staff"
	Key       Kind = "api_key"
	System    Kind = "system" // a job, the command line, a webhook
)

// Capability is the right to do one kind of thing at the desk.
type Capability string

// The capabilities. Editing and publishing are separate on purpose.
const (
	ContentRead Capability = "content.read" // public view through a content key
	// VisitorsAddress is the right of a front end's server to say from where its
	// visitors come. Like the one above it opens nothing at the desk.
	VisitorsAddress Capability = "visitors.address"
	NotesRead       Capability = "notes.read" // drafts and gated text at the desk
	NotesWrite      Capability = "notes.write"
	NotesReview     Capability = "notes.review"
	NotesPublish    Capability = "notes.publish"
	NotesRetract    Capability = "notes.retract"
	NotesArchive    Capability = "notes.archive"
	TaxonomyWrite   Capability = "taxonomy.write" // series, issues, topics, authors
	MediaWrite      Capability = "media.write"
	MembersRead     Capability = "members.read"
	MembersWrite    Capability = "members.write"
	LeadsRead       Capability = "leads.read"  // letters to the firm
	LeadsWrite      Capability = "leads.write" // mark them, note what came of them
	PlansWrite      Capability = "plans.write"
	StaffWrite      Capability = "staff.write"
	SettingsWrite   Capability = "settings.write"
	KeysWrite       Capability = "keys.write"
	JournalRead     Capability = "journal.read"
	OperationsWrite Capability = "operations.write" // reconcile, re-index, re-render
)

// all lists every capability of the desk, in the order pages show them.
var all = []Capability{
	NotesRead, NotesWrite, NotesReview, NotesPublish, NotesRetract, NotesArchive, TaxonomyWrite, MediaWrite,
	MembersRead, MembersWrite, LeadsRead, LeadsWrite, PlansWrite, StaffWrite, SettingsWrite, KeysWrite, JournalRead, OperationsWrite,
}

// All returns every capability of the desk, in the order pages show them.
func All() []Capability { return slices.Clone(all) }

// Actor is who acts. The zero value is nobody.
type Actor struct {
	Kind         Kind
	ID           uuid.UUID // member, staff user or key; zero for anonymous and system
	Name         string    // shown in revisions and the audit log; empty for members
	Session      uuid.UUID // the session used, if any
	Capabilities []Capability
}

// Nobody is an anonymous actor.
func Nobody() Actor { return Actor{Kind: Anonymous} }

// Machine is the system acting by itself; name says which part.
func Machine(name string) Actor {
	return Actor{Kind: System, Name: name, Capabilities: All()}
}

// Can tells whether the actor holds the capability.
func (a Actor) Can(c Capability) bool { return slices.Contains(a.Capabilities, c) }

type ctxKey struct{}

// With puts the actor into the context.
func With(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, ctxKey{}, a)
}

// From returns the actor of the context; without one, nobody.
func From(ctx context.Context) Actor {
	if a, ok := ctx.Value(ctxKey{}).(Actor); ok {
		return a
	}
	return Nobody()
}

// Require refuses an actor without the capability: 401 when nobody is signed
// in, 403 otherwise.
func Require(ctx context.Context, c Capability) error {
	a := From(ctx)
	if a.Can(c) {
		return nil
	}
	if a.Kind == Anonymous || a.Kind == "" {
		return fault.New(fault.Unauthenticated, "sign_in_required", "Sign in to do this.")
	}
	return fault.New(fault.Forbidden, "capability_missing", "You do not have the right to do this ("+string(c)+").")
}

// RequireStaff refuses everybody but a staff user who is signed in: what
// somebody does to their own account cannot be done with a key.
func RequireStaff(ctx context.Context) error {
	switch a := From(ctx); a.Kind {
	case Staff:
		return nil
	case Anonymous, "":
		return fault.New(fault.Unauthenticated, "sign_in_required", "Sign in to do this.")
	default:
		return fault.New(fault.Forbidden, "staff_only", "Only somebody who is signed in at the desk can do this.")
	}
}

type requestKey struct{}

// WithRequest puts the id of the request into the context; log lines and
// journal rows carry it.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// Request returns the id of the request the context belongs to, or "".
func Request(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
