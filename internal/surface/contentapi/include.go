package contentapi

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
)

// Included are full objects that stand beside notes, each once.
type Included struct {
	Authors []Author `json:"authors,omitempty" doc:"With include=authors"`
	Topics  []Topic  `json:"topics,omitempty" doc:"With include=topics"`
	Issues  []Issue  `json:"issues,omitempty" doc:"With include=issue: the issue of each note"`
	Related []Listed `json:"related,omitempty" doc:"With include=related, of one note: notes that are like it, the likest first"`
}

// include puts beside a note what was asked for.
func (s *service) include(ctx context.Context, n *Note, t *content.Teaser, w wanted) error {
	var err error
	if n.Included, err = s.includedIn(ctx, []*content.Summary{&t.Summary}, w); err != nil {
		return err
	}
	if !slices.Contains(w.include, incRelated) {
		return nil
	}
	around, err := s.Library.Around(ctx, &t.Summary)
	if err != nil {
		return err
	}
	n.Included.Related, err = s.listed(ctx, readerOf(ctx), around.Related)
	return err
}

// includedIn collects what some notes belong to; nil when nothing was asked for.
func (s *service) includedIn(ctx context.Context, notes []*content.Summary, w wanted) (*Included, error) {
	if w.include == nil {
		return nil, nil
	}
	out, seen := &Included{}, map[uuid.UUID]bool{}
	fresh := func(id uuid.UUID, name string) bool {
		was := seen[id]
		if slices.Contains(w.include, name) {
			seen[id] = true
			return !was
		}
		return false
	}
	for _, n := range notes {
		for _, a := range n.Authors {
			if fresh(a.ID, incAuthors) {
				out.Authors = append(out.Authors, s.author(a))
			}
		}
		for _, t := range n.Topics {
			if fresh(t.ID, incTopics) {
				out.Topics = append(out.Topics, s.topic(t))
			}
		}
		if n.Issue != nil && n.Series != nil && fresh(n.Issue.ID, incIssue) {
			issue, err := s.issue(ctx, n.Issue, n.Series)
			if err != nil {
				return nil, err
			}
			out.Issues = append(out.Issues, issue)
		}
	}
	return out, nil
}
