package adminapi

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
)

// NoteFields are the fields of a note that can be written. In a change, what
// is left out stays as it is.
type NoteFields struct {
	Title          *string   `json:"title,omitempty" maxLength:"300" doc:"Required in a new note"`
	Slug           *string   `json:"slug,omitempty" maxLength:"96" doc:"Its address; made from the title when absent. A published note moves when the change is published, and the old address redirects"`
	Kind           *string   `json:"kind,omitempty" enum:"newsletter,research-note,perspective,forecast,data"`
	Abstract       *string   `json:"abstract,omitempty" maxLength:"2000" doc:"The public summary"`
	Body           *string   `json:"body,omitempty" doc:"Markdown. A line <!-- paywall --> ends the public preview"`
	Series         *string   `json:"series,omitempty" doc:"Slug"`
	Issue          *string   `json:"issue,omitempty" doc:"Slug within the series, such as 2021-07"`
	Position       *int      `json:"position,omitempty" minimum:"0" maximum:"9999" doc:"Order within the issue"`
	Authors        *[]string `json:"authors,omitempty" maxItems:"50" doc:"Slugs, in the order shown"`
	Topics         *[]string `json:"topics,omitempty" maxItems:"50" doc:"Slugs, in the order shown"`
	Gate           *string   `json:"gate,omitempty" enum:"public,members,paid,plans" doc:"Who may read what stands below the paywall; paid when absent"`
	GatePlans      *[]string `json:"gate_plans,omitempty" maxItems:"50" doc:"With the gate plans: slugs of the plans"`
	Cover          *string   `json:"cover,omitempty" doc:"Id of a picture; empty for none"`
	CoverAlt       *string   `json:"cover_alt,omitempty" maxLength:"500"`
	SEOTitle       *string   `json:"seo_title,omitempty" maxLength:"300"`
	SEODescription *string   `json:"seo_description,omitempty" maxLength:"500"`
	Why            *string   `json:"why,omitempty" maxLength:"500" doc:"What this change is about; kept with the revision"`
	Autosave       *bool     `json:"autosave,omitempty" doc:"The desk saves by itself: such saves of one person within five minutes are one revision"`
}

// over lays the fields that are given over an input.
func (f *NoteFields) over(in *content.Input) error {
	set(&in.Title, f.Title)
	set(&in.Slug, f.Slug)
	set(&in.Abstract, f.Abstract)
	set(&in.Body, f.Body)
	set(&in.Series, f.Series)
	set(&in.Issue, f.Issue)
	set(&in.Position, f.Position)
	set(&in.Authors, f.Authors)
	set(&in.Topics, f.Topics)
	set(&in.GatePlans, f.GatePlans)
	set(&in.CoverAlt, f.CoverAlt)
	set(&in.SEOTitle, f.SEOTitle)
	set(&in.SEODescription, f.SEODescription)
	set(&in.Why, f.Why)
	set(&in.Autosave, f.Autosave)
	if f.Kind != nil {
		in.Kind = content.Kind(*f.Kind)
	}
	if f.Gate != nil {
		in.Gate = access.GateKind(*f.Gate)
	}
	if f.Series != nil && *f.Series == "" && f.Issue == nil {
		in.Issue = ""
	}
	return f.cover(in)
}

