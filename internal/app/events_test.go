package app

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// ear is an open stream of events.
type ear struct {
	t    *testing.T
	res  *http.Response
	text *bufio.Reader
}

func (v *visitor) hear(path string, header ...string) *ear {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.house.cfg.BaseURL+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() { _ = res.Body.Close() })
	e := &ear{v.t, res, bufio.NewReader(res.Body)}
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		v.t.Fatalf("%s: %d %v", path, res.StatusCode, res.Header)
	}
	e.line() // it listens from now on
	return e
}

func (e *ear) line() string {
	e.t.Helper()
	line, err := e.text.ReadString('\n')
	if err != nil {
		e.t.Fatal(err)
	}
	return strings.TrimRight(line, "\n")
}

// next gives the next event.
func (e *ear) next() (id, kind, data string) {
	e.t.Helper()
	for {
		line := e.line()
		switch name, value, _ := strings.Cut(line, ": "); name {
		case "id":
			id = value
		case "event":
			kind = value
		case "data":
			return id, kind, value
		}
	}
}

// TestStaffAndBuildersHearWhatHappens listens over HTTP, leaves and comes back.
func TestStaffAndBuildersHearWhatHappens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		key := h.contentKey(t)
		builder := h.stranger(t)
		desk := olga.hear("/api/admin/v1/events?types=note.*")
		outside := builder.hear("/api/content/v1/events", "X-Api-Key", key)
		v := h.publish(t, paid("Film", "Open.\n\n<!-- paywall -->\n\nHidden words."))
		_, kind, _ := desk.next()
		for kind != "note.published" {
			_, kind, _ = desk.next()
		}
		last, kind, data := outside.next()
		if kind != "note.published" || !strings.Contains(data, v.Note.ID.String()) || strings.Contains(data, "film") || strings.Contains(data, "Hidden words") || strings.Contains(data, `"details"`) {
			t.Errorf("%s %s", kind, data)
		}
		_ = outside.res.Body.Close()
		away, too := h.publish(t, paid("Away", "Open.")), h.publish(t, paid("Away too", "Open."))
		back := builder.hear("/api/content/v1/events?key="+key, "Last-Event-ID", last)
		for _, want := range []string{away.Note.ID.String(), too.Note.ID.String()} {
			if _, kind, data := back.next(); kind != "note.published" || !strings.Contains(data, want) {
				t.Errorf("after coming back: %s %s, want %s", kind, data, want)
			}
		}
		for path, want := range map[string]int{
			"/api/content/v1/events": http.StatusUnauthorized, "/api/admin/v1/events": http.StatusUnauthorized,
			"/api/content/v1/events?types=member.*&key=" + key: http.StatusBadRequest, "/api/content/v1/events?colour=red&key=" + key: http.StatusBadRequest,
		} {
			if resp, text := builder.get(path); resp.StatusCode != want {
				t.Errorf("%s: %d %.200s", path, resp.StatusCode, text)
			}
		}
		ana := h.hire(t, "ana@example.com", identity.Analyst)
		if resp, _ := ana.get("/api/admin/v1/events?types=member.*"); resp.StatusCode != http.StatusForbidden {
			t.Error("an analyst hears of members:", resp.StatusCode)
		}
		began := time.Now()
		h.node.stop()
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("the stop took %s", took)
		}
		if _, err := back.text.ReadString(0); err == nil || strings.Contains(err.Error(), "reset") {
			t.Error("the stream was cut off:", err)
		}
	})
}
