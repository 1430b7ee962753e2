package portal

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
)

// tokensView is the page of a member's personal tokens.
type tokensView struct {
	Confirmed bool // they have shown lately who they are
	Tokens    []tokenShown
	Form      form
	Scopes    []scopeChoice
	Terms     []termChoice
	Full      bool   // there are as many as there may be
	Secret    string // of the one that was just made: shown once
	Server    string // where assistants connect
	Notice    string
	Used      usedLately
}

// tokenShown is one token.
type tokenShown struct {
	identity.MemberToken
	Over bool // it has expired
}

// For says what it is for.
func (t tokenShown) For() (out []string) {
	for _, s := range t.Scopes {
		out = append(out, scopeWords[s][0])
	}
	return out
}

// scopeChoice is a scope that can be ticked.
type scopeChoice struct {
	Scope       identity.TokenScope
	Label, Hint string
	Chosen      bool
}

// scopeWords says what each scope is for.
var scopeWords = map[identity.TokenScope][2]string{
	identity.TokenMCP:     {"Assistants", "An AI assistant searches and reads for you, over MCP. It gets full text where your plan allows AI use, and teasers elsewhere."},
	identity.TokenContent: {"Scripts", "A program of yours reads at the Content API as you do here."},
}

// termChoice is how long a token may be good.
type termChoice struct {
	Days   string
	Label  string
	Chosen bool
}

// tokenTerms are the terms to choose from; "" is without an end.
var tokenTerms = []termChoice{{Days: "30", Label: "30 days"}, {Days: "90", Label: "90 days"}, {Days: "365", Label: "a year"}, {Days: "", Label: "no end"}}

var termDays = map[string]int{"30": 30, "90": 90, "365": 365}

// usualTerm is chosen beforehand.
const usualTerm = "90"

// usedLately is what programs read for the member in the last month.
type usedLately struct{ Notes, Words int }

func (p *Portal) tokens(c *fiber.Ctx) error {
	v := tokensView{}
	if c.Query("notice") == "revoked" {
		v.Notice = "The token is revoked. Nothing reads with it any more."
	}
	v.Form.Values = map[string]string{"term": usualTerm}
	return p.showTokens(c, v, identity.TokenScopes()[:1])
}

func (p *Portal) showTokens(c *fiber.Ctx, v tokensView, chosen []identity.TokenScope) (err error) {
	ctx, member := c.UserContext(), reader(c).Member
	if v.Confirmed, err = p.Identity.MemberConfirmed(ctx); err != nil {
		return err
	}
	all, err := p.Identity.MemberTokens(ctx, member)
	if err != nil {
		return err
	}
	for _, t := range all {
		v.Tokens = append(v.Tokens, tokenShown{t, t.Over(p.Now())})
	}
	for _, s := range identity.TokenScopes() {
		v.Scopes = append(v.Scopes, scopeChoice{s, scopeWords[s][0], scopeWords[s][1], slices.Contains(chosen, s)})
	}
	for _, t := range tokenTerms {
		t.Chosen = t.Days == v.Form.Values["term"]
		v.Terms = append(v.Terms, t)
	}
	v.Full, v.Server = len(all) >= identity.MaxMemberTokens, p.BaseURL+"/mcp"
	if v.Used, err = p.usedLately(c); err != nil {
		return err
	}
	pg, err := p.page(c, "/account/tokens", "Personal tokens")
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "tokens", pg)
}

func (p *Portal) usedLately(c *fiber.Ctx) (u usedLately, err error) {
	if p.Reading == nil {
		return u, nil
	}
	rows, err := p.Reading.UsageSince(c.UserContext(), reader(c).Member, p.Now().AddDate(0, 0, -30))
	notes := map[uuid.UUID]bool{}
	for _, r := range rows {
		notes[r.NoteID] = true
		u.Words += r.Words
	}
	u.Notes = len(notes)
	return u, err
}

// makeToken makes one and shows its secret, this once.
func (p *Portal) makeToken(c *fiber.Ctx) error {
	f := readForm(c, "name", "scopes", "term")
	in := identity.MakeToken{Name: f.Values["name"]}
	for _, v := range c.Request().PostArgs().PeekMulti("scopes") {
		in.Scopes = append(in.Scopes, identity.TokenScope(cleaned(string(v))))
	}
	if days := termDays[f.Values["term"]]; days > 0 {
		until := p.Now().Add(time.Duration(days) * 24 * time.Hour)
		in.ExpiresAt = &until
	}
	secret, _, err := p.Identity.MakeMemberToken(c.UserContext(), in)
	if fault.HasCode(err, "confirmation_required") {
		return seeOther(c, "/account/tokens")
	}
	v := tokensView{Secret: secret, Form: f}
	if err != nil {
		if !v.Form.fails(err) {
			return err
		}
		formStatus(c, err)
		return p.showTokens(c, v, in.Scopes)
	}
	keepAddress(c)
	v.Form = form{Values: map[string]string{"term": usualTerm}}
	return p.showTokens(c, v, identity.TokenScopes()[:1])
}

func (p *Portal) revokeToken(c *fiber.Ctx) error {
	id, _ := uuid.Parse(readForm(c, "token").Values["token"]) // what is none is nobody's
	if err := p.Identity.RevokeMemberToken(c.UserContext(), id); err != nil && !fault.HasCode(err, "token_not_found") {
		return err
	}
	return seeOther(c, "/account/tokens?notice=revoked")
}
