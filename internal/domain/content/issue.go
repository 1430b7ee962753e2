package content

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/markdown"
)

// Faults of issues.
var (
	errNoIssue     = fault.New(fault.NotFound, "issue_not_found", "There is no such issue.")
	errIssueExists = fault.New(fault.Conflict, "issue_exists", "The series has an issue of this month already.")
	errIssueOut    = fault.New(fault.Conflict, "issue_is_published", "Readers know this issue by its month. Retract it first.")
	errIssueNotOut = fault.New(fault.Conflict, "issue_not_published", "Readers do not see this issue.")
)

// IssueInput describes an issue of a series.
type IssueInput struct {
	Series    string // slug
	Label     string // "July 2021"
	Number    int
	Title     string
	Editorial string // Markdown
	Cover     *uuid.UUID
	CoverAlt  string
	Held      bool // of a new issue: it does not appear with its first note
}

// month checks the input and reads its month.
func (in *IssueInput) month() (time.Time, error) {
	for _, s := range []*string{&in.Label, &in.Title, &in.CoverAlt} {
		*s = strings.TrimSpace(*s)
	}
	month, ok := MonthOf(in.Label)
	var f fault.Fields
	f.Check(ok, "/label", "bad_month", `A month and a year, such as "July 2021".`)
	f.MaxRunes("/title", in.Title, 300)
	f.MaxRunes("/cover_alt", in.CoverAlt, 500)
	f.Check(printable(in.Title) && printable(in.CoverAlt), "/title", "bad_characters", "Control characters are not allowed.")
	f.Check(len(in.Editorial) <= MaxBody, "/editorial", "too_long", "The editorial is too long.")
	f.Check(in.Number >= 0, "/number", "out_of_range", "From 0 on.")
	return month, f.Err()
}

// fill lays the input over the issue.
func (i *Issue) fill(in IssueInput, month, now time.Time) {
	if i.Editorial != in.Editorial || i.Version == 0 {
		i.Editorial, i.EditorialHTML = in.Editorial, markdown.Render([]byte(in.Editorial), markdown.Options{}).FullHTML
	}
	i.Slug, i.Label, i.Month = month.Format("2006-01"), month.Format("January 2006"), month
	i.Number, i.Title, i.CoverID, i.CoverAlt, i.UpdatedAt = in.Number, in.Title, in.Cover, in.CoverAlt, now
	i.Version++
}

// Input is the input that would make this issue again.
func (i *Issue) Input() IssueInput {
	return IssueInput{Label: i.Label, Number: i.Number, Title: i.Title, Editorial: i.Editorial, Cover: i.CoverID, CoverAlt: i.CoverAlt}
}

// ETag is the issue's version as an HTTP entity tag.
func (i *Issue) ETag() string { return etag(i.Version) }

// IssueView is an issue as staff see it, with the notes that stand in it.
type IssueView struct {
	*Issue
	Series *Series
	Notes  []*Note // in order; nil in lists
}

// CreateIssue makes an issue that is held until it is published as one act.
func (s *Desk) CreateIssue(ctx context.Context, in IssueInput) (*IssueView, error) {
	in.Held = true
	return s.putIssue(ctx, in, false)
}

// PutIssue makes an issue, or changes the one of this month. A cover that is
// not named stays.
func (s *Desk) PutIssue(ctx context.Context, in IssueInput) (*Issue, error) {
	v, err := s.putIssue(ctx, in, true)
	if err != nil {
		return nil, err
	}
	return v.Issue, nil
}

