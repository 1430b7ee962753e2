package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

const firmVerifier = "a-verifier-of-more-than-forty-three-characters-0123456789"

// frontEndKey makes a content key of a front end.
func (h *house) frontEndKey(t *testing.T, origins, back []string) string {
	t.Helper()
	secret, _, err := h.identity.CreateKey(h.staff, identity.CreateKey{
		Name: "Front end", Scopes: []identity.Scope{identity.ScopeContentRead}, FrontEnd: identity.FrontEnd{Origins: origins, ReturnAddresses: back},
	})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// program signs a member in as a front end's program does, by the code.
func (h *house) program(t *testing.T, email string) (access, refresh string) {
	t.Helper()
	v := h.stranger(t)
	before := len(h.signInLetters(t, email))
	_, started := v.ask("POST", "/sign-in", fmt.Sprintf(`{"email":%q}`, email))
	letter := ""
	eventually(t, "a new sign-in letter to "+email, func() bool {
		all := h.signInLetters(t, email)
		if len(all) > before {
			letter = all[0]
		}
		return letter != ""
	})
	status, got := v.ask("POST", "/sign-in/code", fmt.Sprintf(`{"request":%q,"code":%q}`, text(started, "request"), sixDigits.FindString(letter)))
	if status != http.StatusCreated {
		t.Fatal(status, got)
	}
	h.logged.hide(text(got, "access_token"))
	h.logged.hide(text(got, "refresh_token"))
	return text(got, "access_token"), text(got, "refresh_token")
}

// TestAnAccessTokenLivesAQuarterOfAnHour and no refresh token is one.
func TestAnAccessTokenLivesAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		access, refresh := h.program(t, "ada@example.com")
		v := h.stranger(t)
		me := func(token string) string { return told(v.ask("GET", "/me", "", "Authorization", "Bearer "+token)) }
		if got := me(access); got != "200" {
			t.Fatal(got)
		}
		if got := me(refresh); got != "401 session_invalid" {
			t.Error(got)
		}
		if err := h.db.Tx(t.Context(), func(ctx context.Context) error {
			return h.db.Write(ctx).Exec("UPDATE session_tokens SET expires_at = ? WHERE kind = 'access'", h.clock.Now()).Error
		}); err != nil {
			t.Fatal(err)
		}
		if got := me(access); got != "401 token_expired" {
			t.Error(got)
		}
		for _, path := range []string{"/api/content/v1/notes", "/api/content/v1/search?q=film"} {
			if resp, _ := v.get(path, "X-Api-Key", h.contentKey(t), "Authorization", "Bearer "+access); resp.StatusCode != http.StatusUnauthorized {
				t.Errorf("%s: %d", path, resp.StatusCode)
			}
		}
	})
}

// TestPaymentPagesReturnToTheFrontEndOfTheKey and to no other's address.
func TestPaymentPagesReturnToTheFrontEndOfTheKey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		note := h.publish(t, paid("Film capacity", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		must(h.billing.PriceNote(h.staff, note.Note.ID, 900, "eur"))
		const a, b = "https://a.example/thanks", "https://b.example/thanks"
		keyA, keyB := h.frontEndKey(t, nil, []string{a, "https://a.example/shop/"}), h.frontEndKey(t, nil, []string{b})
		grace := h.subscriber(t, "grace@example.com", "reader")
		access, _ := h.program(t, "ada@example.com")
		ask := func(token, path, body, key string) string {
			header := []string{"Authorization", "Bearer " + token}
			if key != "" {
				header = append(header, "X-Api-Key", key)
			}
			return told(h.stranger(t).ask("POST", path, body, header...))
		}
		for _, tt := range []struct{ to, key, want string }{
			{a, keyA, "201"},
			{"https://a.example/shop/film?size=a4", keyA, "201"},
			{a, keyB, "refused"},
			{a, "", "refused"},
			{"https://a.example.evil.example/shop/", keyA, "refused"},
			{"https://a.example@evil.example/shop/", keyA, "refused"},
			{"https://a.example/shop/%2e%2e/admin", keyA, "refused"},
			{`https://a.example/shop/\\evil.example`, keyA, "refused"},
			{"https://a.example/shop/?session_id=mine", keyA, "refused"},
			{a, "lt_content_nonsense", "401 key_invalid"},
			{a, h.adminKey(t), "403 wrong_key"},
		} {
			for path, token := range map[string]string{"/checkout": access, "/notes/" + note.Note.Slug + "/checkout": access, "/portal-session": grace.token} {
				body, refusal := `{"return_to":"`+tt.to+`"}`, "422 invalid_input /return_to:bad_path"
				switch path {
				case "/checkout":
					body = `{"plan":"reader","interval":"month","return_to":"` + tt.to + `"}`
				case "/portal-session":
					body, refusal = `{"return_path":"`+tt.to+`"}`, "422 bad_path"
				}
				want := tt.want
				if want == "refused" {
					want = refusal
				}
				if got := ask(token, path, body, tt.key); got != want {
					t.Errorf("%s to %s: %s, want %s", path, tt.to, got, want)
				}
			}
		}
	})
}

