package app

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

const proofNote = `{"title":"Film in proof","abstract":"Booked.","body":"Openly.\n\n<!-- paywall -->\n\nThe hidden bench.\n","gate":"plans","gate_plans":["house"]}`

// path takes the origin off an address.
func (h *house) path(url any) string {
	s, _ := url.(string)
	return strings.TrimPrefix(s, h.cfg.BaseURL)
}

func TestPreviewLinksOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		h.plan(t, "house", 1)
		ana, eva := h.colleague(t, "Ana", identity.Analyst), h.colleague(t, "Eva", identity.Editor)
		id, _ := ana.want(201, "", "POST", "/notes", proofNote)["id"].(string)
		links := "/notes/" + id + "/preview-links"
		link := func(body string) (address, link string) {
			made := ana.want(201, "", "POST", links, body)
			link, _ = made["id"].(string)
			return h.path(made["url"]), link
		}
		reader := h.stranger(t)

		t.Run("each kind of reader sees what the gate lets them", func(t *testing.T) {
			for body, tt := range map[string]struct {
				full bool
				says string
			}{
				`{"audience":"anonymous"}`:            {false, "not logged in"},
				`{"audience":"free"}`:                 {false, "with a free account"},
				`{"audience":"lapsed"}`:               {false, "Your subscription has ended"},
				`{"audience":"plan","plan":"reader"}`: {false, "This note comes with another plan"},
				`{"audience":"plan","plan":"house"}`:  {true, "as a subscriber to"},
				`{"audience":"full"}`:                 {true, "in full"},
			} {
				address, _ := link(body)
				resp, page := reader.get(address)
				if resp.StatusCode != http.StatusOK || strings.Contains(page, "hidden bench") != tt.full || !strings.Contains(page, tt.says) || !strings.Contains(page, "Openly.") {
					t.Errorf("%s: %d, gated text %v", body, resp.StatusCode, strings.Contains(page, "hidden bench"))
				}
				for name, want := range map[string]string{
					"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer", "ETag": "",
				} {
					if got := resp.Header.Get(name); got != want {
						t.Errorf("%s: %s is %q", body, name, got)
					}
				}
				if !strings.Contains(resp.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
					t.Error("a link for others may be framed")
				}
				for _, not := range []string{"ld+json", "canonical", "og:title", strings.TrimPrefix(address, "/preview/")} {
					if strings.Contains(page, not) {
						t.Errorf("%s: the page holds %q", body, not)
					}
				}
				if !strings.Contains(page, `<meta name="robots" content="noindex">`) || !strings.Contains(page, "Preview of a draft") {
					t.Errorf("%s: the page does not say what it is", body)
				}
			}
			if resp, _ := reader.get("/notes/film-in-proof"); resp.StatusCode != http.StatusNotFound {
				t.Errorf("the draft is at its address: %d", resp.StatusCode)
			}
		})

		t.Run("it shows the draft of the moment, and counts", func(t *testing.T) {
			address, made := link(`{"audience":"full","label":"For the client"}`)
			_, before := reader.get(address)
			ana.want(200, "", "PATCH", "/notes/"+id, `{"body":"Openly.\n\n<!-- paywall -->\n\nThe hidden bank.\n","autosave":true}`, "If-Match", "*")
			_, first := reader.get(address)
			ana.want(200, "", "PATCH", "/notes/"+id, `{"body":"Openly.\n\n<!-- paywall -->\n\nThe hidden bench.\n","autosave":true}`, "If-Match", "*")
			_, second := reader.get(address)
			if !strings.Contains(before, "hidden bench") || !strings.Contains(first, "hidden bank") || !strings.Contains(second, "hidden bench") {
				t.Error("an earlier draft is shown")
			}
			reader.send("HEAD", address, nil)
			for i := range 20 {
				x, _ := dig(ana.want(200, "", "GET", links, ""), "links", i).(map[string]any)
				if x["id"] == made && (x["opened"] != 3.0 || x["opened_at"] == nil || x["label"] != "For the client" || x["state"] != "open" || x["url"] != nil) {
					t.Errorf("listed as %v", x)
				}
			}
		})

		t.Run("dead ones say so", func(t *testing.T) {
			revoked, made := link(`{"audience":"full"}`)
			ana.want(204, "", "DELETE", links+"/"+made, "")
			ana.want(204, "", "DELETE", links+"/"+made, "")
			ana.want(404, "preview_link_not_found", "DELETE", links+"/"+id, "")
			expired, short := link(fmt.Sprintf(`{"audience":"full","expires_at":%q}`, h.clock.Now().Add(time.Hour).Format(time.RFC3339)))
			lasting, _ := link(`{"audience":"full"}`)
			view := h.path(ana.want(201, "", "POST", "/notes/"+id+"/views", `{"audience":"full"}`)["url"])
			gone := func(address, says string) {
				t.Helper()
				resp, page := reader.get(address)
				if resp.StatusCode != http.StatusGone || !strings.Contains(page, says) || strings.Contains(page, "hidden") || resp.Header.Get("Cache-Control") != "private, no-store" {
					t.Errorf("%d %s", resp.StatusCode, says)
				}
			}
			gone(revoked, "closed by the people who sent it")
			if resp, page := reader.get(view); resp.StatusCode != 200 || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "frame-ancestors 'self'") || !strings.Contains(page, "hidden bench") {
				t.Errorf("the desk's own look: %d", resp.StatusCode)
			}
			if err := h.db.Tx(t.Context(), func(ctx context.Context) error {
				return h.db.Write(ctx).Exec("UPDATE preview_links SET expires_at = ? WHERE brief = ? OR id = ?", h.clock.Now(), true, short).Error
			}); err != nil {
				t.Fatal(err)
			}
			gone(expired, "has expired")
			gone(view, "has expired")
			eva.want(200, "", "PUT", "/notes/"+id+"/publication", "")
			gone(lasting, "has been published")
			again, _ := link(`{"audience":"anonymous"}`) // of the next draft
			if resp, page := reader.get(again); resp.StatusCode != 200 || !strings.Contains(page, "Preview of changes") {
				t.Errorf("after publication: %d", resp.StatusCode)
			}
			eva.want(200, "", "DELETE", "/notes/"+id+"/publication", "")
			gone(again, "has ended")
		})

		t.Run("bad input", func(t *testing.T) {
			for body, at := range map[string]string{
				`{"audience":"plan"}`:                                            "/plan",
				`{"audience":"plan","plan":"gold"}`:                              "/plan",
				`{"audience":"free","plan":"house"}`:                             "/plan",
				`{"audience":"free","expires_at":"2020-01-01T00:00:00Z"}`:        "/expires_at",
				`{"audience":"free","expires_at":"2100-01-01T00:00:00Z"}`:        "/expires_at",
				`{"audience":"king"}`:                                            "/audience",
				`{"audience":"free","label":"` + strings.Repeat("x", 201) + `"}`: "/label",
			} {
				if got := dig(ana.want(422, "invalid_input", "POST", links, body), "errors", 0, "pointer"); got != at {
					t.Errorf("%s: %v", body, got)
				}
			}
		})
		if got := h.verbs(t, "note", id); strings.Count(got, "note.preview_link_made") != 11 || strings.Count(got, "note.preview_link_revoked") != 1 {
			t.Errorf("journal: %s", got)
		}

		t.Run("who guesses has to wait", func(t *testing.T) {
			for range 30 {
				if resp, page := reader.get("/preview/guess"); resp.StatusCode != http.StatusNotFound || !strings.Contains(page, "There is no such preview") {
					t.Fatal(resp.StatusCode)
				}
			}
			if resp, _ := reader.get("/preview/guess"); resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" {
				t.Errorf("%d", resp.StatusCode)
			}
		})
	})
}

func TestReadersOfDraftsAloneMakeNoLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "house", 0)
		ana := h.colleague(t, "Ana", identity.Analyst)
		id, _ := ana.want(201, "", "POST", "/notes", proofNote)["id"].(string)
		role, _ := h.colleague(t, "Olga", identity.Owner).want(201, "", "POST", "/roles", `{"name":"Looker","capabilities":["notes.read"]}`)["id"].(string)
		lou := h.colleague(t, "Lou", identity.Role(role))
		lou.want(403, "capability_missing", "POST", "/notes/"+id+"/preview-links", `{"audience":"full"}`)
		lou.want(200, "", "GET", "/notes/"+id+"/preview-links", "")
		lou.want(201, "", "POST", "/notes/"+id+"/views", `{"audience":"anonymous"}`)
		lou.want(200, "", "PUT", "/notes/"+id+"/presence", `{"window":"0198a000-0000-7000-8000-00000000beef"}`)
		if got := dig(ana.want(200, "", "GET", "/notes", ""), "notes", 0, "present", 0, "name"); got != "Lou" {
			t.Errorf("the list says that %v is there", got)
		}
		if got := dig(lou.want(200, "", "GET", "/notes", ""), "notes", 0, "present"); got != nil {
			t.Errorf("the list tells Lou of %v", got)
		}
		if resp, got := h.script(t).call("PUT", "/notes/"+id+"/presence", `{"window":"0198a000-0000-7000-8000-00000000beef"}`); resp.StatusCode != 403 || got["code"] != "staff_only" {
			t.Error(resp.StatusCode, got)
		}
	})
}
