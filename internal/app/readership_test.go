package app

import (
	"encoding/json"
	"strings"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

// TestWhatIsOpenedIsCountedAndNobody: openings by people, wherever they read,
// and nothing that tells who they were.
func TestWhatIsOpenedIsCountedAndNobody(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		key := h.contentKey(t)
		h.publish(t, paid("The wait", "Open.\n\n<!-- paywall -->\n\nHidden.\n"))
		reader, free, stranger := h.subscriber(t, "reader@example.com", "reader"), h.member(t, "free@example.com"), h.stranger(t)
		const person = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
		for v, times := range map[*visitor]int{reader: 2, free: 1, stranger: 3} {
			for range times {
				v.get("/notes/the-wait", "User-Agent", person)
			}
		}
		stranger.get("/notes/the-wait", "User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)")
		stranger.get("/notes/the-wait", "User-Agent", person, "Sec-Purpose", "prefetch")
		stranger.get("/notes/the-wait/card.png", "User-Agent", person)
		stranger.get("/", "User-Agent", person)
		stranger.get("/notes/no-such-note", "User-Agent", person)
		stranger.note(key, "the-wait", "User-Agent", person)
		if err := h.readership.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}

		admin := "Bearer " + h.adminKey(t)
		resp, text := stranger.get("/api/admin/v1/readership", "Authorization", admin)
		var got struct {
			Total    map[string]int64
			Days     []struct{ Day string }
			Surfaces []struct {
				Surface string
				Teasers int64
			}
			Notes []struct {
				Title string
				Whole int64
			}
		}
		if err := json.Unmarshal([]byte(text), &got); err != nil || resp.StatusCode != 200 {
			t.Fatalf("%d %s", resp.StatusCode, text)
		}
		for name, want := range map[string]int64{"whole": 2, "teasers": 5, "strangers": 4, "members": 1, "subscribers": 2} {
			if got.Total[name] != want {
				t.Errorf("%s: %d, want %d", name, got.Total[name], want)
			}
		}
		if len(got.Days) != 1 || len(got.Notes) != 1 || got.Notes[0].Title != "The wait" || got.Notes[0].Whole != 2 || len(got.Surfaces) != 2 || got.Surfaces[1].Surface != "content-api" {
			t.Errorf("%+v", got)
		}
		if _, csv := stranger.get("/api/admin/v1/readership/notes.csv", "Authorization", admin); !strings.Contains(csv, "the-wait,The wait,2,5,4,1,2") {
			t.Errorf("the file: %s", csv)
		}
		if resp, _ := stranger.get("/api/admin/v1/readership?from=2026-13-01", "Authorization", admin); resp.StatusCode != 422 {
			t.Errorf("a day that there is not: %d", resp.StatusCode)
		}
		if resp, _ := stranger.get("/api/admin/v1/readership"); resp.StatusCode != 401 {
			t.Errorf("a stranger: %d", resp.StatusCode)
		}
		var columns []string
		query := "SELECT column_name FROM information_schema.columns WHERE table_name = 'readership' ORDER BY 1"
		if e.Name == "sqlite" {
			query = "SELECT name FROM pragma_table_info('readership') ORDER BY 1"
		}
		if err := h.db.Read(t.Context()).Raw(query).Scan(&columns).Error; err != nil || strings.Join(columns, " ") != "audience day note_id openings surface whole" {
			t.Errorf("the rows have %v, %v", columns, err)
		}
	})
}
