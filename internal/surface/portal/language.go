package portal

import (
	"bytes"
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// A page speaks the language that its address begins with; at an address that
// names none, the one that the member who asks has chosen, else that of the
// publication. What a stranger gets so depends on the address alone, and may be
// kept by any shared cache.

// spoken notes in which language a request is answered, where that is not the
// publication's. It stands behind what finds out who asks.
func (p *Portal) spoken(c *fiber.Ctx) error {
	tag := kit.LanguageOf(c)
	if tag == "" {
		tag = kit.VisitorOf(c).Language
	}
	l := phrase.Known(tag)
	if l == nil && c.Method() == fiber.MethodPost { // forms say what is wrong with them
		l = p.language(c.UserContext())
	}
	if l != nil {
		c.SetUserContext(phrase.With(c.UserContext(), l))
	}
	return nil
}

// language is the one in which a request is answered.
func (p *Portal) language(ctx context.Context) *phrase.Language {
	if l := phrase.From(ctx); l != nil {
		return l
	}
	profile, err := p.House.Profile(ctx)
	if err != nil {
		profile = p.lastProfile()
	}
	return phrase.In(profile.Language)
}

// languageIn is the same where the profile is at hand.
func languageIn(ctx context.Context, site publication.Profile) *phrase.Language {
	if l := phrase.From(ctx); l != nil {
		return l
	}
	return phrase.In(site.Language)
}

// prefix is what addresses in a language begin with; "" for the publication's
// own.
func prefix(site publication.Profile, tag string) string {
	if tag == "" || tag == languageOf(site) {
		return ""
	}
	return "/" + tag
}

// edged is the page at the address of a language.
type edged struct {
	Tag, Name string
	Href      string // within the site
	URL       string // for other sites
	Current   bool
}

// Languages lists the page in every language that is shipped. A member's own
// choice stands behind addresses without a language, so theirs name one always.
func (p *page) Languages() []edged {
	path := p.Path
	if p.Canonical != "" {
		path = strings.TrimPrefix(p.Canonical, p.BaseURL)
	}
	all := phrase.Shipped()
	out := make([]edged, len(all))
	for i, l := range all {
		before := prefix(p.Site, l.Tag)
		out[i] = edged{Tag: l.Tag, Name: l.Name, URL: p.BaseURL + before + path, Current: l == p.Language}
		switch {
		case p.Signed:
			out[i].Href = "/" + l.Tag + p.Path
		case before == "" && p.Prefix != "": // what begins with the site stays as it is
			out[i].Href = p.BaseURL + p.Path
		default:
			out[i].Href = before + p.Path
		}
	}
	return out
}

// TextLanguage is the language of notes and of whatever else the publication
// writes, where the page speaks another one; else "".
func (p *page) TextLanguage() string {
	if own := languageOf(p.Site); p.Language != nil && own != p.Language.Tag {
		return own
	}
	return ""
}

// ways are the attributes that lead on.
var ways = [][]byte{[]byte(` href="`), []byte(` action="`)}

// inTongue puts the language before every address of a page of ours that a
// page leads to: whoever reads on, stays in it.
func inTongue(body []byte, before string) []byte {
	out := make([]byte, 0, len(body)+len(body)/32)
	for {
		at, size := -1, 0
		for _, w := range ways {
			if i := bytes.Index(body, w); i >= 0 && (at < 0 || i < at) {
				at, size = i, len(w)
			}
		}
		if at < 0 {
			return append(out, body...)
		}
		out = append(out, body[:at+size]...)
		body = body[at+size:]
		end := bytes.IndexByte(body, '"')
		if end < 0 {
			return append(out, body...)
		}
		if way := string(body[:end]); kit.InLanguage(way) && !tongued(way) && !strings.Contains(way, "/feed.") {
			out = append(out, before...)
		}
	}
}

// tongued tells whether an address begins with a language already.
func tongued(path string) bool {
	tag, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return phrase.Known(tag) != nil
}

// Tongues are the languages that a member can choose.
func (accountView) Tongues() []*phrase.Language { return phrase.Shipped() }

// chooseLanguage keeps the language of the pages and letters of a member. The
// answer leaves the one that an address may have named.
func (p *Portal) chooseLanguage(c *fiber.Ctx) error {
	f := readForm(c, "language")
	if err := p.Identity.ChooseLanguage(c.UserContext(), f.Values["language"]); err != nil {
		return err
	}
	return seeOther(c, p.BaseURL+"/account?notice=language#language")
}