func (f *NoteFields) cover(in *content.Input) error {
	if f.Cover == nil {
		return nil
	}
	if in.Cover = nil; *f.Cover == "" {
		return nil
	}
	id, err := uuid.Parse(*f.Cover)
	if err != nil {
		var bad fault.Fields
		bad.Add("/cover", "bad_id", "This is not the id of a picture.")
		return bad.Err()
	}
	in.Cover = &id
	return nil
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// Ref names something a note belongs to.
type Ref struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// NoteSummary is a note as the desk's list shows it.
type NoteSummary struct {
	ID          string     `json:"id" format:"uuid"`
	Version     int64      `json:"version" doc:"The number in the ETag"`
	Status      string     `json:"status" enum:"draft,in_review,scheduled,published,retracted,archived" doc:"A note that readers see stays published while its changes are in review or scheduled"`
	Changed     bool       `json:"changed" doc:"The draft differs from what readers see"`
	Slug        string     `json:"slug"`
	Title       string     `json:"title"`
	Kind        string     `json:"kind"`
	Gate        string     `json:"gate"`
	LiveVersion int        `json:"live_version,omitempty" doc:"Number of the version readers see, or last saw"`
	PublishedAt *time.Time `json:"published_at,omitempty"`
	UpdatedAt   time.Time  `json:"updated_at"`
	Review      *InReview  `json:"review,omitempty" doc:"Only while it is in review"`
	Schedules   []Schedule `json:"schedules" doc:"What is to happen, by time"`
	Present     []Person   `json:"present,omitempty" doc:"Only in lists: who else has the note open"`
}

// Note is a note with its working revision.
type Note struct {
	NoteSummary
	URL            string        `json:"url" doc:"Its page on the portal"`
	Revision       int           `json:"revision" doc:"Number of the working revision"`
	Abstract       string        `json:"abstract"`
	Body           string        `json:"body"`
	Series         *Ref          `json:"series,omitempty"`
	Issue          *Ref          `json:"issue,omitempty"`
	Position       int           `json:"position"`
	Authors        []Ref         `json:"authors"`
	Topics         []Ref         `json:"topics"`
	GatePlans      []string      `json:"gate_plans"`
	Cover          string        `json:"cover,omitempty"`
	CoverAlt       string        `json:"cover_alt"`
	SEOTitle       string        `json:"seo_title"`
	SEODescription string        `json:"seo_description"`
	HasPaywall     bool          `json:"has_paywall"`
	Words          int           `json:"words"`
	Minutes        int           `json:"minutes"`
	Retraction     string        `json:"retraction,omitempty" doc:"Why it was withdrawn, in words for readers"`
	Problems       []BodyProblem `json:"problems,omitempty" doc:"What the renderer found in this save"`
}

// BodyProblem is something in a body that an editor should look at.
type BodyProblem struct {
	Line    int    `json:"line"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func summaryOf(n *content.Note, st content.Standing) NoteSummary {
	return NoteSummary{
		Review: inReview(n, st.Review), Schedules: schedulesOf(st.Schedules), LiveVersion: n.LiveVersion,

		ID: n.ID.String(), Version: n.Version, Status: string(n.Status), Changed: n.Changed(), Slug: n.Slug, Title: n.Title,
		Kind: string(n.Kind), Gate: string(n.Gate), PublishedAt: n.PublishedAt, UpdatedAt: n.UpdatedAt,
	}
}

func (s *service) noteOf(v *content.DraftView) Note {
	r := v.Revision
	out := Note{
		NoteSummary: summaryOf(v.Note, v.Standing), URL: s.BaseURL + "/notes/" + v.Note.Slug, Revision: r.Number, Abstract: r.Abstract, Body: v.Body,
		Position: r.Position, Authors: []Ref{}, Topics: []Ref{}, GatePlans: append([]string{}, r.GatePlans...), CoverAlt: r.CoverAlt,
		SEOTitle: r.SEOTitle, SEODescription: r.SEODescription, HasPaywall: r.HasPaywall, Words: r.Words, Minutes: r.Minutes,
		Retraction: v.Note.Retraction,
	}
	// The working revision's values, which may differ from those on show.
	out.Slug, out.Title, out.Kind, out.Gate = r.Slug, r.Title, string(r.Kind), string(r.Gate)
	if v.Series != nil {
		out.Series = &Ref{v.Series.Slug, v.Series.Name}
	}
	if v.Issue != nil {
		out.Issue = &Ref{v.Issue.Slug, v.Issue.Label}
	}
	for _, a := range v.Authors {
		out.Authors = append(out.Authors, Ref{a.Slug, a.Name})
	}
	for _, t := range v.Topics {
		out.Topics = append(out.Topics, Ref{t.Slug, t.Name})
	}
	if r.CoverID != nil {
		out.Cover = r.CoverID.String()
	}
	for _, p := range v.Problems {
		out.Problems = append(out.Problems, BodyProblem{p.Line, p.Code, p.Message})
	}
	return out
}

var (
	errNeedsVersion = fault.New(fault.PreconditionRequired, "version_required", "Send the ETag you read in If-Match, so that nothing is overwritten by mistake.")
	errBadVersion   = fault.New(fault.BadRequest, "bad_version", "If-Match takes one ETag, as this API gave it out, or *.")
)

// version reads If-Match. A star asks for no check, as RFC 9110 has it.
func version(header string) (int64, error) {
	switch header = strings.TrimSpace(header); header {
	case "":
		return 0, errNeedsVersion
	case "*":
		return 0, nil
	}
	n, err := strconv.ParseInt(strings.Trim(header, `"`), 10, 64)
	if err != nil || n <= 0 || len(header) < 3 || header[0] != '"' {
		return 0, errBadVersion
	}
	return n, nil
}
