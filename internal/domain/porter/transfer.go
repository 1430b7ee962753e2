package porter

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Kind is the way that something is carried.
type Kind string

// The kinds.
const (
	Import Kind = "import"
	Export Kind = "export"
)

// State is how far a transfer is.
type State string

// The states. The first two are under way.
const (
	Waiting  State = "waiting"
	Running  State = "running"
	Done     State = "done"
	Failed   State = "failed"
	Canceled State = "canceled"
)

// UnderWay tells whether something will still happen.
func (s State) UnderWay() bool { return s == Waiting || s == Running }

// Sources lists what an import may come from, and what an export may be of.
func (k Kind) Sources() []string {
	if k == Export {
		return []string{Notes, Members}
	}
	return []string{"ghost", "wordpress", "substack", "markdown", Members}
}

// What an export may be of. Members may come in, too.
const (
	Notes   = "notes"
	Members = "members"
)

// Options say how an import is meant.
type Options struct {
	// Gate is for texts of systems that do not know gates; "" is public.
	Gate string `json:"gate,omitempty"`
	// MoreIsPaywall takes WordPress's more tag for the paywall.
	MoreIsPaywall bool `json:"more_is_paywall,omitempty"`
	// Tiers gives plans for what opens texts there, slug by slug.
	Tiers map[string]string `json:"tiers,omitempty"`
	// Drafts leaves everything a draft.
	Drafts bool `json:"drafts,omitempty"`
	// Overwrite writes over what was changed here.
	Overwrite bool `json:"overwrite,omitempty"`
	// Complimentary is the plan that is given to who read without paying there,
	// until ComplimentaryUntil; "" gives nothing, and "*" is every plan.
	Complimentary      string     `json:"complimentary,omitempty"`
	ComplimentaryUntil *time.Time `json:"complimentary_until,omitempty"`
	// Only is notes or members where a source has both; "" takes both.
	Only string `json:"only,omitempty"`
	// PicturesFrom is the address of the site whose pictures are fetched when
	// they did not come with the export; "" fetches none.
	PicturesFrom string `json:"pictures_from,omitempty"`
}

// Transfer is an import or an export.
type Transfer struct {
	ID           uuid.UUID `gorm:"type:uuid;primaryKey"`
	Kind         Kind      `gorm:"not null"`
	Source       string    `gorm:"not null"`
	Filename     string    `gorm:"not null"`
	FileKey      string    `gorm:"not null"` // "" when it is gone
	FileBytes    int64     `gorm:"not null"`
	MembersKey   string    `gorm:"not null"`
	MembersBytes int64     `gorm:"not null"`
	Options      Options   `gorm:"type:jsonb;serializer:json;not null"`
	DryRun       bool      `gorm:"not null"`
	State        State     `gorm:"not null"`
	Message      string    `gorm:"not null"` // why it failed

	Counts `gorm:"embedded"`

	ResultKey     string     `gorm:"not null"` // "" when there is none, or it is gone
	ResultName    string     `gorm:"not null"`
	ResultBytes   int64      `gorm:"not null"`
	ExpiresAt     *time.Time // when its files go
	CreatedBy     *uuid.UUID `gorm:"type:uuid"`
	CreatedByName string     `gorm:"not null"`
	CreatedAt     time.Time  `gorm:"not null"`
	StartedAt     *time.Time
	FinishedAt    *time.Time
}

// Counts say how far a transfer is and what came of it.
type Counts struct {
	Done, Total                                          int64 `gorm:"not null"`
	Made, Updated, Unchanged, Skipped, Conflicts, Failed int64 `gorm:"not null"`
	Warned                                               int64 `gorm:"not null"` // entries of which something is said
}

// Outcome is what became of an entry.
type Outcome string

// The outcomes.
const (
	WasMade      Outcome = "made"
	WasUpdated   Outcome = "updated"
	WasUnchanged Outcome = "unchanged"
	WasSkipped   Outcome = "skipped"
	InConflict   Outcome = "conflict"
	HasFailed    Outcome = "failed"
)

