package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/identity/devicetest"
	"lighttrends/internal/platform/db/dbtest"
)

// namedHouse is a house that is opened by a name: passkeys want one.
func namedHouse(t *testing.T, e dbtest.Engine) *house {
	t.Helper()
	cfg := houseConfig(t, e)
	cfg.BaseURL = strings.Replace(cfg.BaseURL, "127.0.0.1", "localhost", 1)
	return reopenHouse(t, cfg)
}

func (v *visitor) password(email string) (int, map[string]any) {
	v.t.Helper()
	return v.call("POST", "/session", fmt.Sprintf(`{"email":%q,"password":%q}`, email, sentence))
}

func raw(t *testing.T, x any) json.RawMessage {
	t.Helper()
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSigningInWithAnAppOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		other := h.stranger(t)
		other.password("olga@example.com")

		if got := told(olga.call("PATCH", "/settings", `{"require_second_factor":true}`)); got != "409 second_factor_missing" {
			t.Error(got)
		}
		status, prepared := olga.call("POST", "/me/totp", "")
		secret, _ := prepared["secret"].(string)
		qr, _ := prepared["qr"].(string)
		if status != http.StatusOK || secret == "" || !strings.HasPrefix(qr, "data:image/png;base64,") {
			t.Fatal(status, prepared)
		}
		code := must(totp.GenerateCode(secret, time.Now()))
		status, got := olga.call("PUT", "/me/totp", `{"code":"`+code+`"}`)
		recovery, _ := got["recovery_codes"].([]any)
		if status != http.StatusOK || len(recovery) != 10 {
			t.Fatal(status, got)
		}
		if got := told(other.call("GET", "/me", "")); got != "401 sign_in_required" {
			t.Error("a session from before the app goes on:", got)
		}
		_, me := olga.call("GET", "/me", "")
		if f, _ := me["factors"].(map[string]any); f["totp"] != true || f["recovery_codes_left"] != 10. || me["confirmed_until"] == nil {
			t.Error(me)
		}
		if got := told(olga.call("PATCH", "/settings", `{"require_second_factor":true}`)); got != "200" {
			t.Error(got)
		}

		again := h.stranger(t)
		status, step := again.password("olga@example.com")
		ticket, _ := step["ticket"].(string)
		if status != http.StatusOK || fmt.Sprint(step["second_factor"]) != "[totp recovery]" || step["id"] != nil {
			t.Fatal(status, step)
		}
		if got := told(again.call("GET", "/me", "")); got != "401 sign_in_required" {
			t.Error("the password alone opens the desk:", got)
		}
		for body, want := range map[string]string{
			`{"ticket":"` + ticket + `","totp":"` + code + `"}`:                               "422 code_wrong /totp:not_right", // proved the app
			`{"ticket":"` + ticket + `"}`:                                                     "422 invalid_input /totp:required",
			`{"ticket":"` + ticket + `","totp":"1","recovery_code":"2"}`:                      "422 invalid_input /totp:required",
			`{"ticket":"` + strings.Repeat("x", 43) + `","recovery_code":"aaaa-bbbb-cccc-d"}`: "410 ticket_invalid",
		} {
			if got := told(again.call("POST", "/session/second-factor", body)); got != want {
				t.Errorf("%s: %s", body, got)
			}
		}
		status, me = again.call("POST", "/session/second-factor", fmt.Sprintf(`{"ticket":%q,"recovery_code":%q}`, ticket, recovery[0]))
		if f, _ := me["factors"].(map[string]any); status != http.StatusOK || me["role"] != "owner" || f["recovery_codes_left"] != 9. {
			t.Fatal(status, me)
		}

		// A colleague without one can do nothing but add one.
		ana := h.hire(t, "ana@example.com", identity.Admin)
		_, me = ana.call("GET", "/me", "")
		if caps, _ := me["capabilities"].([]any); me["must_enrol"] != true || len(caps) != 0 {
			t.Error(me)
		}
		if got := told(ana.call("GET", "/notes", "")); got != "403 capability_missing" {
			t.Error(got)
		}
		_, prepared = ana.call("POST", "/me/totp", "")
		if got := told(ana.call("PUT", "/me/totp", `{"code":"`+must(totp.GenerateCode(prepared["secret"].(string), time.Now()))+`"}`)); got != "200" {
			t.Error(got)
		}
		if got := told(ana.call("GET", "/notes", "")); got != "200" {
			t.Error(got)
		}
		if got := told(ana.call("DELETE", "/me/totp", "")); got != "409 second_factor_required" {
			t.Error(got)
		}
		if got := told(olga.call("DELETE", "/staff/"+ana.staff.ID.String()+"/second-factor", "")); got != "204" {
			t.Error(got)
		}
		if got := told(ana.call("GET", "/me", "")); got != "401 sign_in_required" {
			t.Error(got)
		}
		if got := h.verbs(t, "staff", ana.staff.ID.String()); got != "staff.created staff.signed_in staff.totp_added staff.second_factor_reset" {
			t.Error(got)
		}
	})
}

func TestSigningInWithAPasskeyOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := namedHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		phone := devicetest.New(h.cfg.BaseURL)
		t.Run("a question is spent by a wrong answer, whatever the request is called", func(t *testing.T) {
			_, ask := olga.call("POST", "/me/passkeys/options", "")
			right := raw(t, must(devicetest.New(h.cfg.BaseURL).Create(raw(t, ask["public_key"]))))
			wrong := raw(t, map[string]any{"id": "x"})
			for i, credential := range [][]byte{wrong, right} {
				body := raw(t, map[string]any{"ticket": ask["ticket"], "name": "Phone", "credential": json.RawMessage(credential)})
				if status, got := olga.call("POST", "/me/passkeys", string(body), "Idempotency-Key", fmt.Sprint("answer-", i)); status < 400 || status >= 500 {
					t.Error(i, status, got)
				}
			}
		})
		status, offer := olga.call("POST", "/me/passkeys/options", "")
		if status != http.StatusOK {
			t.Fatal(status, offer)
		}
		answer := must(phone.Create(raw(t, offer["public_key"])))
		status, added := olga.call("POST", "/me/passkeys", string(raw(t, map[string]any{"ticket": offer["ticket"], "name": "Phone", "credential": answer})))
		if codes, _ := added["recovery_codes"].([]any); status != http.StatusCreated || len(codes) != 10 {
			t.Fatal(status, added)
		}
		key, _ := added["passkey"].(map[string]any)

		signIn := func(v *visitor, ticket any) (int, map[string]any) {
			body := map[string]any{}
			if ticket != nil {
				body["ticket"] = ticket
			}
			status, ask := v.call("POST", "/session/passkey/options", string(raw(t, body)))
			if status != http.StatusOK {
				t.Fatal(status, ask)
			}
			answer := must(phone.Get(raw(t, ask["public_key"])))
			return v.call("POST", "/session/passkey", string(raw(t, map[string]any{"ticket": ask["ticket"], "credential": answer})))
		}
		alone := h.stranger(t)
		if status, me := signIn(alone, nil); status != http.StatusOK || me["name"] != "Of owner" {
			t.Fatal(status, me)
		}
		if got := told(alone.call("GET", "/notes", "")); got != "200" {
			t.Error(got)
		}
		both := h.stranger(t)
		_, step := both.password("olga@example.com")
		if fmt.Sprint(step["second_factor"]) != "[passkey recovery]" {
			t.Fatal(step)
		}
		if status, me := signIn(both, step["ticket"]); status != http.StatusOK || me["role"] != "owner" {
			t.Fatal(status, me)
		}
		evil := h.stranger(t)
		phone.Origin = "http://evil.example"
		if got := told(signIn(evil, nil)); got != "401 passkey_refused" {
			t.Error(got)
		}
		if _, got := both.call("GET", "/me/passkeys", ""); len(got["passkeys"].([]any)) != 1 {
			t.Error(got)
		}
		path := "/me/passkeys/" + key["id"].(string)
		if status, got := both.call("PATCH", path, `{"name":"Old phone"}`); status != http.StatusOK || got["name"] != "Old phone" {
			t.Error(status, got)
		}
		if got := told(both.call("DELETE", path, "")); got != "204" {
			t.Error(got)
		}
		if status, me := h.stranger(t).password("olga@example.com"); status != http.StatusOK || me["role"] != "owner" {
			t.Error("a second factor is wanted that is gone:", me)
		}
	})
}

func TestMyOwnAccountOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana := h.hire(t, "ana@example.com", identity.Analyst)
		bea := h.hire(t, "bea@example.com", identity.Owner)
		there, away := h.stranger(t), h.stranger(t)
		there.password("ana@example.com")
		away.password("ana@example.com")

		_, got := ana.call("GET", "/me/sessions", "")
		open, _ := got["sessions"].([]any)
		current, last := 0, map[string]any{}
		for _, x := range open {
			s, _ := x.(map[string]any)
			if s["current"] == true {
				current++
			} else {
				last = s
			}
		}
		if len(open) != 3 || current != 1 || last["device"] != "Go program" || last["surface"] != "desk" {
			t.Fatal(got)
		}
		id, _ := last["id"].(string)
		if got := told(bea.call("DELETE", "/me/sessions/"+id, "")); got != "404 session_not_found" {
			t.Error("somebody else's session:", got)
		}
		if got := told(ana.call("DELETE", "/me/sessions/"+id, "")); got != "204" {
			t.Error(got)
		}
		status, ended := ana.call("DELETE", "/me/sessions", "")
		if status != http.StatusOK || ended["ended"] != 1. {
			t.Error(status, ended)
		}
		for _, v := range []*visitor{there, away} {
			if got := told(v.call("GET", "/me", "")); got != "401 sign_in_required" {
				t.Error(got)
			}
		}
		there.password("ana@example.com")
		if status, got := ana.call("PATCH", "/me", `{"name":" Ana  Li "}`); status != http.StatusOK || got["name"] != "Ana Li" {
			t.Error(status, got)
		}
		if got := told(ana.call("PUT", "/me/password", `{"current_password":"wrong","new_password":"another good sentence"}`)); got != "422 invalid_input /current_password:not_right" {
			t.Error(got)
		}
		if got := told(ana.call("PUT", "/me/password", `{"current_password":"`+sentence+`","new_password":"another good sentence"}`)); got != "204" {
			t.Error(got)
		}
		if got := told(there.call("GET", "/me", "")); got != "401 sign_in_required" {
			t.Error("another session outlives the password:", got)
		}
		if got := told(ana.call("GET", "/me", "")); got != "200" {
			t.Error(got)
		}

		// Half an hour later the browser is still open.
		h.exec(t, "UPDATE sessions SET confirmed_at = ?", time.Now().Add(-31*time.Minute).UTC())
		if got := told(ana.call("POST", "/me/totp", "")); got != "403 confirmation_required" {
			t.Error(got)
		}
		if got := told(ana.call("POST", "/me/confirmation", `{"password":"wrong"}`)); got != "422 invalid_input /password:not_right" {
			t.Error(got)
		}
		if status, got := ana.call("POST", "/me/confirmation", `{"password":"another good sentence"}`); status != http.StatusOK || got["confirmed_until"] == nil {
			t.Error(status, got)
		}
		if got := told(ana.call("POST", "/me/totp", "")); got != "200" {
			t.Error(got)
		}
		script := h.script(t)
		if resp, got := script.call("GET", "/me", ""); resp.StatusCode != http.StatusOK || got["kind"] != "api_key" || got["factors"] != nil {
			t.Error(resp.StatusCode, got)
		}
		if resp, got := script.call("POST", "/me/totp", ""); resp.StatusCode != http.StatusForbidden || got["code"] != "staff_only" {
			t.Error(resp.StatusCode, got)
		}
		if status, got := bea.call("GET", "/staff/"+ana.staff.ID.String()+"/sessions", ""); status != http.StatusOK || len(got["sessions"].([]any)) != 1 {
			t.Error(status, got)
		}
		if status, got := bea.call("DELETE", "/staff/"+ana.staff.ID.String()+"/sessions", ""); status != http.StatusOK || got["ended"] != 1. {
			t.Error(status, got)
		}
		if got := told(ana.call("GET", "/me", "")); got != "401 sign_in_required" {
			t.Error(got)
		}
	})
}
