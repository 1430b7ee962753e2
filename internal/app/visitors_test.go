package app

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// serverKey makes a key with which a front end's server says who visits it.
func (h *house) serverKey(t *testing.T) string {
	t.Helper()
	secret, _, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "server", Scopes: []identity.Scope{identity.ScopeVisitors}})
	if err != nil {
		t.Fatal(err)
	}
	h.logged.hide(secret)
	return secret
}

// TestTheServerOfAFrontEndAsksForEachOfItsVisitors: all its sign-ins come from
// one address, and one visitor who asks too often shuts out nobody else.
func TestTheServerOfAFrontEndAsksForEachOfItsVisitors(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		key, v := h.serverKey(t), h.stranger(t)
		n := 0
		ask := func(header ...string) string {
			n++
			return told(v.ask("POST", "/sign-in", fmt.Sprintf(`{"email":"reader%d@example.com"}`, n), header...))
		}
		for i := range 30 {
			if got := ask("X-Server-Key", key, "X-Visitor-Address", "203.0.113.7"); got != "202" {
				t.Fatal(i, got)
			}
		}
		for _, tt := range []struct{ visitor, want string }{
			{"203.0.113.7", "429 too_many_attempts"},
			{"::ffff:203.0.113.7", "429 too_many_attempts"}, // the same one
			{"198.51.100.20", "202"},
			{"2001:db8::20", "202"},
		} {
			if got := ask("X-Server-Key", key, "X-Visitor-Address", tt.visitor); got != tt.want {
				t.Errorf("%s: %s", tt.visitor, got)
			}
		}
		// Without the two fields it is the server itself that asks.
		for i := range 30 {
			if got := ask(); got != "202" {
				t.Fatal(i, got)
			}
		}
		if got := ask(); got != "429 too_many_attempts" {
			t.Error(got)
		}
		if got := ask("X-Server-Key", key, "X-Visitor-Address", "198.51.100.21"); got != "202" {
			t.Error(got)
		}
	})
}