// TestAMemberChangesTheProfileByTheAPI as on the account page.
func TestAMemberChangesTheProfileByTheAPI(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		access, _ := h.program(t, "ada@example.com")
		v := h.stranger(t)
		patch := func(body string) (int, map[string]any) {
			return v.ask("PATCH", "/me", body, "Authorization", "Bearer "+access)
		}
		status, me := patch(`{"name":"Ada","organization":"Engines","mails":["reminders"]}`)
		if status != 200 || text(me, "name") != "Ada" || text(me, "organization") != "Engines" || fmt.Sprint(me["mails"]) != "[reminders]" {
			t.Error(status, me)
		}
		status, me = patch(`{"mails":[]}`)
		if status != 200 || text(me, "name") != "Ada" || text(me, "organization") != "Engines" || fmt.Sprint(me["mails"]) != "[]" {
			t.Error("what is left out stays:", status, me)
		}
		if got := told(patch(`{"mails":["gossip"]}`)); !strings.HasPrefix(got, "422 ") {
			t.Error(got)
		}
		if got := told(v.ask("POST", "/me/email", `{"email":"ada@new.example"}`, "Authorization", "Bearer "+access)); got != "202" {
			t.Error(got)
		}
		if got := told(v.ask("POST", "/me/deletion", `{}`, "Authorization", "Bearer "+access)); got != "202" {
			t.Error(got)
		}
		status, me = v.ask("GET", "/me", "", "Authorization", "Bearer "+access)
		if status != 200 || text(me, "new_email") != "ada@new.example" || text(me, "email") != "ada@example.com" || text(me, "deletes_at") == "" {
			t.Error(status, me)
		}
	})
}

// wish is what a front end asks for a mail with.
func wish(email, back string) string {
	sum := sha256.Sum256([]byte(firmVerifier))
	return fmt.Sprintf(`{"email":%q,"return_to":%q,"state":"s p&a=ce","code_challenge":%q,"code_challenge_method":"S256"}`, email, back, base64.RawURLEncoding.EncodeToString(sum[:]))
}

func text(got map[string]any, name string) string { s, _ := got[name].(string); return s }

