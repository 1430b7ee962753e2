package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// script is a program with a key of the Admin API.
type script struct {
	*visitor
	key string
}

func (h *house) script(t *testing.T) *script { return &script{h.stranger(t), h.adminKey(t)} }

// call sends JSON and reads the answer into a map.
func (s *script) call(method, path, body string, header ...string) (*http.Response, map[string]any) {
	s.t.Helper()
	h := append([]string{"Authorization", "Bearer " + s.key}, header...)
	if body != "" {
		h = append(h, "Content-Type", "application/json")
	}
	resp, text := s.send(method, "/api/admin/v1"+path, strings.NewReader(body), h...)
	var out map[string]any
	if text != "" {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			s.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, text)
		}
	}
	if cc := resp.Header.Get("Cache-Control"); cc != "private, no-store" {
		s.t.Errorf("%s %s may be kept by caches: %q", method, path, cc)
	}
	return resp, out
}

func TestWritingAndPublishingByScript(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		const note = `{"title":"Film capacity","abstract":"Booked.","body":"Open.\n\n<!-- paywall -->\n\nHidden.\n"}`
		resp, made := s.call("POST", "/notes", note)
		id, _ := made["id"].(string)
		if resp.StatusCode != http.StatusCreated || resp.Header.Get("Location") != "/api/admin/v1/notes/"+id || resp.Header.Get("ETag") != `"1"` || made["status"] != "draft" || made["gate"] != "paid" {
			t.Fatal(resp.StatusCode, resp.Header, made)
		}

		resp, got := s.call("GET", "/notes/"+id, "")
		if resp.StatusCode != http.StatusOK || got["body"] != made["body"] || got["has_paywall"] != true {
			t.Error(resp.StatusCode, got)
		}
		for name, tt := range map[string]struct {
			ifMatch, body string
			status        int
			code          string
		}{
			"without a version":   {"", `{"title":"X"}`, 428, "version_required"},
			"with a stale one":    {`"9"`, `{"title":"X"}`, 412, "stale_version"},
			"with a nonsense one": {`W/"1", "2"`, `{"title":"X"}`, 400, "bad_version"},
			"an unknown field":    {`"1"`, `{"colour":"red"}`, 422, "invalid_input"},
			"a broken rule":       {`"1"`, `{"slug":"Not A Slug"}`, 422, "invalid_input"},
			"an unknown topic":    {`"1"`, `{"topics":["gold"]}`, 422, "invalid_input"},
		} {
			resp, got := s.call("PATCH", "/notes/"+id, tt.body, "If-Match", tt.ifMatch)
			if resp.StatusCode != tt.status || got["code"] != tt.code {
				t.Errorf("%s: %d %v", name, resp.StatusCode, got)
			}
			if tt.code == "stale_version" && got["current"] != `"1"` {
				t.Errorf("the answer does not say what is there: %v", got)
			}
		}
		resp, got = s.call("PATCH", "/notes/"+id, `{"title":"Renamed","why":"Clearer"}`, "If-Match", `"1"`)
		if resp.StatusCode != http.StatusOK || got["title"] != "Renamed" || got["abstract"] != "Booked." || resp.Header.Get("ETag") != `"2"` {
			t.Error(resp.StatusCode, got)
		}

		resp, got = s.call("PUT", "/notes/"+id+"/publication", "", "If-Match", `"2"`)
		if resp.StatusCode != http.StatusOK || got["status"] != "published" || got["url"] != h.cfg.BaseURL+"/notes/film-capacity" {
			t.Fatal(resp.StatusCode, got)
		}
		if resp, _ := h.stranger(t).get("/notes/film-capacity"); resp.StatusCode != http.StatusOK {
			t.Errorf("the page: %d", resp.StatusCode)
		}
		resp, got = s.call("GET", "/notes/"+id+"/revisions", "")
		if revs, _ := got["revisions"].([]any); resp.StatusCode != 200 || len(revs) != 2 {
			t.Error(got)
		}
		if _, got = s.call("GET", "/notes/"+id+"/revisions/1", ""); got["title"] != "Film capacity" || !strings.Contains(got["body"].(string), "Hidden.") {
			t.Error(got)
		}
		resp, got = s.call("DELETE", "/notes/"+id+"/publication?reason=Wrong+sample.", "")
		if resp.StatusCode != http.StatusOK || got["status"] != "retracted" {
			t.Error(resp.StatusCode, got)
		}
		if resp, body := h.stranger(t).get("/notes/film-capacity"); resp.StatusCode != http.StatusGone || !strings.Contains(body, "Wrong sample.") {
			t.Errorf("the page: %d", resp.StatusCode)
		}
		if got := h.verbs(t, "note", id); got != "note.created note.saved note.published note.retracted" {
			t.Errorf("journal: %s", got)
		}
	})
}

