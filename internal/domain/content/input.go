package content

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/markdown"
)

// MaxBody is the longest body, in bytes: about 300,000 words.
const MaxBody = 2 << 20

// Input is the editable state of a note, with names as people give them. It is
// the same for the API, the desk and the import.
type Input struct {
	Title, Slug, Abstract, Body string
	Kind                        Kind
	Series, Issue               string // slugs; an issue needs its series
	Position                    int
	Authors, Topics             []string // slugs, in the order shown
	Gate                        access.GateKind
	GatePlans                   []string // slugs of plans, with the gate "plans"
	Cover                       *uuid.UUID
	CoverAlt                    string
	SEOTitle, SEODescription    string
	Why                         string // about this change
	Autosave                    bool   // the desk saves by itself, see autosave.go
}

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

const maxSlug = 96

// Normalize trims what people leave at the edges and fills the defaults.
func (in *Input) Normalize() {
	for _, s := range []*string{&in.Title, &in.Slug, &in.Abstract, &in.CoverAlt, &in.SEOTitle, &in.SEODescription, &in.Why} {
		*s = strings.TrimSpace(*s)
	}
	in.Body = strings.ReplaceAll(in.Body, "\r\n", "\n")
	if in.Kind == "" {
		in.Kind = ResearchNote
	}
	if in.Gate == "" {
		in.Gate = access.Paid
	}
	if in.Slug == "" {
		in.Slug = Slugify(in.Title)
	}
	if in.Gate != access.Plans {
		in.GatePlans = nil
	}
}

// Latin letters that do not come apart into a plain letter and a mark.
var latin = strings.NewReplacer("&", " and ", "ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "þ", "th", "ı", "i", "'", "", "’", "")

// Slugify makes an address from a title: "AT&T's 5G" becomes "at-and-ts-5g".
// Letters of other scripts are left out; a title without any Latin letter or
// digit gives "".
func Slugify(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(latin.Replace(strings.ToLower(title))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			gap = true
		}
	}
	s := b.String()
	return strings.Trim(s[:min(len(s), maxSlug)], "-")
}

// Validate lists every broken rule. A draft may be incomplete, so only a title
// is required here; see publishable.
func (in *Input) Validate() error {
	var f fault.Fields
	f.Required("/title", in.Title)
	for _, t := range []struct {
		path, text string
		max        int
	}{
		{"/title", in.Title, 300},
		{"/abstract", in.Abstract, 2000},
		{"/cover_alt", in.CoverAlt, 500},
		{"/seo_title", in.SEOTitle, 300},
		{"/seo_description", in.SEODescription, 500},
		{"/why", in.Why, 500},
	} {
		f.MaxRunes(t.path, t.text, t.max)
		f.Check(printable(t.text), t.path, "bad_characters", "Control characters and broken text are not allowed.")
	}
	f.Check(in.Slug == "" || (len(in.Slug) <= maxSlug && slugPattern.MatchString(in.Slug)), "/slug", "bad_slug",
		"Small letters a to z, digits and single hyphens, at most 96.")
	f.Check(in.Slug != "" || in.Title == "", "/slug", "required", "No address can be made from this title; please give one.")
	f.Check(len(in.Body) <= MaxBody, "/body", "too_long", fmt.Sprintf("At most %d bytes.", MaxBody))
	f.Check(utf8.ValidString(in.Body) && !strings.Contains(in.Body, "\x00"), "/body", "bad_characters", "The text must be valid UTF-8.")
	f.Check(in.Kind.Valid(), "/kind", "unknown", "One of newsletter, research-note, perspective, forecast, data.")
	f.Check(in.Gate.Valid(), "/gate", "unknown", "One of public, members, paid, plans.")
	f.Check(in.Issue == "" || in.Series != "", "/series", "required", "An issue belongs to a series; please name it.")
	f.Check(in.Position >= 0 && in.Position < 10_000, "/position", "out_of_range", "From 0 to 9999.")
	f.Check(len(in.Authors) <= 50, "/authors", "too_many", "At most 50.")
	f.Check(len(in.Topics) <= 50, "/topics", "too_many", "At most 50.")
	return f.Err()
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
}

// publishable lists what a draft lacks to be published. What the renderer
// could not draw, or a paywall that does not cut where its author meant it to,
// must not reach readers.
func (s *Desk) publishable(r *Revision, body string) error {
	var f fault.Fields
	f.Required("/abstract", r.Abstract)
	f.Check(strings.TrimSpace(body) != "", "/body", "required", "There is no text to publish.")
	if !s.sound.knows(body) {
		for _, p := range render(body).faults {
			if fatalFault(p) {
				f.Add("/body", p.Code, fmt.Sprintf("Line %d: %s", p.Line, p.Message))
			}
		}
	}
	return f.Err()
}

func fatalFault(p markdown.Problem) bool {
	switch p.Code {
	case "chart_invalid", "document_too_long", "document_unreadable", "block_too_long", "too_deep", "table_too_large":
		return true
	}
	return strings.HasPrefix(p.Code, "paywall_")
}
