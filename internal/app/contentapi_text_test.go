package app

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

// TestRemarksStayAtTheDesk: what colleagues say to each other in comments is in
// no form of a text that readers get.
func TestRemarksStayAtTheDesk(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		key, payer := h.contentKey(t), h.subscriber(t, "payer@example.com", "reader")
		v := h.publish(t, paid("Numbers", "Open <!-- zqone -->.\n\n<!-- paywall -->\n\nHidden words. <!-- zqtwo -->\n\n<!--\nzqthree\n-->\n\n```\n<!-- in code -->\n```\n"))
		for _, path := range []string{
			"/api/content/v1/notes/numbers", "/api/content/v1/notes/numbers?format=markdown", "/api/content/v1/notes/numbers?format=text",
			"/api/content/v1/notes/numbers/versions/1?format=markdown", "/notes/numbers.md", "/notes/numbers/v/1.md", "/notes/numbers",
		} {
			resp, body := payer.get(path, "X-Api-Key", key)
			if resp.StatusCode != 200 || !strings.Contains(body, "Hidden words.") || strings.Contains(body, "zq") || strings.Contains(body, "paywall -->") || !strings.Contains(body, "in code") {
				t.Errorf("%s: %d %s", path, resp.StatusCode, body)
			}
		}
		t.Run("nor in what a webhook is given", func(t *testing.T) {
			text := must(texts{h.rooms}.Text(t.Context(), v.Note.ID, *v.Note.LiveRevision))
			if text == nil || strings.Contains(text.Markdown, "zq") || !strings.Contains(text.Markdown, "in code") {
				t.Errorf("%+v", text)
			}
		})
	})
}

// TestWordsOfOursAreInThePublicationsLanguage, from the moment it is chosen: the
// titles of callouts and what stands under a teaser, in whatever is given out.
// An address of the portal may name another language.
func TestWordsOfOursAreInThePublicationsLanguage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		key, payer := h.contentKey(t), h.subscriber(t, "payer@example.com", "reader")
		v := h.publish(t, paid("Numbers", "> [!NOTE]\n> Open.\n\n<!-- paywall -->\n\n> [!WARNING]\n> Hidden words.\n"))
		check := func(in string, want map[string]string) {
			t.Helper()
			for path, words := range want {
				who, address := h.stranger(t), path
				if rest, pays := strings.CutPrefix(path, "payer "); pays {
					who, address = payer, rest
				}
				resp, body := who.get(address, "X-Api-Key", key)
				if resp.StatusCode != 200 || !strings.Contains(body, words) {
					t.Errorf("%s: %s: %d %s", in, path, resp.StatusCode, body)
				}
			}
			if text := must(texts{h.rooms}.Text(t.Context(), v.Note.ID, *v.Note.LiveRevision)); !strings.Contains(text.HTML, want["payer /api/content/v1/notes/numbers"]) {
				t.Errorf("%s: a webhook is given %s", in, text.HTML)
			}
		}
		check("English", map[string]string{
			"/api/content/v1/notes/numbers":       ">Note</p>",
			"payer /api/content/v1/notes/numbers": ">Warning</p>",
			"/notes/numbers.md":                   "The rest of this note is for subscribers",
			"/de/notes/numbers.md":                "Der Rest dieses Beitrags ist für Abonnenten: [Abonnements](" + h.cfg.BaseURL + "/de/plans)",
		})
		if _, _, err := h.publication.Change(h.staff, "", func(s *publication.Settings) { s.Language = "de" }); err != nil {
			t.Fatal(err)
		}
		check("German", map[string]string{
			"/api/content/v1/notes/numbers":       ">Hinweis</p>",
			"payer /api/content/v1/notes/numbers": ">Warnung</p>",
			"/notes/numbers.md":                   "Der Rest dieses Beitrags ist für Abonnenten: [Abonnements](" + h.cfg.BaseURL + "/plans)",
			"/en/notes/numbers.md":                "The rest of this note is for subscribers: [plans](" + h.cfg.BaseURL + "/en/plans)",
		})
	})
}

