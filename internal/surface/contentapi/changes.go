package contentapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/surface/kit"
)

// Change is the last thing that happened to something that readers see.
type Change struct {
	Type     string    `json:"type" enum:"created,updated,removed" doc:"created: it came, or came back, after the cursor; removed: it was withdrawn"`
	Resource string    `json:"resource" enum:"note,issue,series,topic,author,settings,plans"`
	ID       string    `json:"id,omitempty" format:"uuid" doc:"Of a note"`
	Slug     string    `json:"slug,omitempty" doc:"The present one; of an issue with its series, such as letter/2021-07"`
	Former   []string  `json:"former_slugs,omitempty" doc:"Addresses that a note once had, or that a topic or an author took over: what was made for them leads to the present one now"`
	Href     string    `json:"href" doc:"Where it is read in this API; of what was removed, where it was"`
	At       time.Time `json:"at"`
}

// ChangeList is a part of what changed.
type ChangeList struct {
	Changes []Change `json:"changes" doc:"In the order in which they became true"`
	Next    string   `json:"next" doc:"Send it as since, now if there is more and later if not"`
	More    bool     `json:"more" doc:"There are more changes at once"`
}

type changesInput struct {
	KeyParam
	Since string `query:"since" maxLength:"64" doc:"The next of the answer before; left out, everything there is"`
	Limit int    `query:"limit" default:"100" minimum:"1" maximum:"500"`
}

func (s *service) registerChanges(api *kit.API) {
	add(api, "list-changes", "/changes", "Changes", "List what changed since a moment", "For those who keep a copy, such as builders of static sites. "+
		"Begin without a cursor: everything that readers see is `created`. Keep `next`, and ask again with it as `since` whenever you like. "+
		"Each thing is listed once, with the last that happened to it, in the order in which it became true; nothing is left out, "+
		"however many publish at the same time. A note that was withdrawn is `removed`; one whose slug changed is `updated` and "+
		"carries its former slugs.\n\n"+
		"Nothing is ever forgotten, so no cursor grows too old. One that is ahead of the record, as after the database was put back to an older "+
		"state, is answered with 410 `cursor_expired`: begin anew then.", answers[ChangeList](api, "A part of the changes"), s.changes, http.StatusGone)
}

func (s *service) changes(ctx context.Context, in *changesInput) (*huma.StreamResponse, error) {
	list, err := s.Library.Changes(ctx, in.Since, in.Limit)
	if err != nil {
		return nil, err
	}
	out := ChangeList{Changes: make([]Change, len(list.List)), Next: list.Next, More: list.More}
	for i, c := range list.List {
		out.Changes[i] = changeOf(c, list.Since)
	}
	a, err := encode(out, keyChanges)
	return s.send(ctx, a, err)
}

// places are where things are read, by what they are.
var places = map[string]string{
	content.ChangedNote: "/notes/", content.ChangedIssue: "/issues/", content.ChangedSeries: "/series/", content.ChangedTopic: "/topics/", content.ChangedAuthor: "/authors/",
}

func changeOf(c *content.PublicChange, since int64) Change {
	out := Change{Type: "updated", Resource: c.Kind, Slug: c.Slug, Former: c.Former, At: c.At.UTC()}
	switch {
	case c.Gone:
		out.Type = "removed"
	case c.Came(since):
		out.Type = "created"
	}
	place, many := places[c.Kind]
	switch {
	case !many:
		out.Slug, out.Href = "", Prefix+"/"+c.Kind
	default:
		out.Href = Prefix + place + c.Slug
	}
	if c.Kind == content.ChangedNote {
		out.ID = c.Subject
	}
	return out
}