func (s *Desk) putIssue(ctx context.Context, in IssueInput, replace bool) (*IssueView, error) {
	if err := actor.Require(ctx, actor.TaxonomyWrite); err != nil {
		return nil, err
	}
	month, err := in.month()
	if err != nil {
		return nil, err
	}
	var out *IssueView
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		cat, err := s.store.catalogue(ctx)
		if err != nil {
			return err
		}
		series := cat.SeriesBySlug(in.Series)
		if series == nil {
			return errNoSeries
		}
		now := s.Clock.Now()
		x := &Issue{ID: db.NewID(), SeriesID: series.ID, CreatedAt: now, Held: in.Held}
		if old := cat.IssueBySlug(series.ID, month.Format("2006-01")); old != nil {
			if !replace {
				return errIssueExists
			}
			x = old
			if x.PublishedAt != nil {
				if err := actor.Require(ctx, actor.NotesPublish); err != nil {
					return err
				}
			}
			if in.Cover == nil {
				in.Cover, in.CoverAlt = old.CoverID, old.CoverAlt
			}
		}
		x.fill(in, month, now)
		if err := s.store.put(ctx, x); err != nil {
			return err
		}
		if err := s.referIssue(ctx, x); err != nil {
			return err
		}
		out, err = s.issueView(ctx, x)
		if err != nil {
			return err
		}
		return s.changed(ctx, "issue", series.Slug+"/"+x.Slug)
	})
	return out, err
}

// EditIssue changes an issue. version is the one the change was made from; 0
// asks for no check. What readers see takes the right to publish, too.
func (s *Desk) EditIssue(ctx context.Context, id uuid.UUID, version int64, edit func(*IssueInput) error) (*IssueView, error) {
	if err := actor.Require(ctx, actor.TaxonomyWrite); err != nil {
		return nil, err
	}
	var out *IssueView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		x, err := s.openIssue(ctx, id, version)
		if err != nil {
			return err
		}
		in := x.Input()
		if err := edit(&in); err != nil {
			return err
		}
		month, err := in.month()
		if err != nil {
			return err
		}
		if x.PublishedAt != nil {
			if err := actor.Require(ctx, actor.NotesPublish); err != nil {
				return err
			}
			if !month.Equal(x.Month) {
				return errIssueOut
			}
		}
		x.fill(in, month, s.Clock.Now())
		if err := s.store.put(ctx, x); err != nil {
			if fault.HasCode(err, errNameTaken.Code) {
				err = errIssueExists
			}
			return err
		}
		if err := s.referIssue(ctx, x); err != nil {
			return err
		}
		out, err = s.issueView(ctx, x)
		if err != nil {
			return err
		}
		return s.changed(ctx, "issue", out.path())
	})
	return out, err
}

// openIssue loads an issue for update and checks its version.
func (s *Desk) openIssue(ctx context.Context, id uuid.UUID, version int64) (*Issue, error) {
	x, err := s.store.issueForUpdate(ctx, id)
	if err != nil || version == 0 || version == x.Version {
		return x, err
	}
	f := fault.New(fault.PreconditionFailed, "stale_version", "The issue was changed by somebody else in the meantime. Nothing was overwritten.")
	f.Current = x.ETag()
	return nil, f
}

// path names an issue in the journal.
func (v *IssueView) path() string { return v.Series.Slug + "/" + v.Slug }

func (s *Desk) issueView(ctx context.Context, x *Issue) (*IssueView, error) {
	cat, err := s.store.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	notes, err := s.store.notesOfIssue(ctx, x.ID)
	return &IssueView{Issue: x, Series: cat.SeriesOf(x), Notes: notes}, err
}

// recordIssue writes what happened to an issue, and lets every page that may
// show it be drawn again.
func (s *Desk) recordIssue(ctx context.Context, v *IssueView, verb string, payload map[string]any) error {
	if err := s.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "issue", ID: v.path(), Payload: payload}); err != nil {
		return err
	}
	return s.DB.Announce(ctx, topicNews, "")
}

// Issue gives staff an issue with its notes.
func (s *Desk) Issue(ctx context.Context, id uuid.UUID) (*IssueView, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	x, err := s.store.issue(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.issueView(ctx, x)
}

// Issues lists the issues of a series, or of all with "", newest first.
func (s *Desk) Issues(ctx context.Context, series string) ([]*IssueView, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	cat, err := s.store.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var out []*IssueView
	for _, x := range cat.Issues {
		if of := cat.SeriesOf(x); series == "" || of.Slug == series {
			out = append(out, &IssueView{Issue: x, Series: of})
		}
	}
	return out, nil
}