func TestAVersionIsFoundByTheIDOfItsNote(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		id := s.idOf(t, "beta")
		in := must(s.desk.Draft(s.staff, id)).Input()
		in.Slug, in.Abstract = "beta-two", "Another."
		must(s.desk.Save(s.staff, id, 0, in))
		must(s.desk.Publish(s.staff, id, content.Publish{}))
		for path, want := range map[string]string{
			"/notes/" + id.String() + "/versions/1": "Second.", "/notes/" + id.String() + "/versions/2": "Another.", "/notes/" + id.String(): "Another.",
		} {
			if resp, body := s.ask(path); resp.StatusCode != 200 || !strings.Contains(body, `"abstract":"`+want) {
				t.Errorf("%s: %d %.300s", path, resp.StatusCode, body)
			}
		}
		for path, code := range map[string]string{
			"/notes/" + id.String() + "/versions/9": "version_not_found", "/notes/" + uuid.NewString() + "/versions/1": "note_not_found",
		} {
			if resp, body := s.ask(path); resp.StatusCode != 404 || !strings.Contains(body, code) {
				t.Errorf("%s: %d %s", path, resp.StatusCode, body)
			}
		}
	})
}

// TestAProgramFetchesAttachments: the files that a note names are to be had with
// the token that opened the note, also by a page of a front end.
func TestAProgramFetchesAttachments(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		payer, free := h.subscriber(t, "payer@example.com", "reader"), h.member(t, "free@example.com")
		a := h.attach(t, h.publish(t, paid("Numbers", "Open.\n\n<!-- paywall -->\n\nHidden.\n")), "sums.csv", "year,sum\n2026,42\n", media.AsNote)
		const front, elsewhere = "https://front.example", "https://elsewhere.example"
		key := h.frontEndKey(t, []string{front}, nil)
		script, made := payer.personal(identity.TokenContent)
		assistant, _ := payer.personal(identity.TokenMCP)
		others, _ := free.personal(identity.TokenContent)

		var note struct{ Attachments []struct{ URL string } }
		if _, body := h.stranger(t).get("/api/content/v1/notes/numbers", "X-Api-Key", key, "Authorization", "Bearer "+script); json.Unmarshal([]byte(body), &note) != nil || len(note.Attachments) != 1 || !strings.HasSuffix(note.Attachments[0].URL, a.Address()) {
			t.Fatal(body)
		}
		for _, x := range []struct {
			who, token string
			status     int
		}{
			{"a script", script, 200}, {"somebody else's script", others, 403}, {"an assistant", assistant, 403}, {"nobody", script[:len(script)-1] + "_", 401},
		} {
			if resp, body := h.stranger(t).get(a.Address(), "Authorization", "Bearer "+x.token); resp.StatusCode != x.status || strings.Contains(body, "2026,42") != (x.status == 200) {
				t.Errorf("%s: %d %s", x.who, resp.StatusCode, body)
			}
		}
		for origin, allow := range map[string]string{front: front, elsewhere: ""} {
			if resp, _ := h.stranger(t).get(a.Address(), "Authorization", "Bearer "+script, "Origin", origin); resp.Header.Get("Access-Control-Allow-Origin") != allow || !strings.Contains(resp.Header.Get("Vary"), "Origin") {
				t.Errorf("%s: %v", origin, resp.Header)
			}
		}
		t.Run("until it is revoked", func(t *testing.T) {
			ctx := actor.With(t.Context(), must(h.identity.Resolve(t.Context(), payer.token)).Actor())
			if err := h.identity.RevokeMemberToken(ctx, made.ID); err != nil {
				t.Fatal(err)
			}
			if resp, body := h.stranger(t).get(a.Address(), "Authorization", "Bearer "+script); resp.StatusCode != 401 || strings.Contains(body, "2026,42") {
				t.Errorf("%d %s", resp.StatusCode, body)
			}
		})
	})
}
