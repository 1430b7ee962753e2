package app

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/surface/adminapi"
)

// audit shows the journal to the Admin API.
type audit struct {
	*journal.Journal
	tx func(ctx context.Context, do func(context.Context) error) error
}

// List reads one page, and the mark of the next one when there is one.
func (a audit) List(ctx context.Context, f adminapi.JournalFilter) (out []adminapi.JournalEntry, next string, err error) {
	filter, err := journalFilter(f)
	if err != nil {
		return nil, "", err
	}
	rows, err := a.Journal.List(ctx, filter)
	if err != nil {
		return nil, "", err
	}
	out = make([]adminapi.JournalEntry, len(rows))
	for i, e := range rows {
		out[i] = adminapi.JournalEntry{
			ID: e.ID.String(), At: e.At, Verb: e.Verb, Subject: e.SubjectKind, SubjectID: e.SubjectID,
			ActorKind: e.ActorKind, ActorName: e.ActorName, RequestID: e.RequestID, Payload: []byte(e.Payload),
		}
		if e.ActorID != nil {
			out[i].ActorID = e.ActorID.String()
		}
	}
	// A full page may be the last one; the next is empty then.
	if n := len(rows); n > 0 && n == filter.Limit {
		next = rows[n-1].Mark().String()
	}
	return out, next, nil
}

func journalFilter(f adminapi.JournalFilter) (journal.Filter, error) {
	out := journal.Filter{Subject: f.Subject, ID: f.ID, Verb: f.Verb, From: f.From, Before: f.To, Limit: f.Limit}
	if out.Before.IsZero() || !f.Before.IsZero() && f.Before.Before(out.Before) {
		out.Before = f.Before
	}
	// An id, or else a kind of actor.
	if id, err := uuid.Parse(f.Actor); err == nil {
		out.ActorID = id
	} else {
		out.ActorKind = f.Actor
	}
	if f.Cursor == "" {
		return out, nil
	}
	mark, err := journal.ParseMark(f.Cursor)
	if err != nil {
		var bad fault.Fields
		bad.Add("cursor", "bad_cursor", "This page of the list does not exist.")
		return out, bad.Err()
	}
	out.After = mark
	return out, nil
}

// Exported journals that somebody took a copy of the journal.
func (a audit) Exported(ctx context.Context) error {
	return a.tx(ctx, func(ctx context.Context) error {
		return a.Record(ctx, journal.Event{Verb: "journal.exported", Subject: "journal", ID: "csv"})
	})
}