func TestACreateWithAKeyMakesOneNote(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		ids := make([]string, 5)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				resp, got := s.call("POST", "/notes", `{"title":"Once"}`, "Idempotency-Key", "k1")
				if resp.StatusCode != http.StatusCreated {
					t.Errorf("%d %v", resp.StatusCode, got)
					return
				}
				ids[i], _ = got["id"].(string)
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id == "" || id != ids[0] {
				t.Fatalf("several notes: %v", ids)
			}
		}
		resp, _ := s.call("POST", "/notes", `{"title":"Once"}`, "Idempotency-Key", "k1")
		if resp.Header.Get("Idempotency-Replayed") != "true" {
			t.Error("a repeat does not say that it is one")
		}
		if resp, got := s.call("POST", "/notes", `{"title":"Other"}`, "Idempotency-Key", "k1"); resp.StatusCode != 422 || got["code"] != "idempotency_key_reused" {
			t.Error(resp.StatusCode, got)
		}
		if resp, got := s.call("POST", "/notes", `{"title":"Bad","slug":"Not A Slug"}`, "Idempotency-Key", "k2"); resp.StatusCode != 422 {
			t.Error(resp.StatusCode, got)
		}
		if resp, got := s.call("POST", "/notes", `{"title":"Good now"}`, "Idempotency-Key", "k2"); resp.StatusCode != http.StatusCreated {
			t.Error("a failed request has used up its key:", resp.StatusCode, got)
		}
		if _, got := s.call("GET", "/notes", ""); len(got["notes"].([]any)) != 2 {
			t.Errorf("%v", got)
		}
	})
}

// TestWhoMayDoWhat asks every operation of the Admin API without the right to
// it: nobody, a member, a content key, an analyst.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		v := h.publish(t, paid("Held", "Open."))
		contentKey := h.contentKey(t)
		readKey, _, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "reader", Scopes: []identity.Scope{identity.ScopeAdminRead}})
		if err != nil {
			t.Fatal(err)
		}
		reader := h.member(t, "reader@example.com")
		nobody := h.stranger(t)
		asked := 0
		for _, route := range h.node.server.App.GetRoutes(true) {
			if !strings.HasPrefix(route.Path, "/api/admin/v1/") || strings.HasSuffix(route.Path, "/session") || strings.HasSuffix(route.Path, "/me") || strings.HasSuffix(route.Path, "/session/passkey/options") || strings.Contains(route.Path, "openapi") {
				continue
			}
			path := strings.NewReplacer(":id", v.Note.ID.String(), ":comment", v.Note.ID.String(), ":number", "1", ":slug", "held", ":series", "letter", ":month", "2026-07").Replace(route.Path)
			for who, ask := range map[string]func() (*http.Response, string){
				"nobody": func() (*http.Response, string) {
					return nobody.send(route.Method, path, strings.NewReader(`{}`), "Content-Type", "application/json")
				},
				"a member by cookie": func() (*http.Response, string) {
					return reader.send(route.Method, path, strings.NewReader(`{}`), "Content-Type", "application/json", "Sec-Fetch-Site", "same-origin")
				},
				"a member by token": func() (*http.Response, string) {
					return nobody.send(route.Method, path, strings.NewReader(`{}`), "Content-Type", "application/json", "Authorization", "Bearer "+reader.token)
				},
				"a content key": func() (*http.Response, string) {
					return nobody.send(route.Method, path, strings.NewReader(`{}`), "Content-Type", "application/json", "Authorization", "Bearer "+contentKey)
				},
			} {
				resp, body := ask()
				asked++
				// A request that is also malformed may be told so, but never done.
				if resp.StatusCode < 400 || resp.StatusCode >= 500 {
					t.Errorf("%s: %s %s answers %d %.100s", who, route.Method, path, resp.StatusCode, body)
				}
				if resp.StatusCode == 404 && route.Method != http.MethodHead && strings.Contains(body, "note_not_found") {
					t.Errorf("%s: %s %s looked before it asked who", who, route.Method, path)
				}
			}
			if route.Method != http.MethodGet && route.Method != http.MethodHead {
				resp, body := nobody.send(route.Method, path, strings.NewReader(`{}`), "Content-Type", "application/json", "Authorization", "Bearer "+readKey)
				if resp.StatusCode < 400 || resp.StatusCode >= 500 {
					t.Errorf("a key that reads: %s %s answers %d %.100s", route.Method, path, resp.StatusCode, body)
				}
			}
		}
		if asked < 100 {
			t.Errorf("only %d requests", asked)
		}
		if again := must(h.desk.Draft(h.staff, v.Note.ID)); again.Note.Version != v.Note.Version || again.Note.Status != v.Note.Status {
			t.Error("somebody changed the note")
		}
	})
}

