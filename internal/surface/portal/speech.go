package portal

import (
	"context"
	"html/template"
	"strings"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/phrase"
)

// speech is the language of a page, and that in which the publication writes.
// Notes are in the second; the words of ours in them, such as the titles of
// callouts, are in the first. What is kept of a note has neither: the words are
// put in when a page is drawn, and the page is kept by its language.
type speech struct{ words, written *phrase.Language }

// speech is how a request is answered.
func (p *Portal) speech(ctx context.Context) speech {
	profile, err := p.House.Profile(ctx)
	if err != nil {
		profile = p.lastProfile()
	}
	return speech{languageIn(ctx, profile), phrase.In(profile.Language)}
}

// of puts the words into a text of the markdown room.
func (s speech) of(html string) string { return content.Worded(html, s.words, s.written) }

// name tells what is made in one language from what is made in another.
func (s speech) name() string { return s.words.Tag + " of " + s.written.Tag }

// lang is the attribute of what is said in the language of the page within a
// text; "" where both have the same.
func (s speech) lang() string {
	if s.words == s.written {
		return ""
	}
	return ` lang="` + s.words.Tag + `"`
}

// prefix is what an address begins with that others are met at in the language
// of the page.
func (s speech) prefix() string {
	if s.words == s.written {
		return ""
	}
	return "/" + s.words.Tag
}

// shownText is text with the measures of pictures in it, and its headings: of
// what is shown, and of nothing else.
type shownText struct {
	Body     template.HTML
	Contents []content.Heading
	notes    bool // it has footnotes
}

// Size implements content.Sized.
func (s shownText) Size() int { return len(s.Body) + 128*len(s.Contents) }

// script tells whether the page has something to mark, or to open.
func (s shownText) script() bool { return len(s.Contents) > 1 || s.notes }

func (p *Portal) shown(ctx context.Context, said speech, html string, contents []content.Heading, t *content.Teaser) (shownText, error) {
	notes := strings.Contains(html, `role="doc-noteref"`)
	body, err := p.measured(ctx, withData(said.of(html), addressOf(t), said), lookOf(t))
	return shownText{body, contents, notes}, err
}
