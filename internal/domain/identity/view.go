package identity

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// ListKind is a list of the desk that views can be kept of.
type ListKind string

// The lists.
const (
	NotesList   ListKind = "notes"
	MembersList ListKind = "members"
	LeadsList   ListKind = "leads"
)

// need is the right to see the list, without which no view of it is shown.
func (k ListKind) need() (actor.Capability, bool) {
	switch k {
	case NotesList:
		return actor.NotesRead, true
	case MembersList:
		return actor.MembersRead, true
	case LeadsList:
		return actor.LeadsRead, true
	}
	return "", false
}

// View is how somebody at the desk looks at a list. It belongs to one staff
// user; colleagues see it only when it is shared.
type View struct {
	ID         uuid.UUID         `gorm:"type:uuid;primaryKey"`
	StaffID    uuid.UUID         `gorm:"type:uuid;not null"`
	List       ListKind          `gorm:"not null"`
	Name       string            `gorm:"not null"`
	NameFolded string            `gorm:"not null"`                            // unique among the owner's views of the list
	Filters    map[string]string `gorm:"type:jsonb;serializer:json;not null"` // parameters of the list
	Sort       string            `gorm:"not null"`
	Reverse    bool              `gorm:"not null"`
	Columns    []string          `gorm:"type:jsonb;serializer:json;not null"` // none: as the desk has it
	Density    string            `gorm:"not null"`
	Shared     bool              `gorm:"not null"`
	Version    int64             `gorm:"not null"`
	CreatedAt  time.Time         `gorm:"not null"`
	UpdatedAt  time.Time         `gorm:"not null"`

	Owner   string `gorm:"-"` // name of whom it belongs to
	Default bool   `gorm:"-"` // whoever asks begins with it
}

// viewDefault names the view somebody's list opens with.
type viewDefault struct {
	StaffID uuid.UUID `gorm:"type:uuid;primaryKey"`
	List    ListKind  `gorm:"primaryKey"`
	ViewID  uuid.UUID `gorm:"type:uuid;not null"`
}

// TableName implements gorm's Tabler.
func (viewDefault) TableName() string { return "view_defaults" }

// ViewInput describes a view to be made or changed. Nil fields stay as they
// are. Which filters and columns a list has is for whoever shows it to check.
type ViewInput struct {
	Name    *string
	Filters *map[string]string
	Sort    *string
	Reverse *bool
	Columns *[]string
	Density *string
	Shared  *bool
}

const (
	maxViewName  = 60 // characters
	maxViews     = 100
	maxViewParts = 30  // filters, and columns
	maxViewValue = 300 // bytes
)

var viewWord = regexp.MustCompile(`^[a-z][a-z_]{0,39}$`)

// over lays the input over a view and lists every broken rule.
func (in ViewInput) over(v *View) error {
	var f fault.Fields
	if in.Name != nil {
		v.Name = requiredName(&f, *in.Name)
		v.NameFolded = fold(v.Name)
		f.MaxRunes("name", v.Name, maxViewName)
	}
	if in.Filters != nil {
		v.Filters = map[string]string{}
		for name, value := range *in.Filters {
			f.Check(viewWord.MatchString(name), "filters", "unknown", "There is no such filter.")
			f.Check(len(value) <= maxViewValue && !strings.ContainsFunc(value, notText), "filters/"+name, "bad_characters", "This cannot be asked for.")
			if value != "" {
				v.Filters[name] = value
			}
		}
		f.Check(len(v.Filters) <= maxViewParts, "filters", "too_many", "At most 30.")
	}
	if in.Columns != nil {
		v.Columns = append([]string{}, *in.Columns...)
		f.Check(len(v.Columns) <= maxViewParts && !slices.ContainsFunc(v.Columns, func(c string) bool { return !viewWord.MatchString(c) }), "columns", "unknown", "There is no such column.")
		f.Check(len(slices.Compact(slices.Sorted(slices.Values(v.Columns)))) == len(v.Columns), "columns", "twice", "A column stands in the list twice.")
	}
	if in.Density != nil {
		v.Density = *in.Density
	}
	f.Check(v.Density == "comfortable" || v.Density == "compact", "density", "unknown", "comfortable or compact.")
	if in.Sort != nil {
		v.Sort = *in.Sort
	}
	f.Check(v.Sort == "" || viewWord.MatchString(v.Sort), "sort", "unknown", "There is no such order.")
	if in.Reverse != nil {
		v.Reverse = *in.Reverse
	}
	if in.Shared != nil {
		v.Shared = *in.Shared
	}
	return f.Err()
}

// same tells whether nothing of two states of a view differs.
func (v View) same(o View) bool {
	return v.Name == o.Name && maps.Equal(v.Filters, o.Filters) && v.Sort == o.Sort && v.Reverse == o.Reverse &&
		slices.Equal(v.Columns, o.Columns) && v.Density == o.Density && v.Shared == o.Shared
}

// Faults of views.
var (
	errNoView       = fault.New(fault.NotFound, "view_not_found", "There is no such view, or it is not shared with you.")
	errNotYourView  = fault.New(fault.Forbidden, "view_of_another", "This view belongs to a colleague. Keep one of your own instead.")
	errTooManyViews = fault.New(fault.Conflict, "too_many_views", "There are 100 views of yours already. Delete some first.")
)

// seeable refuses a list that the actor may not see.
func seeable(ctx context.Context, list ListKind) error {
	if err := actor.RequireStaff(ctx); err != nil {
		return err
	}
	need, ok := list.need()
	if !ok {
		var f fault.Fields
		f.Add("list", "unknown", "One of notes, members, leads.")
		return f.Err()
	}
	return actor.Require(ctx, need)
}

// changeable refuses to change a view of somebody else. One that is shared may
// be put right by whoever has a say in the settings: its owner may be gone.
func (v View) changeable(ctx context.Context) error {
	who := actor.From(ctx)
	switch {
	case v.StaffID == who.ID:
		return nil
	case !v.Shared:
		return errNoView
	case !who.Can(actor.SettingsWrite):
		return errNotYourView
	}
	return nil
}
