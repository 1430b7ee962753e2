package portal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/db/dbtest"
)

// TestSigningInComesBack signs in from a note, by code and by link.
func TestSigningInComesBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		t.Run("by code", func(t *testing.T) {
			b := s.browser()
			b.get("/sign-in?next=/notes/who-sells-to-whom").is(200).has("Then you go on reading “Who sells to whom”.", `name="next" value="/notes/who-sells-to-whom"`).private().checkHTML()
			code, _ := b.asks("lena@example.org", "/notes/who-sells-to-whom")
			b.get("/sign-in/code").is(200).has("lena@example.org", `autocomplete="one-time-code"`, `inputmode="numeric"`, "15 minutes").private().checkHTML()
			b.send("/sign-in/code", "code", code[:3]+" "+code[3:]).goesTo("/notes/who-sells-to-whom").private()
			b.get("/notes/who-sells-to-whom").is(200).has("Quixotry")
			if b.jar["lt_asked"] != "" {
				t.Error("the cookie of the request was kept")
			}
			b.get("/sign-in").goesTo("/account")
			b.get("/sign-in?next=/plans").goesTo("/plans")
		})
		t.Run("by link, in another browser", func(t *testing.T) {
			asker, other := s.browser(), s.browser()
			_, link := asker.asks("jun@example.org", "/plans?note=the-count")
			for range 3 { // as a mail scanner would
				other.get(link).is(200).has("jun@example.org").lacks("http-equiv").private().checkHTML()
			}
			if got := other.get(link).header.Get("Referrer-Policy"); got != "same-origin" {
				t.Errorf("Referrer-Policy %q", got)
			}
			if other.token() != "" {
				t.Fatal("opening a link signed in")
			}
			other.send(link).goesTo("/plans?note=the-count")
			if other.token() == "" {
				t.Error("not signed in")
			}
			asker.get(link).is(410).has("no longer good", "Ask for a new link")
			asker.send(link).goesTo(link)
			other.send(link).goesTo(link) // pressed twice
			other.get(link).is(410).has("You are logged in here already").lacks("Ask for a new link").checkHTML()
		})
	})
}

// TestNextLeadsNowhereElse tries to be sent to another site.
func TestNextLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		bad := []string{
			"https://evil.example", "//evil.example", `/\evil.example`, `\\evil.example`, "/\tevil.example", "/%5cevil.example", "javascript:alert(1)",
			"/..//evil.example", "/%2f/evil.example", "http:evil.example", "///evil.example", "/%0d%0aLocation:%20https://evil.example",
		}
		in := s.signedIn("lena@example.org")
		for _, next := range bad {
			stranger := s.browser()
			stranger.get("/sign-in?next="+url.QueryEscape(next)).is(200).lacks("evil.example", "javascript:")
			stranger.send("/sign-in", "email", "not an address", "next", next).is(422).lacks("evil.example", "javascript:")
			in.get("/sign-in?next=" + url.QueryEscape(next)).goesTo("/account")
			in.get("/contact?from="+url.QueryEscape(next)).is(200).lacks("evil.example", "javascript:")
		}
		b := s.browser()
		code, _ := b.asks("jun@example.org", bad[0])
		b.send("/sign-in/code", "code", code).goesTo("/account")
		in.get("/sign-in?next=/sign-in/link/abc").goesTo("/account")

		// A stranger sees the order, which leads to no address but ours.
		c := s.browser()
		c.get("/checkout?plan=reader&interval=year&note="+url.QueryEscape("//evil.example")).is(200).lacks(`"//evil.example`, `'//evil.example`, "https://evil.example")
	})
}

// TestTheSameAnswerForKnownAndUnknown compares what both get.
func TestTheSameAnswerForKnownAndUnknown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.signedIn("known@example.org")
		answer := func(email string) string {
			b := s.browser()
			p := b.send("/sign-in", "email", email).goesTo("/sign-in/code")
			q := b.get("/sign-in/code").is(200)
			return p.body + p.header.Get("Location") + strings.ReplaceAll(q.body, email, "somebody")
		}
		if answer("known@example.org") != answer("unknown@example.org") {
			t.Error("the answers differ")
		}
	})
}

