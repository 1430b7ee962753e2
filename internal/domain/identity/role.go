package identity

import (
	"slices"

	"lighttrends/internal/platform/actor"
)

// Role is what a staff user is at the desk: a built-in role by its name, or
// one of the publication's own by its id. Each built-in role can do all that
// the one before it can.
type Role string

// The built-in roles. They cannot be changed.
const (
	Analyst Role = "analyst" // writes
	Editor  Role = "editor"  // reviews and publishes
	Admin   Role = "admin"   // runs the publication
	Owner   Role = "owner"   // decides who works here
)

// Roles lists the built-in roles, the least first.
func Roles() []Role { return []Role{Analyst, Editor, Admin, Owner} }

// gains is what a role can do beyond the one before it.
func (r Role) gains() []actor.Capability {
	switch r {
	case Analyst:
		return []actor.Capability{actor.NotesRead, actor.NotesWrite, actor.MediaWrite}
	case Editor:
		return []actor.Capability{actor.NotesReview, actor.NotesPublish, actor.NotesRetract,
			actor.NotesArchive, actor.TaxonomyWrite}
	case Admin:
		return []actor.Capability{actor.MembersRead, actor.MembersWrite, actor.LeadsRead, actor.LeadsWrite, actor.PlansWrite,
			actor.SettingsWrite, actor.KeysWrite, actor.JournalRead, actor.OperationsWrite}
	case Owner:
		return []actor.Capability{actor.StaffWrite}
	}
	return nil
}

// Capabilities lists what a built-in role can do; nothing for any other.
func (r Role) Capabilities() []actor.Capability {
	var out []actor.Capability
	for _, up := range Roles() {
		out = append(out, up.gains()...)
		if up == r {
			return out
		}
	}
	return nil
}

// BuiltIn tells whether the role comes with the house.
func (r Role) BuiltIn() bool { return r.gains() != nil }

// title is a built-in role's name for people.
func (r Role) title() string {
	switch r {
	case Analyst:
		return "Analyst"
	case Editor:
		return "Editor"
	case Admin:
		return "Admin"
	case Owner:
		return "Owner"
	}
	return ""
}

// Position is what a role stands for at this moment.
type Position struct {
	Role         Role
	Name         string // for people
	Capabilities []actor.Capability
}

// builtIn is the position of a built-in role.
func builtIn(r Role) Position {
	return Position{Role: r, Name: r.title(), Capabilities: r.Capabilities()}
}

// within tells whether a has everything that b has.
func within(b, a []actor.Capability) bool {
	return !slices.ContainsFunc(b, func(c actor.Capability) bool { return !slices.Contains(a, c) })
}
