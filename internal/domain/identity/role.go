package identity

import "lighttrends/internal/platform/actor"

// Role is what a staff user is at the desk. Each role can do all that the one
// before it can.
type Role string

// The roles.
const (
	Analyst Role = "analyst" // writes
	Editor  Role = "editor"  // reviews and publishes
	Admin   Role = "admin"   // runs the publication
	Owner   Role = "owner"   // decides who works here
)

// Roles lists the roles, the least first.
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

// Capabilities lists what the role can do; nothing for an unknown role.
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

// Valid tells whether there is such a role.
func (r Role) Valid() bool { return r.gains() != nil }
