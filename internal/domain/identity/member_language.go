package identity

import (
	"context"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// ChooseLanguage sets the language of pages and letters for the member who
// acts; "" is the publication's, also when that changes.
func (s *Service) ChooseLanguage(ctx context.Context, tag string) error {
	id, err := meMember(ctx)
	if err != nil {
		return err
	}
	if tag != "" && phrase.Known(tag) == nil {
		var f fault.Fields
		f.Add("language", "unknown", "There are no words in this language.")
		return f.Err()
	}
	_, err = s.changeMember(ctx, id, "member.language_chosen", func(m *Member) {
		m.Language, m.UpdatedAt = tag, s.clock.Now()
	})
	return err
}

// pageLanguage is the language of the page on which somebody becomes a member by
// what they do there, such as ordering; "" where it is the publication's.
func (s *Service) pageLanguage(ctx context.Context) string {
	l := phrase.From(ctx)
	if l == nil || l == s.brand(ctx).Words() {
		return ""
	}
	return l.Tag
}
