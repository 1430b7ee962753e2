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