// TestAMemberSignsInByALinkThatLeadsBack goes the whole way: from a front end on
// another origin, by the mail and the portal's page with the button, and back.
func TestAMemberSignsInByALinkThatLeadsBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		note := h.publish(t, paid("Film capacity", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		const back = "https://www.firm.example/in"
		key, other := h.frontEndKey(t, []string{"https://www.firm.example"}, []string{back, "https://www.firm.example/app/"}), h.frontEndKey(t, nil, []string{"https://other.example/in"})
		app, mailer := h.stranger(t), h.stranger(t)
		for _, tt := range []struct{ key, body, want string }{
			{"", wish("ada@example.com", back), "401 content_key_required"},
			{"lt_content_nonsense", wish("ada@example.com", back), "401 key_invalid"},
			{other, wish("ada@example.com", back), "422 invalid_input /return_to:not_allowed"},
			{key, wish("ada@example.com", "https://www.firm.example.evil.example/in"), "422 invalid_input /return_to:not_allowed"},
			{key, wish("ada@example.com", "https://www.firm.example@evil.example/app/"), "422 invalid_input /return_to:not_allowed"},
			{key, wish("ada@example.com", `https://www.firm.example/app/\\evil.example`), "422 invalid_input /return_to:not_allowed"},
			{key, wish("ada@example.com", "https://www.firm.example/app/%2e%2e/x"), "422 invalid_input /return_to:not_allowed"},
			{key, wish("ada@example.com", "//www.firm.example/in"), "422 invalid_input /return_to:not_allowed"},
			{key, `{"email":"ada@example.com","return_to":"` + back + `"}`, "422 invalid_input /code_challenge:bad_challenge"},
			{key, strings.Replace(wish("ada@example.com", back), "S256", "plain", 1), "422 invalid_input"},
		} {
			header := []string{}
			if tt.key != "" {
				header = append(header, "X-Api-Key", tt.key)
			}
			status, got := app.ask("POST", "/sign-in", tt.body, header...)
			if told := told(status, got); !strings.HasPrefix(told, tt.want) {
				t.Errorf("%s: %s, want %s", tt.body, told, tt.want)
			}
		}
		status, started := app.ask("POST", "/sign-in", wish("ada@example.com", back), "X-Api-Key", key)
		if status != http.StatusAccepted {
			t.Fatal(status, started)
		}
		link := regexp.MustCompile(`/sign-in/link/[A-Za-z0-9_-]+`).FindString(h.plainLetter(t, "ada@example.com", "sign-in"))
		for range 3 { // a scanner looks
			resp, page := mailer.get(link)
			if resp.StatusCode != 200 || !strings.Contains(page, "www.firm.example") || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "form-action https://www.firm.example 'self'") || resp.Header.Get("Cache-Control") != "private, no-store" {
				t.Fatal(resp.StatusCode, resp.Header)
			}
		}
		resp, _ := mailer.post(link, url.Values{})
		to, err := url.Parse(resp.Header.Get("Location"))
		if err != nil || resp.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to.String(), back+"?code=") || to.Query().Get("state") != "s p&a=ce" || len(resp.Header.Values("Set-Cookie")) != 0 {
			t.Fatal(resp.StatusCode, resp.Header)
		}
		exchange := func(code, verifier, key string) (int, map[string]any) {
			return app.ask("POST", "/sign-in/link", fmt.Sprintf(`{"code":%q,"code_verifier":%q}`, code, verifier), "X-Api-Key", key)
		}
		if status, got := exchange(to.Query().Get("code"), strings.Repeat("w", 50), key); status != http.StatusGone || text(got, "code") != "return_code_invalid" {
			t.Error("another verifier:", status, got)
		}
		resp, _ = mailer.post(link, url.Values{})
		to = must(url.Parse(resp.Header.Get("Location")))
		if status, got := exchange(to.Query().Get("code"), firmVerifier, other); status != http.StatusGone {
			t.Error("another key:", status, got)
		}
		resp, _ = mailer.post(link, url.Values{})
		to = must(url.Parse(resp.Header.Get("Location")))
		status, got := exchange(to.Query().Get("code"), firmVerifier, key)
		if status != http.StatusCreated || text(got, "token_type") != "Bearer" || got["expires_in"] != float64(900) || got["new"] != true {
			t.Fatal(status, got)
		}
		if status, got := exchange(to.Query().Get("code"), firmVerifier, key); status != http.StatusGone {
			t.Error("twice:", status, got)
		}
		// The access token is the member's, at the Content API too.
		bearer := []string{"Authorization", "Bearer " + text(got, "access_token")}
		if status, me := app.ask("GET", "/me", "", bearer...); status != 200 || text(me, "email") != "ada@example.com" {
			t.Error(status, me)
		}
		member := must(h.identity.MemberByEmail(h.staff, "ada@example.com"))
		must(h.billing.GiveTerm(h.staff, billing.TermInput{
			Member: member.ID, Source: billing.TermComplimentary, PlanSlug: "reader", StartsAt: h.clock.Now().Add(-time.Hour), EndsAt: h.clock.Now().Add(time.Hour),
		}))
		resp, body := app.send("GET", "/api/content/v1/notes/"+note.Note.Slug, nil, append(bearer, "X-Api-Key", key)...)
		if resp.StatusCode != 200 || !strings.Contains(body, "Below the line") {
			t.Error(resp.StatusCode, body)
		}
		// The next pair, what became of the first, and the end.
		status, next := app.ask("POST", "/tokens/refresh", `{"refresh_token":"`+text(got, "refresh_token")+`"}`, "Idempotency-Key", "one")
		if status != http.StatusCreated || text(next, "access_token") == text(got, "access_token") || text(next, "session") != text(got, "session") {
			t.Fatal(status, next)
		}
		status, again := app.ask("POST", "/tokens/refresh", `{"refresh_token":"`+text(got, "refresh_token")+`"}`, "Idempotency-Key", "one")
		if status != http.StatusCreated || text(again, "refresh_token") != text(next, "refresh_token") {
			t.Error("a lost answer:", status, again)
		}
		if status, got := app.ask("POST", "/tokens/refresh", `{"refresh_token":"`+text(got, "refresh_token")+`"}`); status != http.StatusConflict || text(got, "code") != "refresh_raced" {
			t.Error("another tab:", status, got)
		}
		status, all := app.ask("GET", "/sessions", "", "Authorization", "Bearer "+text(next, "access_token"))
		list, _ := all["sessions"].([]any)
		if status != 200 || len(list) != 1 || list[0].(map[string]any)["this"] != true || list[0].(map[string]any)["id"] != text(got, "session") {
			t.Error(status, all)
		}
		if status, _ := app.ask("DELETE", "/session", "", "Authorization", "Bearer "+text(next, "access_token")); status != http.StatusNoContent {
			t.Error(status)
		}
		for _, token := range []string{text(got, "access_token"), text(next, "access_token")} {
			resp, body := app.send("GET", "/api/content/v1/notes/"+note.Note.Slug, nil, "Authorization", "Bearer "+token, "X-Api-Key", key)
			if resp.StatusCode != http.StatusUnauthorized || strings.Contains(body, "Below the line") {
				t.Error("signed out, and it still opens:", resp.StatusCode, body)
			}
		}
		if status, got := app.ask("POST", "/tokens/refresh", `{"refresh_token":"`+text(next, "refresh_token")+`"}`); status != http.StatusUnauthorized || text(got, "code") != "session_invalid" {
			t.Error(status, got)
		}
		if status, _ := app.ask("POST", "/tokens/revoke", `{"refresh_token":"`+text(next, "refresh_token")+`"}`); status != http.StatusNoContent {
			t.Error(status)
		}
	})
}

