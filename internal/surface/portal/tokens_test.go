package portal_test

import (
	"regexp"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

var secretShown = regexp.MustCompile(`value="(ltp_[0-9A-Za-z]{49})"`)

func TestPersonalTokensOnTheirPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.browser().get("/account/tokens").goesTo("/sign-in?next=%2Faccount")
		b := s.signedIn("lena@example.org")
		b.get("/account").has(`href="/account/tokens"`)
		b.get("/account/tokens").is(200).private().has("You have none.", "Make a token", base+"/mcp").lacks("ltp_").checkHTML()

		b.send("/account/tokens", "name", "", "term", "30").is(422).private().
			has("Choose what the token is for.", `<option value="30" selected>`).lacks("ltp_").checkHTML()
		made := b.send("/account/tokens", "name", "Lena's <laptop>", "scopes", "mcp", "term", "30").is(200).private().
			has("Your token is made.", "Lena&#39;s &lt;laptop&gt;", "Assistants · since", "not used yet", "ends 30 August 2026").checkHTML()
		secret := made.field(secretShown)
		if secret == "" {
			t.Fatal("the secret is not shown")
		}
		b.waits("lena@example.org", "A personal token was made for your account")
		b.get("/account/tokens").lacks(secret).has(secret[:8] + "…")
		if h, err := b.ids.ResolveToken(t.Context(), secret, identity.TokenMCP); err != nil || h.Member != b.member {
			t.Errorf("%+v, %v", h, err)
		}

		eve := s.signedIn("eve@example.org")
		id := ok(b.ids.MemberTokens(b.staff, b.member))[0].ID.String()
		eve.send("/account/tokens/revoke", "token", id).goesTo("/account/tokens?notice=revoked")
		if _, err := b.ids.ResolveToken(t.Context(), secret, identity.TokenMCP); err != nil {
			t.Error("somebody else ended it")
		}
		s.now.Advance(16 * time.Minute)
		b.get("/account/tokens").has("show that it is you").lacks(`name="scopes"`).checkHTML()
		b.send("/account/tokens", "name", "x", "scopes", "mcp").goesTo("/account/tokens")
		b.send("/account/tokens/revoke", "token", id).goesTo("/account/tokens?notice=revoked")
		b.get("/account/tokens?notice=revoked").has("The token is revoked.", "You have none.").checkHTML()
		if _, err := b.ids.ResolveToken(t.Context(), secret, identity.TokenMCP); err == nil {
			t.Error("a revoked token goes on")
		}
	})
}