// Outcomes lists the outcomes.
func Outcomes() []Outcome {
	return []Outcome{WasMade, WasUpdated, WasUnchanged, WasSkipped, InConflict, HasFailed}
}

// Line is what the report says of an entry.
type Line struct {
	TransferID uuid.UUID  `gorm:"type:uuid;primaryKey"`
	Number     int64      `gorm:"primaryKey;autoIncrement:false"`
	Place      string     `gorm:"not null"`
	Kind       string     `gorm:"not null"` // note, member, issue, picture, file
	Title      string     `gorm:"not null"` // "" for members
	Outcome    Outcome    `gorm:"not null"`
	Messages   []string   `gorm:"type:jsonb;serializer:json;not null"`
	SubjectID  *uuid.UUID `gorm:"type:uuid"` // of ours
}

// TableName implements gorm's Tabler.
func (Line) TableName() string { return "transfer_lines" }

// Say adds a message to the line.
func (l *Line) Say(messages ...string) { l.Messages = append(l.Messages, messages...) }

// clip bounds what foreign files can put into a report.
func (l *Line) clip() {
	const most, longest = 20, 400
	if len(l.Messages) > most {
		l.Messages = append(l.Messages[:most:most], "and more")
	}
	if l.Messages == nil {
		l.Messages = []string{}
	}
	for i, m := range l.Messages {
		l.Messages[i] = clipped(m, longest)
	}
	l.Place, l.Title = clipped(l.Place, 200), clipped(l.Title, 300)
}

func clipped(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// count counts a line.
func (c *Counts) count(l *Line) {
	switch l.Outcome {
	case WasMade:
		c.Made++
	case WasUpdated:
		c.Updated++
	case WasUnchanged:
		c.Unchanged++
	case WasSkipped:
		c.Skipped++
	case InConflict:
		c.Conflicts++
	default:
		c.Failed++
	}
	if len(l.Messages) > 0 {
		c.Warned++
	}
	c.Done++
	c.Total = max(c.Total, c.Done)
}

// Validate lists every broken rule of the options for a source.
func (o *Options) Validate(source string, now time.Time) error {
	var f fault.Fields
	o.Gate, o.Complimentary = strings.TrimSpace(o.Gate), strings.TrimSpace(o.Complimentary)
	f.Check(o.Gate == "" || slices.Contains([]string{"public", "members", "paid"}, o.Gate), "/gate", "unknown", "One of public, members, paid.")
	f.Check(o.Only == "" || o.Only == Notes || o.Only == Members, "/only", "unknown", "notes, members, or nothing for both.")
	f.Check(len(o.Tiers) <= 100, "/tiers", "too_many", "At most 100.")
	f.Check(!o.MoreIsPaywall || source == "wordpress", "/more_is_paywall", "not_of_this_source", "Only exports of WordPress have the more tag.")
	if o.PicturesFrom = strings.TrimRight(strings.TrimSpace(o.PicturesFrom), "/"); o.PicturesFrom != "" {
		f.Check(slices.Contains([]string{"ghost", "wordpress", "substack"}, source), "/pictures_from", "not_of_this_source", "Only exports of Ghost, WordPress and Substack name pictures of a site.")
		f.Check(isSite(o.PicturesFrom), "/pictures_from", "bad_url", "The whole address of the site, such as https://www.example.com.")
	}
	if o.Complimentary != "" {
		f.Check(o.ComplimentaryUntil != nil && o.ComplimentaryUntil.After(now), "/complimentary_until", "required", "Say until when they may read, in the future.")
	}
	return f.Err()
}

// isSite tells whether a text is the address of a site.
func isSite(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" && len(text) <= 300
}

// cleanFilename keeps the last part of a name, for people.
func cleanFilename(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		return ""
	}
	return clipped(name, 150)
}