// TestTheCookieIsSetForOurOwnPages: a page of the same site signs in with the
// portal's cookie, and a stranger's page cannot sign a reader in as itself.
func TestTheCookieIsSetForOurOwnPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		const ours, theirs = "https://shop.firm.example", "https://blog.firm.example"
		key, open := h.frontEndKey(t, []string{ours}, nil), h.frontEndKey(t, nil, nil)
		v := h.stranger(t)
		status, started := v.ask("POST", "/sign-in", `{"email":"ada@example.com"}`)
		if status != http.StatusAccepted {
			t.Fatal(status, started)
		}
		code := sixDigits.FindString(h.letter(t, "ada@example.com", "sign-in"))
		body := `{"request":"` + text(started, "request") + `","code":"` + code + `","mode":"cookie"}`
		for _, tt := range []struct {
			why    string
			header []string
		}{
			{"a program", nil},
			{"another site", []string{"Origin", ours, "Sec-Fetch-Site", "cross-site", "X-Api-Key", key}},
			{"a neighbour", []string{"Origin", theirs, "Sec-Fetch-Site", "same-site", "X-Api-Key", key}},
			{"a neighbour with an open key", []string{"Origin", theirs, "Sec-Fetch-Site", "same-site", "X-Api-Key", open}},
		} {
			if status, got := v.ask("POST", "/sign-in/code", body, tt.header...); status != http.StatusForbidden || text(got, "code") != "cookie_refused" {
				t.Errorf("%s: %d %v", tt.why, status, got)
			}
		}
		from := []string{"Origin", ours, "Sec-Fetch-Site", "same-site"}
		status, got := v.ask("POST", "/sign-in/code", body, append(from, "X-Api-Key", key)...)
		if status != http.StatusCreated || text(got, "mode") != "cookie" || got["access_token"] != nil || got["refresh_token"] != nil {
			t.Fatal(status, got)
		}
		if status, me := v.ask("GET", "/me", ""); status != 200 || text(me, "email") != "ada@example.com" {
			t.Error("the cookie is not the member's:", status, me)
		}
		if status, _ := v.ask("PATCH", "/me", `{"name":"Ada"}`, from...); status != 200 {
			t.Error("a page of ours may change things:", status)
		}
		for _, header := range [][]string{{"Origin", theirs, "Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}} {
			if status, got := v.ask("PATCH", "/me", `{"name":"Eve"}`, header...); status != http.StatusForbidden || text(got, "code") != "cross_origin" {
				t.Error("another page rides on the cookie:", status, got)
			}
		}
		if status, _ := v.ask("DELETE", "/session", "", from...); status != http.StatusNoContent {
			t.Error(status)
		}
		if status, _ := v.ask("GET", "/me", ""); status != http.StatusUnauthorized {
			t.Error(status)
		}
	})
}
