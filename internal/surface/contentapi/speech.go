package contentapi

import (
	"cmp"
	"context"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/phrase"
)

// speech is the language of what is ours in an answer, such as the titles of
// callouts, and that in which the publication writes. They are the same but for
// addresses of the portal that name another.
type speech struct{ words, written *phrase.Language }

// speech is how an answer is said; tag is the language that the address names,
// "" for none.
func (s *service) speech(ctx context.Context, tag string) (speech, error) {
	p, err := s.House.Profile(ctx)
	if err != nil {
		return speech{}, err
	}
	written := phrase.In(p.Language)
	return speech{cmp.Or(spokenIn(tag), written), written}, nil
}

func spokenIn(tag string) *phrase.Language {
	if tag == "" {
		return nil
	}
	return phrase.Known(tag)
}

// of puts the words into the HTML of a text.
func (v speech) of(html string) string { return content.Worded(html, v.words, v.written) }

// address is the address of a page of the portal in the language of the answer.
func (v speech) address(base, path string) string {
	if v.words != v.written {
		base += "/" + v.words.Tag
	}
	return base + path
}
