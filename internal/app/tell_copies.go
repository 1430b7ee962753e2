package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/surface/contentapi"
)

// tellCopies tells those who keep copies of what readers see, in the
// transaction that changes it: builders of sites by the list of changes, shared
// caches by an event that names the keys of what is old.
func (r *rooms) tellCopies(ctx context.Context, e journal.Entry) error {
	if e.Verb == "media.replaced" {
		return r.tellOfPicture(ctx, e)
	}
	kind, id := changedBy(e)
	if kind == "" || r.library == nil {
		return nil
	}
	switch _, verb, _ := strings.Cut(e.Verb, "."); verb {
	case "merged", "deleted":
		return r.tellOfGone(ctx, e, kind, id)
	}
	if err := r.library.Mark(ctx, kind, id); err != nil {
		return err
	}
	return r.tellCaches(ctx, e, subject{kind, id}, contentapi.KeysOf(kind, id))
}

// tellOfGone tells that a topic, an author or a series is no more, and what it
// became part of, if anything. The notes are told of by whoever moved them.
func (r *rooms) tellOfGone(ctx context.Context, e journal.Entry, kind, slug string) error {
	var of struct{ Into string }
	if err := json.Unmarshal(e.Payload, &of); err != nil {
		return err
	}
	if err := r.library.MarkGone(ctx, kind, slug); err != nil {
		return err
	}
	keys := contentapi.KeysOf(kind, slug)
	if of.Into != "" {
		if err := r.library.Mark(ctx, kind, of.Into); err != nil {
			return err
		}
		keys = append(keys, contentapi.KeysOf(kind, of.Into)[0])
	}
	return r.tellCaches(ctx, e, subject{kind, slug}, keys)
}

// tellCaches tells shared caches the keys of what is old.
func (r *rooms) tellCaches(ctx context.Context, e journal.Entry, of subject, keys []string) error {
	if r.webhooks == nil {
		return nil
	}
	return r.webhooks.TellIfWanted(ctx, webhook.Happening{Kind: webhook.Purge, SubjectID: of.ID, At: e.At, Data: map[string]any{
		"subject": of, "keys": keys,
	}})
}

// keysAtOnce is how many keys one event names, which is what caches commonly
// take in one request.
const keysAtOnce = 200

// tellOfPicture tells of all that shows a picture whose file was replaced: notes
// as readers see them, issues, and the publication with its logo and pages.
func (r *rooms) tellOfPicture(ctx context.Context, e journal.Entry) error {
	id, err := uuid.Parse(e.SubjectID)
	if err != nil {
		return err
	}
	spots, err := r.media.ShownIn(ctx, id)
	if err != nil {
		return err
	}
	seen, err := r.library.MarkShowing(ctx, spots[media.InRevision], spots[media.InIssue])
	if err != nil {
		return err
	}
	if len(spots[media.InPublication]) > 0 {
		if err := r.library.Mark(ctx, content.ChangedSettings, content.ChangedSettings); err != nil {
			return err
		}
		seen = append(seen, content.Seen{Kind: content.ChangedSettings, Subject: content.ChangedSettings})
	}
	var keys []string
	for _, x := range seen {
		keys = append(keys, contentapi.KeysOf(x.Kind, x.Subject)...)
	}
	slices.Sort(keys)
	for some := range slices.Chunk(slices.Compact(keys), keysAtOnce) {
		if err := r.tellCaches(ctx, e, subject{"media", e.SubjectID}, some); err != nil {
			return err
		}
	}
	return nil
}

// publicNoteVerbs may change what readers see of a note.
var publicNoteVerbs = []string{"note.published", "note.updated", "note.retracted", "note.placed", "note.archived", "note.unarchived", "note.priced"}

// changedBy says what readers may see otherwise after an event; "" for nothing.
func changedBy(e journal.Entry) (kind, id string) {
	switch group, _, _ := strings.Cut(e.Verb, "."); group {
	case "note":
		if slices.Contains(publicNoteVerbs, e.Verb) {
			return content.ChangedNote, e.SubjectID
		}
	case "attachment":
		var of struct{ Note uuid.UUID }
		if json.Unmarshal(e.Payload, &of) == nil && of.Note != uuid.Nil {
			return content.ChangedNote, of.Note.String()
		}
	case "issue":
		return content.ChangedIssue, e.SubjectID
	case "series", "topic", "author":
		return group, e.SubjectID
	case "publication":
		return content.ChangedSettings, content.ChangedSettings
	case "plan":
		return content.ChangedPlans, content.ChangedPlans
	}
	return "", ""
}
