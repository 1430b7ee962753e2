package portal

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// errorView is a page that says what went wrong and where to go.
type errorView struct {
	Status    int
	Heading   string
	Text      string
	RequestID string // to name in a letter; only when the fault is ours
	Search    bool   // searching may help
}

// ErrorPage writes a fault for a person; it is for kit.Options. When something
// of ours is down it asks no database: the publication's name is the last one
// that could be read.
func (p *Portal) ErrorPage(c *fiber.Ctx, problem *kit.Problem) error {
	ours := problem.Status >= http.StatusInternalServerError
	who := kit.VisitorOf(c)
	if !ours {
		who = p.unmet(c, who)
	}
	l := p.errorLanguage(c, who, ours)
	v := errorView{Status: problem.Status, Heading: errorHeading(l, problem.Status), Text: l.Or("problem."+problem.Code, problem.Detail)}
	switch problem.Status {
	case http.StatusNotFound, http.StatusGone:
		v.Search = true
		switch problem.Code {
		case "not_found":
			v.Text = l.Text("error.not_found")
		case "note_retracted": // the reason behind it is in the publication's own words
			v.Text = strings.Replace(problem.Detail, content.RetractedText, l.Text("error.withdrawn"), 1) + appears(c, l)
		}
	case http.StatusInternalServerError:
		v.Text = l.Text("error.ours")
	case http.StatusTooManyRequests:
		if wait, err := strconv.Atoi(string(c.Response().Header.Peek(fiber.HeaderRetryAfter))); err == nil {
			v.Text += " " + l.Text("error.wait", "time", waitText(l, time.Duration(wait)*time.Second))
		}
	}
	pg := &page{Language: l, BaseURL: p.BaseURL, Prefix: kit.LanguageOf(c), Title: v.Heading, Path: "/", NoIndex: true, Site: p.lastProfile(), Signed: who.Signed()}
	if ours {
		v.RequestID = problem.RequestID
	} else {
		p.introduce(c, pg)
	}
	pg.Main = v
	return p.private(c, "error", pg)
}

// errorLanguage is the language of such a page: of the address, else of the
// member, else of the publication. When something of ours is down it asks no
// database.
func (p *Portal) errorLanguage(c *fiber.Ctx, who kit.Visitor, ours bool) *phrase.Language {
	l := phrase.Known(kit.LanguageOf(c))
	if l == nil {
		l = phrase.Known(who.Language)
	}
	switch {
	case l != nil:
		c.SetUserContext(phrase.With(c.UserContext(), l))
		return l
	case ours:
		return phrase.In(p.lastProfile().Language)
	default:
		return p.language(c.UserContext())
	}
}

// patience is how long an error page waits for what its frame shows. The
// request's own time may be over.
const patience = 2 * time.Second

// introduce fills in the publication's name, if it can be found out.
func (p *Portal) introduce(c *fiber.Ctx, pg *page) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(c.UserContext()), patience)
	defer stop()
	if site, err := p.House.Profile(ctx); err == nil {
		pg.Site = site
	}
}

// unmet finds out who asks where no middleware has looked, as at an address that
// is none.
func (p *Portal) unmet(c *fiber.Ctx, known kit.Visitor) kit.Visitor {
	token := p.Jar.Get(c, kit.MemberCookie)
	if token == "" || known.Signed() {
		return known
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(c.UserContext()), patience)
	defer stop()
	if v, err := p.Members(ctx, token); err == nil {
		return v
	}
	return known
}

func errorHeading(l *phrase.Language, status int) string {
	other := "error.4xx"
	if status >= http.StatusInternalServerError {
		other = "error.5xx"
	}
	return l.Or("error."+strconv.Itoa(status), l.Text(other))
}
