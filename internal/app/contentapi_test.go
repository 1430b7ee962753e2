package app

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

// answerOf is what a front end reads of a note.
type answerOf struct {
	Slug   string
	Code   string
	Teaser struct{ HTML string }
	Text   *struct {
		HTML     string
		Contents []struct{ ID, Text string }
	}
	Behind *struct{ Words int }
	Access struct {
		Decision, Reason string
		Unlock, Plans    []string
	}
}

func (v *visitor) note(key, slug string, header ...string) (*http.Response, answerOf) {
	v.t.Helper()
	resp, text := v.get("/api/content/v1/notes/"+slug, append([]string{"X-Api-Key", key, "Accept", "application/json"}, header...)...)
	var a answerOf
	if text != "" {
		if err := json.Unmarshal([]byte(text), &a); err != nil {
			v.t.Fatalf("%d %s", resp.StatusCode, text)
		}
	}
	return resp, a
}

func TestWhatAFrontEndGetsForWhom(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		h.plan(t, "house", 1)
		key := h.contentKey(t)
		const body = "Open.\n\n<!-- paywall -->\n\n## Why\n\nHidden.\n"
		for title, gate := range map[string]access.GateKind{"open": access.Public, "for members": access.Members, "for payers": access.Paid, "for house": access.Plans} {
			in := paid(title, body)
			if in.Gate = gate; gate == access.Plans {
				in.GatePlans = []string{"house"}
			}
			h.publish(t, in)
		}
		stranger, free, reader := h.stranger(t), h.member(t, "free@example.com"), h.subscriber(t, "reader@example.com", "reader")
		for _, tt := range []struct {
			who              string
			token            string
			slug             string
			decision, reason string
			unlock           []string
		}{
			{"a stranger", "", "open", "full", "public", []string{}},
			{"a stranger", "", "for-members", "preview", "sign_in_required", []string{"sign_in", "register"}},
			{"a stranger", "", "for-payers", "preview", "subscription_required", []string{"sign_in", "subscribe"}},
			{"a stranger", "", "for-house", "preview", "subscription_required", []string{"sign_in", "subscribe"}},
			{"a member", free.token, "for-members", "full", "membership", []string{}},
			{"a member", free.token, "for-payers", "preview", "subscription_required", []string{"subscribe"}},
			{"a subscriber", reader.token, "open", "full", "public", []string{}},
			{"a subscriber", reader.token, "for-members", "full", "membership", []string{}},
			{"a subscriber", reader.token, "for-payers", "full", "subscription", []string{}},
			{"a subscriber", reader.token, "for-house", "preview", "other_plan_required", []string{"change_plan"}},
		} {
			var header []string
			if tt.token != "" {
				header = []string{"Authorization", "Bearer " + tt.token}
			}
			resp, got := stranger.note(key, tt.slug, header...)
			if resp.StatusCode != 200 || got.Access.Decision != tt.decision || got.Access.Reason != tt.reason || !cmp.Equal(got.Access.Unlock, tt.unlock) {
				t.Errorf("%s, %s: %d %+v", tt.who, tt.slug, resp.StatusCode, got.Access)
			}
			if (got.Text != nil) != (tt.decision == "full") || !strings.Contains(got.Teaser.HTML, "Open.") || strings.Contains(got.Teaser.HTML, "Hidden.") {
				t.Errorf("%s, %s: text %v, teaser %s", tt.who, tt.slug, got.Text, got.Teaser.HTML)
			}
			if got.Text != nil && (!strings.Contains(got.Text.HTML, "Hidden.") || len(got.Text.Contents) != 1) {
				t.Errorf("%s, %s: %+v", tt.who, tt.slug, got.Text)
			}
			cc, tag := resp.Header.Get("Cache-Control"), resp.Header.Get("ETag")
			if shared := strings.HasPrefix(cc, "public"); shared != (tt.token == "") || (tag != "") != shared {
				t.Errorf("%s, %s: %q, ETag %q", tt.who, tt.slug, cc, tag)
			}
			for _, name := range []string{"Authorization", "Cookie", "X-Api-Key"} {
				if !strings.Contains(resp.Header.Get("Vary"), name) {
					t.Errorf("%s, %s: Vary is %q", tt.who, tt.slug, resp.Header.Get("Vary"))
				}
			}
		}

		t.Run("the session cookie of the portal works too", func(t *testing.T) {
			if _, got := reader.note(key, "for-payers"); got.Text == nil {
				t.Error("no text")
			}
		})
		t.Run("an entity tag saves the body", func(t *testing.T) {
			resp, _ := stranger.note(key, "for-payers")
			again, _ := stranger.note(key, "for-payers", "If-None-Match", resp.Header.Get("ETag"))
			if again.StatusCode != http.StatusNotModified {
				t.Errorf("status %d", again.StatusCode)
			}
		})
		t.Run("a tag of the public answer does not save a member's", func(t *testing.T) {
			resp, _ := stranger.note(key, "for-payers")
			if again, got := stranger.note(key, "for-payers", "If-None-Match", resp.Header.Get("ETag"), "Authorization", "Bearer "+reader.token); again.StatusCode != 200 || got.Text == nil {
				t.Errorf("status %d", again.StatusCode)
			}
		})
		t.Run("the text closes at the next request", func(t *testing.T) {
			if err := h.billing.EndAll(h.staff, reader.id); err != nil {
				t.Fatal(err)
			}
			if _, got := stranger.note(key, "for-payers", "Authorization", "Bearer "+reader.token); got.Text != nil || got.Access.Reason != "subscription_ended" {
				t.Errorf("%+v", got.Access)
			}
		})
		t.Run("a token that ended is refused", func(t *testing.T) {
			if err := h.identity.SignOut(t.Context(), free.token); err != nil {
				t.Fatal(err)
			}
			if resp, got := stranger.note(key, "for-payers", "Authorization", "Bearer "+free.token); resp.StatusCode != 401 || got.Text != nil {
				t.Errorf("%d %+v", resp.StatusCode, got)
			}
		})
	})
}

func TestWhatTheContentAPIRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		key, admin := h.contentKey(t), h.adminKey(t)
		v := h.publish(t, paid("Kept", "Open."))
		in := v.Input()
		in.Slug = "moved"
		must(h.desk.Save(h.staff, v.Note.ID, 0, in))
		must(h.desk.Publish(h.staff, v.Note.ID, content.Publish{}))
		gone := h.publish(t, paid("Gone", "Open."))
		must(h.desk.Retract(h.staff, gone.Note.ID, 0, "Wrong."))
		s := h.stranger(t)
		for name, tt := range map[string]struct {
			path, key string
			status    int
			code      string
		}{
			"no key":                {"/notes", "", 401, "content_key_required"},
			"a forged key":          {"/notes", "lt_content_forged", 401, "key_invalid"},
			"a key for the desk":    {"/notes", admin, 403, "wrong_key"},
			"an unknown note":       {"/notes/nowhere", key, 404, "note_not_found"},
			"a withdrawn note":      {"/notes/gone", key, 410, "note_retracted"},
			"an unknown parameter":  {"/notes?colour=red", key, 400, "unknown_parameter"},
			"a filter by the text":  {"/notes?body=hidden", key, 400, "unknown_parameter"},
			"a parameter twice":     {"/notes?limit=5&limit=6", key, 400, "repeated_parameter"},
			"a limit that is large": {"/notes?limit=1000", key, 422, "invalid_input"},
			"a forged cursor":       {"/notes?cursor=AAAA", key, 400, "bad_cursor"},
			"an unknown topic":      {"/notes?topic=gold", key, 400, "unknown_name"},
			"an issue alone":        {"/notes?issue=2026-07", key, 400, "unknown_name"},
			"an unknown kind":       {"/notes?kind=poem", key, 422, "invalid_input"},
		} {
			header := []string{"Accept", "application/json"}
			if tt.key != "" {
				header = append(header, "X-Api-Key", tt.key)
			}
			resp, text := s.get("/api/content/v1"+tt.path, header...)
			var got struct{ Code string }
			if err := json.Unmarshal([]byte(text), &got); err != nil || resp.StatusCode != tt.status || got.Code != tt.code {
				t.Errorf("%s: %d %s", name, resp.StatusCode, text)
			}
		}
		resp, _ := s.get("/api/content/v1/notes/kept", "X-Api-Key", key)
		if resp.StatusCode != http.StatusMovedPermanently || resp.Header.Get("Location") != "/api/content/v1/notes/moved" || resp.Header.Get("Cache-Control") != "public, max-age=300" {
			t.Errorf("a former address: %d %v", resp.StatusCode, resp.Header)
		}
		for name, header := range map[string][]string{
			"as a parameter": {},
			"as a token":     {"Authorization", "Bearer " + key},
		} {
			path := "/api/content/v1/notes/moved"
			if len(header) == 0 {
				path += "?key=" + key
			}
			if resp, text := s.get(path, header...); resp.StatusCode != 200 {
				t.Errorf("the key %s: %d %s", name, resp.StatusCode, text)
			}
		}
	})
}

