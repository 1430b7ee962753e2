package adminapi

import (
	"context"
	"net/http"

	"lighttrends/internal/platform/actor"
)

// mergerInput says what something is to become part of.
type mergerInput struct {
	Slug string `path:"slug" maxLength:"96"`
	Body struct {
		Into string `json:"into" maxLength:"96" doc:"Slug of what stays"`
	}
}

type (
	topicMerger struct {
		Body struct {
			Topic LabelBody `json:"topic" doc:"What stays"`
			Notes int       `json:"notes" doc:"How many notes were about the other one, drafts among them"`
		}
	}
	authorMerger struct {
		Body struct {
			Author AuthorBody `json:"author" doc:"Who stays"`
			Notes  int        `json:"notes" doc:"How many notes were by the other one, drafts among them"`
		}
	}
	nameUses struct {
		Body struct {
			Topics  map[string]int `json:"topics"`
			Authors map[string]int `json:"authors"`
			Series  map[string]int `json:"series"`
		}
	}
)

const mergerText = "Every note that names the one names the other from then on: drafts, what readers see, and earlier versions. Whoever followed the one " +
	"follows the other, and the address of the one leads to the other for good. Nobody who is writing is disturbed: a note saved with the old slug gets the new one. " +
	"Merging what was merged before changes nothing."

const deletionText = "Refused while a note names it, in a draft or in a version that can be cited; merge it then. What was merged into it goes with it."

// mergers are the ways in which what orders notes goes away.
func (s *service) mergers() {
	const tag = "Series, issues, topics, authors"
	add(s, route{method: http.MethodGet, path: "/catalogue/uses", id: "get-catalogue-uses", tag: tag, need: actor.NotesRead,
		summary: "How many notes each topic, author and series has", text: "By slug, and without those that have none. It counts what readers see, and drafts of notes that are not out."}, s.getUses)
	add(s, route{method: http.MethodPost, path: "/topics/{slug}/merger", id: "merge-topic", tag: tag, need: actor.TaxonomyWrite,
		summary: "Make a topic part of another", text: mergerText}, s.mergeTopic)
	add(s, route{method: http.MethodPost, path: "/authors/{slug}/merger", id: "merge-author", tag: tag, need: actor.TaxonomyWrite,
		summary: "Make two authors one", text: mergerText}, s.mergeAuthor)
	remove := func(path, id, summary, text string, do func(context.Context, string) error) {
		add(s, route{method: http.MethodDelete, path: path, id: id, tag: tag, need: actor.TaxonomyWrite, status: http.StatusNoContent, summary: summary, text: text},
			func(ctx context.Context, in *labelSlug) (*None, error) { return &None{}, do(ctx, in.Slug) })
	}
	remove("/topics/{slug}", "delete-topic", "Delete a topic", deletionText, s.Desk.DeleteTopic)
	remove("/authors/{slug}", "delete-author", "Delete an author", deletionText, s.Desk.DeleteAuthor)
	remove("/series/{slug}", "delete-series", "Delete a series", "Refused while it has issues or notes, drafts and earlier versions among them.", s.Desk.DeleteSeries)
}

func (s *service) getUses(ctx context.Context, _ *struct{}) (*nameUses, error) {
	u, err := s.Desk.Uses(ctx)
	if err != nil {
		return nil, err
	}
	out := &nameUses{}
	out.Body.Topics, out.Body.Authors, out.Body.Series = u.Topics, u.Authors, u.Series
	return out, nil
}

func (s *service) mergeTopic(ctx context.Context, in *mergerInput) (*topicMerger, error) {
	m, err := s.Desk.MergeTopic(ctx, in.Slug, in.Body.Into)
	if err != nil {
		return nil, err
	}
	out := &topicMerger{}
	out.Body.Topic, out.Body.Notes = LabelBody{m.Into.Slug, m.Into.Name, m.Into.Description}, m.Notes
	return out, nil
}

func (s *service) mergeAuthor(ctx context.Context, in *mergerInput) (*authorMerger, error) {
	m, err := s.Desk.MergeAuthor(ctx, in.Slug, in.Body.Into)
	if err != nil {
		return nil, err
	}
	out := &authorMerger{}
	out.Body.Author, out.Body.Notes = AuthorBody{m.Into.Slug, m.Into.Name, m.Into.Role, m.Into.Bio}, m.Notes
	return out, nil
}
