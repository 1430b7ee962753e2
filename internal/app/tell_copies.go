package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/surface/contentapi"
)

// tellCopies tells those who keep copies of what readers see, in the
// transaction that changes it: builders of sites by the list of changes, shared
// caches by an event that names the keys of what is old.
func (r *rooms) tellCopies(ctx context.Context, e journal.Entry) error {
	kind, id := changedBy(e)
	if kind == "" || r.library == nil {
		return nil
	}
	if err := r.library.Mark(ctx, kind, id); err != nil {
		return err
	}
	if r.webhooks == nil {
		return nil
	}
	keys := contentapi.KeysOf(kind, id)
	return r.webhooks.TellIfWanted(ctx, webhook.Happening{Kind: webhook.Purge, SubjectID: id, At: e.At, Data: map[string]any{
		"subject": subject{kind, id}, "keys": keys,
	}})
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
