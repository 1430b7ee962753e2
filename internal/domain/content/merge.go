package content

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Faults of merging and deleting.
var (
	errNoTopic    = fault.New(fault.NotFound, "topic_not_found", "There is no such topic.")
	errNoAuthor   = fault.New(fault.NotFound, "author_not_found", "There is no such author.")
	errTopicUsed  = fault.New(fault.Conflict, "topic_in_use", "Notes name it.")
	errAuthorUsed = fault.New(fault.Conflict, "author_in_use", "Notes name it.")
	errSeriesUsed = fault.New(fault.Conflict, "series_in_use", "Notes belong to it.")
	errLeadsOn    = fault.New(fault.Conflict, "address_leads_on", "Readers are led on from this address to what it became part of. Take another one.")
	errJustNamed  = fault.New(fault.Conflict, "in_use", "A note began to name it at this moment.")
)

// labelsLock has topics, authors and series made, merged and deleted one after
// the other.
const labelsLock = "labels"

// Merged is what came of a merger.
type Merged[T any] struct {
	Into  *T
	Notes int // that named what is no more
}

// MergeTopic makes one topic part of another: its notes are about the other
// from now on, in every draft and every version, and its address leads there.
// Merging again changes nothing.
func (s *Desk) MergeTopic(ctx context.Context, slug, into string) (*Merged[Topic], error) {
	return merge(ctx, s, ofTopic, slug, into, (*Catalogue).TopicBySlug, (*Catalogue).TopicAt)
}

// MergeAuthor makes two authors one, who were the same person all along.
func (s *Desk) MergeAuthor(ctx context.Context, slug, into string) (*Merged[Author], error) {
	return merge(ctx, s, ofAuthor, slug, into, (*Catalogue).AuthorBySlug, (*Catalogue).AuthorAt)
}

func merge[P named[T], T any](ctx context.Context, s *Desk, of kindOfName, slug, into string, exact, at func(*Catalogue, string) P) (*Merged[T], error) {
	if err := actor.Require(ctx, actor.TaxonomyWrite); err != nil {
		return nil, err
	}
	out := &Merged[T]{}
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		cat, err := s.namesToChange(ctx)
		if err != nil {
			return err
		}
		from, to := exact(cat, slug), at(cat, into)
		if to == nil {
			return badMerger("unknown", "There is no such "+of.noun+".")
		}
		out.Into = to
		switch {
		case from == nil && at(cat, slug) == to && slug != into: // it was done before
			return nil
		case from == nil:
			return of.missing
		case from == to:
			return badMerger("same", "Nothing can become part of itself.")
		}
		out.Notes, err = joinInto(ctx, s, of, slug, from, to)
		return err
	})
	return out, err
}

func badMerger(code, message string) error {
	var f fault.Fields
	f.Add("/into", code, message)
	return f.Err()
}

// namesToChange is the catalogue for who is about to take something out of it:
// nobody else does so until the transaction ends.
func (s *Desk) namesToChange(ctx context.Context) (*Catalogue, error) {
	if err := s.DB.Lock(ctx, labelsLock); err != nil {
		return nil, err
	}
	return s.store.catalogue(ctx)
}

// joinInto moves the notes, and tells of it. The notes are held first, so that
// nobody saves one in between.
func joinInto[P named[T], T any](ctx context.Context, s *Desk, of kindOfName, slug string, from, to P) (int, error) {
	id, name := from.called()
	other, called := to.called()
	notes, err := s.store.holdNamed(ctx, of, id)
	if err != nil {
		return 0, err
	}
	now := s.Clock.Now()
	if err := s.store.markNamed(ctx, of, id, now); err != nil {
		return 0, err
	}
	if err := s.store.join(ctx, of, id, other, now); err != nil {
		return 0, err
	}
	if err := s.renamed(ctx, id); err != nil {
		return 0, err
	}
	return notes, s.tellOfName(ctx, of.noun+".merged", slug, map[string]any{
		"name": name, "into": to.address(), "into_name": called, "notes": notes, "id": id, "into_id": other,
	})
}

func (s *Desk) tellOfName(ctx context.Context, verb, slug string, payload map[string]any) error {
	noun, _, _ := strings.Cut(verb, ".")
	if err := s.Journal.Record(ctx, journal.Event{Verb: verb, Subject: noun, ID: slug, Payload: payload}); err != nil {
		return err
	}
	return s.DB.Announce(ctx, topicNews, "")
}

// DeleteTopic takes a topic away that no note names.
func (s *Desk) DeleteTopic(ctx context.Context, slug string) error {
	return deleteName(ctx, s, ofTopic, slug, (*Catalogue).TopicBySlug)
}

// DeleteAuthor takes an author away whom no note names.
func (s *Desk) DeleteAuthor(ctx context.Context, slug string) error {
	return deleteName(ctx, s, ofAuthor, slug, (*Catalogue).AuthorBySlug)
}

// DeleteSeries takes a series away that has no issues and no notes.
func (s *Desk) DeleteSeries(ctx context.Context, slug string) error {
	return deleteName(ctx, s, ofSeries, slug, (*Catalogue).SeriesBySlug)
}

func deleteName[P named[T], T any](ctx context.Context, s *Desk, of kindOfName, slug string, exact func(*Catalogue, string) P) error {
	if err := actor.Require(ctx, actor.TaxonomyWrite); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		cat, err := s.namesToChange(ctx)
		if err != nil {
			return err
		}
		x := exact(cat, slug)
		if x == nil {
			return of.missing
		}
		id, name := x.called()
		if err := s.unused(ctx, of, cat, id); err != nil {
			return err
		}
		if err := s.store.deleteName(ctx, of, id); err != nil {
			return err
		}
		return s.tellOfName(ctx, of.noun+".deleted", slug, map[string]any{"name": name, "id": id})
	})
}

// unused refuses to take away what is named by a note: by what readers see, by
// a draft, or by a version that can be cited.
func (s *Desk) unused(ctx context.Context, of kindOfName, cat *Catalogue, id uuid.UUID) error {
	notes, err := s.store.countNaming(ctx, of, id)
	if err != nil {
		return err
	}
	issues := 0
	for _, i := range cat.Issues {
		if i.SeriesID == id {
			issues++
		}
	}
	switch {
	case issues > 0:
		return inUse(of, many(issues, "issue belongs", "issues belong")+" to it.")
	case notes > 0 && of.links == "":
		return inUse(of, many(notes, "note belongs", "notes belong")+" to it, drafts and earlier versions among them.")
	case notes > 0:
		return inUse(of, many(notes, "note names", "notes name")+" it, drafts and earlier versions among them. Merge it into another one.")
	}
	return nil
}

func inUse(of kindOfName, message string) error {
	f := *of.used
	f.Message = message
	return &f
}

func many(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// Uses counts the notes that have each topic, author and series, by address.
type Uses struct{ Topics, Authors, Series map[string]int }

// Uses counts what readers see, and drafts of what they do not see yet.
func (s *Desk) Uses(ctx context.Context) (u Uses, err error) {
	if err = actor.Require(ctx, actor.NotesRead); err != nil {
		return u, err
	}
	for _, x := range []struct {
		of  kindOfName
		out *map[string]int
	}{{ofTopic, &u.Topics}, {ofAuthor, &u.Authors}, {ofSeries, &u.Series}} {
		if *x.out, err = s.store.uses(ctx, x.of); err != nil {
			return u, err
		}
	}
	return u, nil
}
