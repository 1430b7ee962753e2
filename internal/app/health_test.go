package app

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/mail"
)

func TestHealthOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		ana := h.hire(t, "ana@example.com", identity.Editor)
		h.member(t, "ada@example.com") // a letter goes out
		eventually(t, "the letter is counted", func() bool {
			_, got := olga.call("GET", "/health", "")
			m, _ := got["mail"].(map[string]any)
			return m["sent"] == 1.
		})
		// Two jobs that did not go well.
		h.exec(t, `INSERT INTO river_job (state, kind, args, attempt, max_attempts, queue, priority, scheduled_at, created_at, finalized_at)
			VALUES ('discarded', 'test.broken', '{}', 3, 3, 'other', 1, '2026-01-02 03:04:05', '2026-01-02 03:04:05', '2026-01-02 03:04:05')`)
		h.exec(t, `INSERT INTO river_job (state, kind, args, attempt, max_attempts, queue, priority, scheduled_at, created_at)
			VALUES ('available', 'test.waits', '{}', 0, 3, 'other', 1, '2026-01-02 03:04:05', '2026-01-02 03:04:05')`)
		status, got := olga.call("GET", "/health", "")
		d, _ := got["database"].(map[string]any)
		j, _ := got["jobs"].(map[string]any)
		s, _ := got["stripe"].(map[string]any)
		f, _ := got["storage"].(map[string]any)
		m, _ := got["mail"].(map[string]any)
		if status != http.StatusOK || d["engine"] != string(e.Name) || d["size_bytes"].(float64) < 10_000 || d["version"] == "" || d["schema"].(float64) < 22 {
			t.Error(status, d)
		}
		failing, _ := j["failing"].([]any)
		if j["failed"] != 1. || j["queued"].(float64) < 1 || len(failing) != 1 || !strings.HasPrefix(j["oldest_queued_at"].(string), "2026-01-02T03:04:05") {
			t.Error(j)
		}
		if x, _ := failing[0].(map[string]any); x["kind"] != "test.broken" || x["attempt"] != 3. || x["state"] != "discarded" {
			t.Error(failing)
		}
		if s["mode"] != "stand-in" || f["kind"] != "disk" || f["free_bytes"].(float64) <= 0 || m["mode"] != "mailbox" {
			t.Error(s, f, m)
		}
		if got := told(ana.call("GET", "/health", "")); got != "403 capability_missing" {
			t.Error(got)
		}
	})
}

type deafMailer struct{ err error }

func (d deafMailer) Send(context.Context, mail.Letter) error { return d.err }

func TestThePostOfficeCounts(t *testing.T) {
	t.Parallel()
	var noted []bool
	p := &postOffice{mailer: deafMailer{errors.New("down")}, clock: clock.System{}, note: func(_ context.Context, _ mail.Letter, refused bool) {
		noted = append(noted, refused)
	}}
	r := &rooms{post: p}
	if p.Send(t.Context(), mail.Letter{}) == nil {
		t.Error("the failure is lost")
	}
	h := r.mailHealth()
	if h.Failed != 1 || h.Sent != 0 || h.LastFailureAt == nil || !strings.Contains(h.LastFailure, "tried again") || strings.Contains(h.LastFailure, "down") {
		t.Errorf("%+v", h)
	}
	p.mailer = deafMailer{}
	if err := p.Send(t.Context(), mail.Letter{}); err != nil || r.mailHealth().Sent != 1 {
		t.Error(err)
	}
	if !slices.Equal(noted, []bool{false}) { // what is tried again is not written down yet
		t.Error(noted)
	}
}