func TestTheDesksSession(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		must(h.identity.CreateStaff(h.staff, identity.CreateStaff{Email: "ana@example.com", Name: "Ana", Role: identity.Analyst, Password: "a long enough password"}))
		v := h.stranger(t)
		send := func(method, path, body string, header ...string) (int, map[string]any) {
			resp, text := v.send(method, "/api/admin/v1"+path, strings.NewReader(body), append([]string{"Content-Type", "application/json", "Sec-Fetch-Site", "same-origin"}, header...)...)
			var out map[string]any
			_ = json.Unmarshal([]byte(text), &out)
			return resp.StatusCode, out
		}
		wrong := func(email, password string) string {
			status, got := send("POST", "/session", fmt.Sprintf(`{"email":%q,"password":%q}`, email, password))
			return fmt.Sprint(status, got["code"], got["detail"])
		}
		if a, b := wrong("ana@example.com", "not the password"), wrong("nobody@example.com", "not the password"); a != b || !strings.HasPrefix(a, "401") {
			t.Errorf("known and unknown addresses differ: %s, %s", a, b)
		}
		if status, got := send("POST", "/session", `{"email":"ana@example.com","password":"a long enough password"}`); status != 200 || got["role"] != "analyst" {
			t.Fatal(status, got)
		}
		status, me := send("GET", "/session", "")
		if caps, _ := me["capabilities"].([]any); status != 200 || me["name"] != "Ana" || len(caps) != 3 {
			t.Error(status, me)
		}
		status, made := send("POST", "/notes", `{"title":"Hers","abstract":"A.","body":"Text."}`)
		if status != http.StatusCreated {
			t.Fatal(status, made)
		}
		if status, got := send("PUT", "/notes/"+made["id"].(string)+"/publication", ""); status != 403 || got["code"] != "capability_missing" {
			t.Error("an analyst publishes:", status, got)
		}
		if status, got := send("POST", "/notes", `{"title":"Forged"}`, "Sec-Fetch-Site", "cross-site"); status != 403 || got["code"] != "cross_origin" {
			t.Error("another site rides on the cookie:", status, got)
		}
		if status, _ := send("DELETE", "/session", ""); status != http.StatusNoContent {
			t.Error(status)
		}
		if status, _ := send("GET", "/session", ""); status != http.StatusUnauthorized {
			t.Error("still signed in:", status)
		}
	})
}

func pngOf(t *testing.T, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, size, size))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicturesByScript(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		upload := func(name string, content []byte) (int, map[string]any) {
			var form bytes.Buffer
			w := multipart.NewWriter(&form)
			part := must(w.CreateFormFile("file", name))
			_, _ = part.Write(content)
			_ = w.WriteField("alt", "A grey square")
			_ = w.Close()
			resp, text := s.send("POST", "/api/admin/v1/pictures", &form, "Authorization", "Bearer "+s.key, "Content-Type", w.FormDataContentType())
			var out map[string]any
			if err := json.Unmarshal([]byte(text), &out); err != nil {
				t.Fatalf("%d %s", resp.StatusCode, text)
			}
			return resp.StatusCode, out
		}
		status, pic := upload("square.png", pngOf(t, 1200))
		if status != http.StatusCreated || pic["alt"] != "A grey square" || pic["width"] != 1200.0 {
			t.Fatal(status, pic)
		}
		if status, again := upload("square.png", pngOf(t, 1200)); status != http.StatusOK || again["id"] != pic["id"] {
			t.Error(status, again)
		}
		if status, got := upload("evil.png", []byte("<svg onload=alert(1)>")); status < 400 || status >= 500 || got["code"] == nil {
			t.Error(status, got)
		}
		resp, body := h.stranger(t).get(pic["url"].(string))
		if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "image/png" {
			t.Error(resp.StatusCode, resp.Header)
		}
		if cfg, err := png.DecodeConfig(strings.NewReader(body)); err != nil || cfg.Width != 1200 {
			t.Error(cfg, err)
		}
		resp, made := s.call("POST", "/notes", fmt.Sprintf(`{"title":"With cover","abstract":"A.","body":"Text.","cover":%q,"cover_alt":"Square"}`, pic["id"]))
		if resp.StatusCode != http.StatusCreated || made["cover"] != pic["id"] {
			t.Fatal(resp.StatusCode, made)
		}
		if resp, got := s.call("POST", "/notes", `{"title":"Bad cover","cover":"x"}`); resp.StatusCode != 422 {
			t.Error(resp.StatusCode, got)
		}
		s.call("PUT", "/notes/"+made["id"].(string)+"/publication", "")
		_, text := h.stranger(t).get("/api/content/v1/notes/with-cover", "X-Api-Key", h.contentKey(t))
		if !strings.Contains(text, pic["url"].(string)) {
			t.Errorf("the front end does not get the cover: %s", text)
		}
	})
}

func TestListsPlansMembersKeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		resp, plan := s.call("PUT", "/plans/reader", `{"name":"Reader","visible":true,"benefits":["All"],"prices":[{"interval":"year","amount":49000,"currency":"usd"}]}`)
		if resp.StatusCode != 200 || plan["slug"] != "reader" {
			t.Fatal(resp.StatusCode, plan)
		}
		eventually(t, "Stripe knows the plan", func() bool {
			_, got := s.call("GET", "/plans", "")
			list, _ := got["plans"].([]any)
			first, _ := list[0].(map[string]any)
			return first["mirrored"] == true
		})
		h.member(t, "ada@example.com")
		_, got := s.call("GET", "/members?search=ada", "")
		if list, _ := got["members"].([]any); len(list) != 1 {
			t.Error(got)
		}
		if resp, got := s.call("GET", "/members?limit=0", ""); resp.StatusCode != 422 {
			t.Error(resp.StatusCode, got)
		}
		for slug, name := range map[string]string{"/series/letter": "Letter", "/topics/film": "Film", "/authors/ada": "Ada"} {
			if resp, got := s.call("PUT", slug, `{"name":"`+name+`"}`); resp.StatusCode != 200 {
				t.Error(slug, resp.StatusCode, got)
			}
		}
		if resp, got := s.call("PUT", "/series/letter/issues/2026-07", `{"title":"Rain","number":7}`); resp.StatusCode != 200 || got["label"] != "July 2026" {
			t.Error(resp.StatusCode, got)
		}
		_, cat := s.call("GET", "/catalogue", "")
		if len(cat["series"].([]any))+len(cat["topics"].([]any))+len(cat["authors"].([]any))+len(cat["issues"].([]any)) != 4 {
			t.Error(cat)
		}
		if resp, got := s.call("GET", "/journal?subject=plan", ""); resp.StatusCode != 200 || len(got["entries"].([]any)) == 0 {
			t.Error(resp.StatusCode, got)
		}
		t.Run("keys are made by staff, shown once, and end", func(t *testing.T) {
			if resp, got := s.call("POST", "/keys", `{"name":"x","scopes":["content.read"]}`); resp.StatusCode != http.StatusForbidden {
				t.Error("a key makes keys:", resp.StatusCode, got)
			}
		})
		resp, profile := s.call("GET", "/publication", "")
		if resp.StatusCode != 200 || profile["name"] != "LightTrends" {
			t.Error(resp.StatusCode, profile)
		}
		if resp, got := s.call("PUT", "/publication", `{"name":"Cold Side","time_zone":"Europe/London","contact":{}}`); resp.StatusCode != 200 || got["name"] != "Cold Side" {
			t.Error(resp.StatusCode, got)
		}
		if _, page := h.stranger(t).get("/"); !strings.Contains(page, "Cold Side") {
			t.Error("the portal does not show the new name")
		}
	})
}

func TestTheOpenAPIDocuments(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: "sqlite"})
	for prefix, least := range map[string]int{"/api/admin/v1": 20, "/api/content/v1": 2, "/api/member/v1": 4} {
		resp, text := h.stranger(t).get(prefix + "/openapi.json")
		var doc struct {
			OpenAPI string
			Paths   map[string]map[string]struct {
				OperationID string
				Summary     string
				Responses   map[string]any
			}
		}
		if err := json.Unmarshal([]byte(text), &doc); resp.StatusCode != 200 || err != nil || !strings.HasPrefix(doc.OpenAPI, "3.1") {
			t.Fatalf("%s: %d %v", prefix, resp.StatusCode, err)
		}
		ops := 0
		for path, methods := range doc.Paths {
			if !strings.HasPrefix(path, prefix) {
				t.Errorf("%s is in the document of %s", path, prefix)
			}
			for method, op := range methods {
				ops++
				if op.OperationID == "" || op.Summary == "" || len(op.Responses) < 2 {
					t.Errorf("%s %s is not described", method, path)
				}
			}
		}
		if ops < least {
			t.Errorf("%s: %d operations", prefix, ops)
		}
	}
}