// TestNobodyIsBelievedAboutAVisitorWithoutAServerKey, nor in half, at any of the
// faces that front ends call.
func TestNobodyIsBelievedAboutAVisitorWithoutAServerKey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		key, content, v := h.serverKey(t), h.contentKey(t), h.stranger(t)
		const here, there = "X-Server-Key", "X-Visitor-Address"
		_, ended, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "ended", Scopes: []identity.Scope{identity.ScopeVisitors}})
		if err != nil {
			t.Fatal(err)
		}
		endedSecret, _, err := h.identity.RotateKey(h.staff, identity.RotateKey{ID: ended.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range must(h.identity.ListKeys(h.staff)) {
			if k.Name == "ended" {
				if err := h.identity.RevokeKey(h.staff, k.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, tt := range []struct {
			header []string
			want   string
		}{
			{[]string{there, "203.0.113.7"}, "401 server_key_required"},
			{[]string{here, key}, "400 visitor_address_required"},
			{[]string{here, content, there, "203.0.113.7"}, "403 wrong_key"},
			{[]string{here, h.adminKey(t), there, "203.0.113.7"}, "403 wrong_key"},
			{[]string{here, endedSecret, there, "203.0.113.7"}, "401 key_invalid"},
			{[]string{here, "lt_server_nonsense", there, "203.0.113.7"}, "401 key_invalid"},
			{[]string{here, key, there, "203.0.113.7:443"}, "400 visitor_address_invalid"},
			{[]string{here, key, there, "203.0.113.7, 10.0.0.1"}, "400 visitor_address_invalid"},
			{[]string{here, key, there, "0.0.0.0"}, "400 visitor_address_invalid"},
			{[]string{here, key, there, "fe80::1%eth0"}, "400 visitor_address_invalid"},
			{[]string{here, key, there, "reader.example"}, "400 visitor_address_invalid"},
		} {
			if got := told(v.ask("POST", "/sign-in", `{"email":"ada@example.com"}`, tt.header...)); got != tt.want {
				t.Errorf("sign-in, %q: %s", tt.header[1:], got)
			}
			for _, path := range []string{"/api/content/v1/notes", "/files/00000000-0000-7000-8000-000000000000"} {
				_, body := v.get(path, append([]string{"X-Api-Key", content, "Accept", "application/json"}, tt.header...)...)
				if _, code, _ := strings.Cut(tt.want, " "); !strings.Contains(body, `"code":"`+code+`"`) {
					t.Errorf("%s, %q: %.300s", path, tt.header[1:], body)
				}
			}
		}
		// The key opens nothing by itself.
		if _, body := v.get("/api/content/v1/notes", "X-Api-Key", key); !strings.Contains(body, `"code":"wrong_key"`) {
			t.Error(body)
		}
		if resp, body := v.get("/api/admin/v1/notes", "Authorization", "Bearer "+key); resp.StatusCode != http.StatusForbidden {
			t.Error(resp.StatusCode, body)
		}
		// No page of another origin may send it, also from one that is listed.
		h.frontEndKey(t, []string{"https://www.firm.example"}, nil)
		resp, _ := v.send("OPTIONS", "/api/member/v1/sign-in", nil, "Origin", "https://www.firm.example",
			"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "x-server-key,x-visitor-address")
		if may := strings.ToLower(resp.Header.Get("Access-Control-Allow-Headers")); may == "" || strings.Contains(may, "x-server-key") || strings.Contains(may, "x-visitor") {
			t.Errorf("pages may send %q", may)
		}
	})
}

// TestADeviceIsWhereTheVisitorIs: what a member sees of their sessions, and what
// the look for shared accounts counts, is the visitor's network, at the sign-in
// and with each exchange of tokens.
func TestADeviceIsWhereTheVisitorIs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		key, v := h.serverKey(t), h.stranger(t)
		from := func(visitor string, more ...string) []string {
			return append([]string{"X-Server-Key", key, "X-Visitor-Address", visitor}, more...)
		}
		_, started := v.ask("POST", "/sign-in", `{"email":"ada@example.com"}`, from("203.0.113.7")...)
		var letters []string
		eventually(t, "a sign-in letter", func() bool {
			letters = h.signInLetters(t, "ada@example.com")
			return len(letters) > 0
		})
		body := fmt.Sprintf(`{"request":%q,"code":%q}`, text(started, "request"), sixDigits.FindString(letters[0]))
		status, got := v.ask("POST", "/sign-in/code", body, from("203.0.113.7", "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")...)
		if status != http.StatusCreated {
			t.Fatal(status, got)
		}
		access, refresh := text(got, "access_token"), text(got, "refresh_token")
		h.logged.hide(access)
		h.logged.hide(refresh)
		_, list := v.ask("GET", "/sessions", "", "Authorization", "Bearer "+access)
		session := list["sessions"].([]any)[0].(map[string]any)
		if session["network"] != "203.0.113.0/24" || session["device"] != "Firefox on Linux" {
			t.Errorf("the device is %v", session)
		}
		networks := func() int64 {
			found := must(h.identity.Crowded(h.staff, 1))
			for _, n := range found {
				return n
			}
			return 0
		}
		other := from("198.51.100.20")
		status, got = v.ask("POST", "/tokens/refresh", fmt.Sprintf(`{"refresh_token":%q}`, refresh), other...)
		if status != http.StatusCreated {
			t.Fatal(status, got)
		}
		h.logged.hide(text(got, "access_token"))
		h.logged.hide(text(got, "refresh_token"))
		var seen string
		if err := h.db.Read(t.Context()).Raw("SELECT seen_network FROM sessions WHERE surface = 'member-api'").Scan(&seen).Error; err != nil || seen != "198.51.100.0/24" {
			t.Errorf("last used from %q, %v", seen, err)
		}
		if n := networks(); n != 1 {
			t.Errorf("one session is used from %d networks at once", n)
		}
	})
}
