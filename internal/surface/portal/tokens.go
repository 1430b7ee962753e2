package portal

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
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
	in   *phrase.Language
}

// For says what it is for.
func (t tokenShown) For() (out []string) {
	for _, s := range t.Scopes {
		label, _ := scopeWords(inEnglish(t.in), s)
		out = append(out, label)
	}
	return out
}

// scopeChoice is a scope that can be ticked.
type scopeChoice struct {
	Scope       identity.TokenScope
	Label, Hint string
	Chosen      bool
}

// scopeWords says what a scope is for.
func scopeWords(l *phrase.Language, s identity.TokenScope) (label, hint string) {
	key := "tokens.scope_" + string(s)
	return l.Text(key), l.Text(key + "_hint")
}

// termChoice is how long a token may be good.
type termChoice struct {
	Days   string
	Label  string
	Chosen bool
}

// tokenTerms are the terms to choose from; "" is without an end.
func tokenTerms(l *phrase.Language, chosen string) []termChoice {
	all := []termChoice{{Days: "30", Label: l.Count("days", 30)}, {Days: "90", Label: l.Count("days", 90)}, {Days: "365", Label: l.Count("years", 1)}, {Days: "", Label: l.Text("tokens.no_end")}}
	for i := range all {
		all[i].Chosen = all[i].Days == chosen
	}
	return all
}

var termDays = map[string]int{"30": 30, "90": 90, "365": 365}

// usualTerm is chosen beforehand.
const usualTerm = "90"

// usedLately is what programs read for the member in the last month.
type usedLately struct{ Notes, Words int }

func (p *Portal) tokens(c *fiber.Ctx) error {
	v := tokensView{}
	if c.Query("notice") == "revoked" {
		v.Notice = p.says(c, "tokens.revoked")
	}
	v.Form.Values = map[string]string{"term": usualTerm}
	return p.showTokens(c, v, identity.TokenScopes()[:1])
}

func (p *Portal) showTokens(c *fiber.Ctx, v tokensView, chosen []identity.TokenScope) (err error) {
	ctx, member, l := c.UserContext(), reader(c).Member, p.speaks(c)
	if v.Confirmed, err = p.Identity.MemberConfirmed(ctx); err != nil {
		return err
	}
	all, err := p.Identity.MemberTokens(ctx, member)
	if err != nil {
		return err
	}
	for _, t := range all {
		v.Tokens = append(v.Tokens, tokenShown{t, t.Over(p.Now()), l})
	}
	for _, s := range identity.TokenScopes() {
		label, hint := scopeWords(l, s)
		v.Scopes = append(v.Scopes, scopeChoice{s, label, hint, slices.Contains(chosen, s)})
	}
	v.Terms = tokenTerms(l, v.Form.Values["term"])
	v.Full, v.Server = len(all) >= identity.MaxMemberTokens, p.BaseURL+"/mcp"
	if v.Used, err = p.usedLately(c); err != nil {
		return err
	}
	pg, err := p.page(c, "/account/tokens", l.Text("tokens.title"))
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