func TestAFrontEndWalksTheList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		key := h.contentKey(t)
		must(h.desk.PutTopic(h.staff, content.Label{Name: "Film"}))
		for i := range 7 {
			in := paid(strings.Repeat("n", i+1), "Open.\n\n<!-- paywall -->\n\nHidden.\n")
			if i%2 == 0 {
				in.Topics = []string{"film"}
			}
			h.publish(t, in)
		}
		walk := func(query string) (slugs []string) {
			cursor := ""
			for {
				_, text := h.stranger(t).get("/api/content/v1/notes?limit=2"+query+cursor, "X-Api-Key", key)
				if strings.Contains(text, "Hidden.") || strings.Contains(text, "Open.") {
					t.Error("the list holds text")
				}
				var page struct {
					Notes []struct{ Slug string }
					Next  string
				}
				if err := json.Unmarshal([]byte(text), &page); err != nil {
					t.Fatal(text)
				}
				for _, n := range page.Notes {
					slugs = append(slugs, n.Slug)
				}
				if page.Next == "" {
					return slugs
				}
				cursor = "&cursor=" + page.Next
			}
		}
		if got := strings.Join(walk(""), " "); got != "nnnnnnn nnnnnn nnnnn nnnn nnn nn n" {
			t.Errorf("all: %s", got)
		}
		if got := strings.Join(walk("&topic=film"), " "); got != "nnnnnnn nnnnn nnn n" {
			t.Errorf("a topic: %s", got)
		}
	})
}

func TestAMemberSignsInThroughAnotherFrontEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		v := h.stranger(t)
		call := func(method, path, body string, header ...string) (int, map[string]any) {
			resp, text := v.send(method, "/api/member/v1"+path, strings.NewReader(body), append([]string{"Content-Type", "application/json", "Accept", "application/json"}, header...)...)
			var out map[string]any
			if text != "" {
				if err := json.Unmarshal([]byte(text), &out); err != nil {
					t.Fatalf("%s: %d %s", path, resp.StatusCode, text)
				}
			}
			return resp.StatusCode, out
		}
		status, started := call("POST", "/sign-in", `{"email":"app@example.com","name":"App Reader"}`)
		if status != http.StatusAccepted || started["request"] == "" {
			t.Fatal(status, started)
		}
		code := sixDigits.FindString(h.letter(t, "app@example.com", "sign-in"))
		if status, got := call("POST", "/sign-in/code", `{"request":"somebody-else","code":"`+code+`"}`); status < 400 {
			t.Fatal("a code works without the request it was asked by:", status, got)
		}
		status, signed := call("POST", "/sign-in/code", `{"request":"`+started["request"].(string)+`","code":"`+code+`"}`)
		token, _ := signed["access_token"].(string)
		if status != http.StatusCreated || token == "" || signed["new"] != true {
			t.Fatal(status, signed)
		}
		status, me := call("GET", "/me", "", "Authorization", "Bearer "+token)
		if status != 200 || me["email"] != "app@example.com" || me["name"] != "App Reader" || len(me["plans"].([]any)) != 0 {
			t.Error(status, me)
		}
		if status, _ := call("DELETE", "/session", "", "Authorization", "Bearer "+token); status != http.StatusNoContent {
			t.Error(status)
		}
		if status, _ := call("GET", "/me", "", "Authorization", "Bearer "+token); status != http.StatusUnauthorized {
			t.Error("still signed in:", status)
		}
		if status, _ := call("GET", "/me", ""); status != http.StatusUnauthorized {
			t.Error(status)
		}
	})
}

func TestSearchForAFrontEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		must(h.desk.PutTopic(h.staff, content.Label{Name: "Film & foil"}))
		in := paid("Film <b> capacity", "Open.\n\n<!-- paywall -->\n\nZirconia & more.\n")
		in.Topics = []string{"film-and-foil"}
		if cat := must(h.library.Catalogue(t.Context())); cat.TopicBySlug(in.Topics[0]) == nil {
			in.Topics = []string{cat.Topics[0].Slug}
		}
		h.publish(t, in)
		h.publish(t, paid("Other", "Film here.\n\n<!-- paywall -->\n\nNothing.\n"))
		key, reader := h.contentKey(t), h.subscriber(t, "reader@example.com", "reader")
		ask := func(query, token string) (*http.Response, string) {
			t.Helper()
			header := []string{"X-Api-Key", key, "Accept", "application/json"}
			if token != "" {
				header = append(header, "Authorization", "Bearer "+token)
			}
			return h.stranger(t).get("/api/content/v1/search?"+query, header...)
		}
		for _, x := range []struct {
			query, token string
			has          []string
			notes        int
		}{
			{"q=film", "", []string{`"title":"<mark>Film</mark> &lt;b&gt; capacity"`, `"excerpt":"<mark>Film</mark> here."`}, 2},
			{"q=film&limit=1", "", []string{`"next":"`}, 1},
			{"q=topic:foil", "", nil, 1},
			{"q=zirconia", "", nil, 0},
			{"q=zirconia", reader.token, []string{`<mark>Zirconia</mark> &amp; more`}, 1},
			{"q=capacty", "", []string{`"corrected":"capacity"`}, 1},
			{"q=topic:fail", "", []string{`"unknown":[{"field":"topic","value":"fail"`}, 0},
			{"q=-film", "", nil, 0},
		} {
			resp, body := ask(x.query, x.token)
			if resp.StatusCode != http.StatusOK || strings.Count(body, `"slug":"film-b-capacity"`)+strings.Count(body, `"slug":"other"`) != x.notes {
				t.Errorf("%s: %d %s", x.query, resp.StatusCode, body)
			}
			for _, has := range x.has {
				if !strings.Contains(body, has) {
					t.Errorf("%s: %q is missing in %s", x.query, has, body)
				}
			}
			if private := resp.Header.Get("Cache-Control") == "private, no-store"; private != (x.token != "") {
				t.Errorf("%s: %v", x.query, resp.Header)
			}
		}
		t.Run("a corrected search goes on", func(t *testing.T) {
			next := ""
			for i, slug := range []string{"other", "film-b-capacity"} {
				_, body := ask("q=fillm&sort=recent&limit=1&cursor="+next, "")
				if !strings.Contains(body, `"slug":"`+slug+`"`) || !strings.Contains(body, `"corrected":"film"`) {
					t.Fatalf("page %d: %s", i+1, body)
				}
				if m := regexp.MustCompile(`"next":"([^"]+)"`).FindStringSubmatch(body); m != nil {
					next = m[1]
				}
			}
		})
		for query, status := range map[string]int{"": 422, "q=": 422, "q=film&sort=oldest": 422, "q=film&limit=51": 422, "q=film&cursor=x": 400, "q=film&colour=red": 400} {
			if resp, body := ask(query, ""); resp.StatusCode != status {
				t.Errorf("%q: %d %s", query, resp.StatusCode, body)
			}
		}
	})
}