// TestWrongCodes tries codes until the mail's is dead.
func TestWrongCodes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		code, link := b.asks("lena@example.org", "")
		wrong := "000000"
		if code == wrong {
			wrong = "000001"
		}
		for range 5 {
			b.send("/sign-in/code", "code", wrong).is(422).has(`role="alert"`, "not right", `aria-invalid="true"`).private().checkHTML().lacks(wrong)
		}
		b.send("/sign-in/code", "code", code).is(422)
		thief := s.browser()
		thief.send("/sign-in/code", "code", code).is(422)
		thief.get("/sign-in/code").goesTo("/sign-in")
		b.send(link).goesTo("/account")
	})
}

// TestAnExpiredMail comes back after a quarter of an hour.
func TestAnExpiredMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		code, link := b.asks("lena@example.org", "")
		s.now.Advance(16 * time.Minute)
		b.send("/sign-in/code", "code", code).is(422)
		b.get(link).is(410).has("older than 15 minutes").checkHTML()
		b.send(link).goesTo(link)
		b.get("/sign-in/link/" + strings.Repeat("A", 64)).is(410)
	})
}

// TestTooManyMails says how long to wait.
func TestTooManyMails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		for range 5 {
			b.send("/sign-in", "email", "lena@example.org").goesTo("/sign-in/code")
		}
		p := b.send("/sign-in", "email", "lena@example.org", "name", "Lena").is(429).has("We have sent several mails already.", "try again in an hour", `value="lena@example.org"`, `value="Lena"`).checkHTML()
		if p.header.Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	})
}

// TestABadAddress keeps what was typed.
func TestABadAddress(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		b.send("/sign-in", "email", "lena at example", "name", `<b>"Lena"`, "next", "/plans").is(422).
			has("This does not look like an e-mail address.", `value="lena at example"`, `&lt;b&gt;&#34;Lena&#34;`, `href="#f-email"`, `aria-describedby="e-email h-email"`, `value="/plans"`).checkHTML()
		b.send("/sign-in", "email", "a\x00b@example.org", "name", "\xff").is(422)
		b.send("/sign-in").is(422)
	})
}

// TestFormsOfOtherSitesAreRefused posts as a page of another site would.
func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.subscriber("jun@example.org", access.Grant{})
		for _, path := range []string{
			"/sign-in", "/sign-in/code", "/sign-in/link/x", "/sign-out", "/contact", "/checkout", "/setup/x", "/account/name", "/account/billing",
			"/account/cancel", "/account/keep", "/account/sessions/end", "/account/sessions/end-all",
		} {
			form := url.Values{"email": {"a@example.org"}, "name": {"Mallory"}}
			b.do(http.MethodPost, path, form, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example").is(403).has("This was refused").private()
			b.do(http.MethodPost, path, form, "Sec-Fetch-Site", "", "Origin", "https://evil.example").is(403)
		}
		b.get("/account").is(200).lacks("Mallory")
	})
}

// TestAStaffTokenReadsNothing puts one into the members' cookie.
func TestAStaffTokenReadsNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		token, needed, err := s.ids.OfferSetup(t.Context())
		if err != nil || !needed {
			t.Fatal(needed, err)
		}
		b := s.browser()
		b.get("/setup/"+token).is(200).private().has(`type="password"`, "noindex").checkHTML()
		b.send("/setup/"+token, "name", "Hanne", "email", "hanne@example.org", "password", "short").is(422).
			has("At least 12 characters", `value="Hanne"`, `value="hanne@example.org"`).lacks(`value="short"`).checkHTML()
		b.send("/setup/"+token, "name", "Hanne", "email", "hanne@example.org", "password", "a quiet harbour at dawn").goesTo("/desk/")
		if b.jar["lt_staff"] == "" {
			t.Fatal("the owner is not signed in")
		}
		b.send("/setup/"+token, "name", "Eve", "email", "eve@example.org", "password", "a quiet harbour at dusk").is(410).has("no longer good").checkHTML()
		b.get("/setup/" + token).is(410).has("no longer good").lacks(`type="password"`)
		spy := &browser{stage: s, jar: map[string]string{"lt_member": b.jar["lt_staff"]}}
		spy.get("/notes/who-sells-to-whom").is(200).lacks(secrets...).has("Log in")
		spy.get("/account").is(303)
	})
}
