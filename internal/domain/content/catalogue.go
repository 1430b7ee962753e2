package content

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

var (
	errNameTaken = fault.New(fault.Conflict, "name_taken", "There is one with this name or address already.")
	errNoSeries  = fault.New(fault.NotFound, "series_not_found", "There is no such series.")
)

// Label is what series, topics and authors are named by.
type Label struct {
	Slug        string // made from Name when empty
	Name        string
	Description string // of an author: the biography
	Role        string // of an author
}

func (l *Label) check() error {
	l.Name, l.Slug = strings.TrimSpace(l.Name), strings.TrimSpace(l.Slug)
	if l.Slug == "" {
		l.Slug = Slugify(l.Name)
	}
	var f fault.Fields
	f.Required("/name", l.Name)
	f.MaxRunes("/name", l.Name, 200)
	f.MaxRunes("/role", l.Role, 200)
	f.MaxRunes("/description", l.Description, 5000)
	f.Check(printable(l.Name) && printable(l.Role), "/name", "bad_characters", "Control characters are not allowed.")
	f.Check(len(l.Slug) <= maxSlug && slugPattern.MatchString(l.Slug), "/slug", "bad_slug", "Small letters a to z, digits and single hyphens, at most 96.")
	return f.Err()
}

// PutSeries makes a series, or changes the one with this slug.
func (s *Desk) PutSeries(ctx context.Context, in Label) (*Series, error) {
	return putLabel(ctx, s, in, "series", (*Catalogue).SeriesBySlug, func(x *Series, in Label) any {
		if x.ID == uuid.Nil {
			x.ID, x.CreatedAt = db.NewID(), s.Clock.Now()
		}
		x.Slug, x.Name, x.Description, x.UpdatedAt = in.Slug, in.Name, in.Description, s.Clock.Now()
		return x
	})
}

// PutTopic makes a topic, or changes the one with this slug.
func (s *Desk) PutTopic(ctx context.Context, in Label) (*Topic, error) {
	return putLabel(ctx, s, in, "topic", (*Catalogue).TopicBySlug, func(x *Topic, in Label) any {
		if x.ID == uuid.Nil {
			x.ID, x.CreatedAt = db.NewID(), s.Clock.Now()
		}
		x.Slug, x.Name, x.Description, x.UpdatedAt = in.Slug, in.Name, in.Description, s.Clock.Now()
		return x
	})
}

// PutAuthor makes an author, or changes the one with this slug.
func (s *Desk) PutAuthor(ctx context.Context, in Label) (*Author, error) {
	return putLabel(ctx, s, in, "author", (*Catalogue).AuthorBySlug, func(x *Author, in Label) any {
		if x.ID == uuid.Nil {
			x.ID, x.CreatedAt = db.NewID(), s.Clock.Now()
		}
		x.Slug, x.Name, x.Role, x.Bio, x.UpdatedAt = in.Slug, in.Name, in.Role, in.Description, s.Clock.Now()
		return x
	})
}

// named is a series, a topic or an author.
type named[T any] interface {
	*T
	called() (uuid.UUID, string)
	address() string
	partOf() *uuid.UUID // what it became part of
}

func (s *Series) called() (uuid.UUID, string) { return s.ID, s.Name }
func (t *Topic) called() (uuid.UUID, string)  { return t.ID, t.Name }
func (a *Author) called() (uuid.UUID, string) { return a.ID, a.Name }

func (s *Series) address() string { return s.Slug }
func (t *Topic) address() string  { return t.Slug }
func (a *Author) address() string { return a.Slug }

func (*Series) partOf() *uuid.UUID   { return nil }
func (t *Topic) partOf() *uuid.UUID  { return t.MergedInto }
func (a *Author) partOf() *uuid.UUID { return a.MergedInto }

// putLabel is what the three have in common: capability, input, the row with
// this slug if there is one, the journal, the copies in memory.
func putLabel[P named[T], T any](ctx context.Context, s *Desk, in Label, noun string, old func(*Catalogue, string) P, fill func(P, Label) any) (P, error) {
	if err := actor.Require(ctx, actor.TaxonomyWrite); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	var out T
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		cat, err := s.namesToChange(ctx)
		if err != nil {
			return err
		}
		if cat.formerTopics[in.Slug] != nil && noun == ofTopic.noun || cat.formerAuthors[in.Slug] != nil && noun == ofAuthor.noun {
			return errLeadsOn
		}
		if x := old(cat, in.Slug); x != nil {
			out = *x
		}
		_, before := P(&out).called()
		if err := s.store.put(ctx, fill(&out, in)); err != nil {
			return err
		}
		if id, name := P(&out).called(); before != "" && name != before {
			if err := s.renamed(ctx, id); err != nil {
				return err
			}
		}
		return s.changed(ctx, noun, in.Slug)
	})
	return &out, err
}

func (s *Desk) changed(ctx context.Context, noun, slug string) error {
	if err := s.Journal.Record(ctx, journal.Event{Verb: noun + ".saved", Subject: noun, ID: slug}); err != nil {
		return err
	}
	return s.DB.Announce(ctx, topicNews, "")
}
