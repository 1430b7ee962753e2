package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

const (
	noteScheme   = "lighttrends://notes/"
	markdownType = "text/markdown"
)

// Surface names what is read through this door in the record of use.
const (
	Surface       = "mcp"
	surfacePublic = "mcp.public" // of notes that need no licence
)

type noteArgs struct {
	Slug    string `json:"slug"`
	Version int    `json:"version"`
	Part    int    `json:"part"`
}

func (s *service) readNote(ctx context.Context, args json.RawMessage) (any, error) {
	var in noteArgs
	if err := read(args, &in); err != nil {
		return nil, err
	}
	return s.note(ctx, in)
}

// readResource gives the first part of a note by its address.
func (s *service) readResource(ctx context.Context, r *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
	slug, ok := strings.CutPrefix(r.Params.URI, noteScheme)
	if !ok {
		return nil, sdk.ResourceNotFoundError(r.Params.URI)
	}
	text, err := s.note(ctx, noteArgs{Slug: slug})
	if err != nil {
		if k := fault.Of(err).Kind; k == fault.NotFound || k == fault.Gone {
			return nil, sdk.ResourceNotFoundError(r.Params.URI)
		}
		return nil, errors.New(s.refusal(ctx, err))
	}
	return &sdk.ReadResourceResult{Contents: []*sdk.ResourceContents{{URI: r.Params.URI, MIMEType: markdownType, Text: text}}}, nil
}

// find looks a note up, also by a former address.
func (s *service) find(ctx context.Context, in noteArgs) (*content.Teaser, error) {
	if in.Version < 0 || in.Part < 0 {
		return nil, fault.New(fault.BadRequest, "bad_arguments", "Versions and parts are counted from 1.")
	}
	slug := strings.TrimSpace(in.Slug)
	if i := strings.LastIndex(slug, "/notes/"); i >= 0 { // a whole address
		slug = slug[i+len("/notes/"):]
	}
	if slug == "" || len(slug) > 200 || strings.ContainsRune(slug, 0) {
		return nil, fault.New(fault.NotFound, "note_not_found", "There is no such note.")
	}
	look := func(slug string) (*content.Teaser, error) {
		if in.Version > 0 {
			return s.Library.Version(ctx, slug, in.Version)
		}
		return s.Library.Note(ctx, slug)
	}
	t, err := look(slug)
	var moved *content.Moved
	if errors.As(err, &moved) {
		t, err = look(moved.Slug)
	}
	return t, err
}

// note writes a part of a note, as far as it may be read.
func (s *service) note(ctx context.Context, in noteArgs) (string, error) {
	t, err := s.find(ctx, in)
	if err != nil {
		return "", err
	}
	d, err := s.Gatekeeper.ReadForAI(ctx, t.Access(), readerOf(ctx))
	if err != nil {
		return "", err
	}
	if !d.Full() {
		if in.Part > 1 {
			return "", errNoPart(1)
		}
		return s.teaser(ctx, t, d), nil
	}
	text, err := s.Library.Text(ctx, d)
	if err != nil {
		return "", err
	}
	all := parts(text.Source())
	part := max(in.Part, 1)
	if part > len(all) {
		return "", errNoPart(len(all))
	}
	left, err := s.record(ctx, t, d, all[part-1])
	if err != nil {
		return "", err
	}
	var b strings.Builder
	s.head(&b, t)
	b.WriteString("Access: full")
	if len(all) > 1 {
		fmt.Fprintf(&b, ", part %d of %d", part, len(all))
	}
	b.WriteString(left + "\n\n---\n\n" + all[part-1])
	if part < len(all) {
		fmt.Fprintf(&b, "\n\n---\n\nThe note goes on: read_note with part %d.", part+1)
	}
	return b.String(), nil
}

func errNoPart(n int) error {
	return fault.New(fault.NotFound, "part_not_found", "What can be read of this note has "+itoa(n)+" part(s).")
}

// record puts what is about to be given into the record of use, for members;
// what everybody may read is recorded, and not bounded. It says what is left.
func (s *service) record(ctx context.Context, t *content.Teaser, d access.Decision, text string) (string, error) {
	who := readerOf(ctx)
	if !who.Signed() {
		return "", nil
	}
	use := library.Use{Member: who.Member, Note: t.ID, Surface: Surface, Version: t.Shown.Number, Words: len(strings.Fields(text))}
	caps := s.Caps
	if d.Reason() == access.OpenToAll {
		use.Surface, caps = surfacePublic, library.UsageCaps{}
	}
	left, err := s.Recorder.Record(ctx, use, caps)
	if err != nil || left.Notes < 0 || left.Notes > few {
		return "", err
	}
	return fmt.Sprintf(". After this one %d more notes can be read today (UTC)", left.Notes), nil
}

// few is how many notes are worth a word that they run out.
const few = 5

// head says what it is, and which version.
func (s *service) head(b *strings.Builder, t *content.Teaser) {
	fmt.Fprintf(b, "# %s\n\n%s", t.Title, t.Kind.Name())
	if len(t.Authors) > 0 {
		b.WriteString(" by " + strings.Join(names(t.Authors), ", "))
	}
	if t.Series != nil && t.Issue != nil {
		fmt.Fprintf(b, ". %s, %s", t.Series.Name, t.Issue.Label)
	}
	fmt.Fprintf(b, ". Published %s", day(t.PublishedAt))
	fmt.Fprintf(b, ", version %d of %d (%s).\n", t.Shown.Number, len(t.Versions), day(t.Shown.At))
	for _, c := range t.Corrections() {
		fmt.Fprintf(b, "Corrected in version %d, %s: %s\n", c.Number, day(c.At), c.Notice)
	}
	b.WriteString("Address: " + t.VersionURL(s.BaseURL) + "\n")
}

// teaser is what a stranger sees, and what would open the rest.
func (s *service) teaser(ctx context.Context, t *content.Teaser, d access.Decision) string {
	var b strings.Builder
	s.head(&b, t)
	b.WriteString("Access: teaser only (" + string(d.Reason()) + "). " + s.how(ctx, t.Slug, d) + "\n\n---\n\n" + t.Abstract)
	if t.Plain != "" {
		b.WriteString("\n\n" + t.Plain)
	}
	if t.Behind.Words > 0 {
		fmt.Fprintf(&b, "\n\n---\n\nAbout %d words follow, which are not shown.", t.Behind.Words)
	}
	return b.String()
}

func (s *service) cite(ctx context.Context, args json.RawMessage) (any, error) {
	var in noteArgs
	if err := read(args, &in); err != nil {
		return nil, err
	}
	t, err := s.find(ctx, in)
	if err != nil {
		return nil, err
	}
	profile, err := s.House.Profile(ctx)
	if err != nil {
		return nil, err
	}
	c := t.Cite(phrase.In(phrase.Fallback), profile.Name, s.BaseURL)
	return struct {
		Slug    string `json:"slug"`
		Version int    `json:"version"`
		URL     string `json:"url"`
		APA     string `json:"apa"`
		BibTeX  string `json:"bibtex"`
	}{t.Slug, t.Shown.Number, c.URL, c.APA, c.BibTeX}, nil
}

func names(authors []*content.Author) []string {
	out := make([]string, len(authors))
	for i, a := range authors {
		out[i] = a.Name
	}
	return out
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func itoa(n int) string { return strconv.Itoa(n) }
