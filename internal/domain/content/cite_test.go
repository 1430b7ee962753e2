package content_test

import (
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/phrase"
)

func TestCitations(t *testing.T) {
	t.Parallel()
	teaser := &content.Teaser{Summary: content.Summary{
		Slug: "optics-after-the-pause", Meta: content.Meta{Title: "Optics & 100% {growth}", Kind: content.ResearchNote},
		Authors: []*content.Author{{Name: "Ada Maria Lind"}, {Name: "Zoë Ek"}},
	}, Shown: content.VersionInfo{Number: 3, At: time.Date(2026, 7, 14, 23, 0, 0, 0, time.UTC)}}
	t.Run("name people, day, version and its address", func(t *testing.T) {
		c := teaser.Cite(phrase.In("en"), "LightTrends", "https://notes.example")
		want := "Lind, A. M., & Ek, Z. (2026, July 14). Optics & 100% {growth} (Version 3) [Research note]. LightTrends. https://notes.example/notes/optics-after-the-pause/v/3"
		if c.APA != want {
			t.Errorf("got  %s\nwant %s", c.APA, want)
		}
		for _, part := range []string{
			"@techreport{lind2026opticsv3,\n", `title = {{Optics \& 100\% \{growth\}}}`, "author = {Lind, Ada Maria and Ek, Zoë}", "number = {Version 3}", "year = {2026}", "month = {7}", "url = {https://notes.example/notes/optics-after-the-pause/v/3}",
		} {
			if !strings.Contains(c.BibTeX, part) {
				t.Errorf("%q is not in\n%s", part, c.BibTeX)
			}
		}
	})
	t.Run("speak the language of the page", func(t *testing.T) {
		c := teaser.Cite(phrase.In("de"), "LightTrends", "https://notes.example")
		want := "Lind, A. M., & Ek, Z. (2026, 14. Juli). Optics & 100% {growth} (Fassung 3) [Analyse]. LightTrends. https://notes.example/notes/optics-after-the-pause/v/3"
		if c.APA != want || !strings.Contains(c.BibTeX, "type = {Analyse}") || !strings.Contains(c.BibTeX, "number = {Fassung 3}") {
			t.Errorf("got  %s\nwant %s\n%s", c.APA, want, c.BibTeX)
		}
	})
	t.Run("without people the publication is the author", func(t *testing.T) {
		alone := *teaser
		alone.Authors = nil
		c := alone.Cite(phrase.In("en"), "R&D Letter", "https://notes.example")
		if !strings.HasPrefix(c.APA, "R&D Letter. (2026, July 14). Optics") || strings.Count(c.APA, "R&D Letter") != 1 || !strings.Contains(c.BibTeX, `author = {{R\&D Letter}}`) {
			t.Errorf("%s\n%s", c.APA, c.BibTeX)
		}
	})
	t.Run("one name alone stays whole", func(t *testing.T) {
		alone := *teaser
		alone.Authors = []*content.Author{{Name: "Ada"}}
		if c := alone.Cite(phrase.In("en"), "L", "https://notes.example"); !strings.HasPrefix(c.APA, "Ada. (2026") || !strings.Contains(c.BibTeX, "author = {Ada}") {
			t.Errorf("%s\n%s", c.APA, c.BibTeX)
		}
	})
}
