package transfer

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
)

// Exporter writes everything out.
type Exporter struct {
	Desk    *content.Desk
	Gallery Gallery
	Cabinet Cabinet // nil: notes have no files
}

// Exported counts what was written.
type Exported struct{ Notes, Drafts, Issues, Pictures, Files int }

// Export writes all notes, issues, pictures and files into a folder, which it
// makes. What readers see goes into notes/; a draft, also one that
// waits beside a published note, goes into drafts/.
func (ex *Exporter) Export(ctx context.Context, dir string, progress func(done, total int)) (Exported, error) {
	run := &exportRun{Exporter: ex, dir: dir, pictures: map[uuid.UUID]string{}, names: map[string]bool{}, filed: map[uuid.UUID]bool{}}
	for _, sub := range []string{"notes", "drafts", "issues", "media"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o750); err != nil {
			return run.done, err
		}
	}
	if err := run.issues(ctx); err != nil {
		return run.done, err
	}
	notes, err := run.all(ctx)
	if err != nil {
		return run.done, err
	}
	for i, n := range notes {
		if err := run.note(ctx, n); err != nil {
			return run.done, err
		}
		if progress != nil {
			progress(i+1, len(notes))
		}
	}
	return run.done, run.library(ctx)
}

type exportRun struct {
	*Exporter
	dir      string
	done     Exported
	pictures map[uuid.UUID]string // written, by id
	names    map[string]bool
	filed    map[uuid.UUID]bool // notes whose files are written
}

func (r *exportRun) all(ctx context.Context) (out []*content.Note, err error) {
	for after := ""; ; {
		notes, next, err := r.Desk.List(ctx, content.Filter{After: after, Limit: 200})
		if err != nil {
			return nil, err
		}
		out = append(out, notes...)
		if next == "" {
			return out, nil
		}
		after = next
	}
}

func (r *exportRun) issues(ctx context.Context) error {
	cat, err := r.Desk.Catalogue(ctx)
	if err != nil {
		return err
	}
	for _, i := range cat.Issues {
		series := cat.SeriesOf(i)
		h := issueHeader{Series: series.Name, Issue: i.Label, Number: i.Number, Title: i.Title, CoverAlt: i.CoverAlt}
		if i.Held && i.PublishedAt == nil {
			h.Status = "held"
		}
		if i.CoverID != nil {
			if h.Cover, err = r.picture(ctx, *i.CoverID); err != nil {
				return err
			}
		}
		body, err := r.take(ctx, i.Editorial)
		if err != nil {
			return err
		}
		if err := r.write(filepath.Join("issues", series.Slug+"-"+i.Slug+".md"), h, body); err != nil {
			return err
		}
		r.done.Issues++
	}
	return nil
}

func (r *exportRun) note(ctx context.Context, n *content.Note) error {
	if n.Status == content.Published {
		v, err := r.Desk.Live(ctx, n.ID)
		if err != nil {
			return err
		}
		if err := r.view(ctx, "notes", v, n.PublishedAt); err != nil {
			return err
		}
		r.done.Notes++
		if !n.Changed() {
			return nil
		}
	}
	v, err := r.Desk.Draft(ctx, n.ID)
	if err != nil {
		return err
	}
	r.done.Drafts++
	return r.view(ctx, "drafts", v, nil)
}

func (r *exportRun) view(ctx context.Context, folder string, v *content.DraftView, at *time.Time) error {
	in := v.Input()
	h := header{
		Title: in.Title, Slug: in.Slug, Kind: string(in.Kind), Position: in.Position, Gate: string(in.Gate), Plans: in.GatePlans,
		Abstract: in.Abstract, CoverAlt: in.CoverAlt, SEOTitle: in.SEOTitle, SEODescription: in.SEODescription,
	}
	name := in.Slug + ".md"
	if at == nil {
		h.Status = "draft"
	} else {
		h.Date = dateOf(*at)
		name = at.Format(time.DateOnly) + "-" + name
	}
	if v.Series != nil {
		h.Series = v.Series.Name
	}
	if v.Issue != nil {
		h.Issue = v.Issue.Label
	}
	for _, a := range v.Authors {
		h.Authors = append(h.Authors, a.Name)
	}
	for _, t := range v.Topics {
		h.Topics = append(h.Topics, t.Name)
	}
	if in.Cover != nil {
		cover, err := r.picture(ctx, *in.Cover)
		if err != nil {
			return err
		}
		h.Cover = cover
	}
	body, err := r.take(ctx, in.Body)
	if err != nil {
		return err
	}
	if h.Files, err = r.files(ctx, v.Note.ID, in.Slug); err != nil {
		return err
	}
	return r.write(filepath.Join(folder, name), h, body)
}

// dateOf writes midnight as a day and anything else to the microsecond.
func dateOf(at time.Time) string {
	if at.Equal(at.Truncate(24 * time.Hour)) {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.RFC3339Nano)
}

// take writes the pictures a text uses and puts their folder names in.
func (r *exportRun) take(ctx context.Context, body string) (string, error) {
	var failed error
	body = ownPicture.ReplaceAllStringFunc(body, func(m string) string {
		id, err := uuid.Parse(ownPicture.FindStringSubmatch(m)[1])
		if err != nil || failed != nil {
			return m
		}
		name, err := r.picture(ctx, id)
		if err != nil {
			failed = err
			return m
		}
		return "/media/" + name
	})
	return body, failed
}

func (r *exportRun) picture(ctx context.Context, id uuid.UUID) (string, error) {
	if name, ok := r.pictures[id]; ok {
		return name, nil
	}
	name, content, err := r.Gallery.Fetch(ctx, id)
	if err != nil {
		return "", err
	}
	if r.names[name] { // two pictures came under one name
		name = id.String() + filepath.Ext(name)
	}
	r.names[name], r.pictures[id] = true, name
	r.done.Pictures++
	return name, writeFile(filepath.Join(r.dir, "media", name), content)
}

func (r *exportRun) write(name string, head any, body string) error {
	text, err := compose(head, body)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(r.dir, name), text)
}

func writeFile(path string, content []byte) error { return os.WriteFile(path, content, 0o600) }
