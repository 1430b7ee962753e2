package app

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

// happen journals n things that a colleague with a name did.
func (h *house) happen(t *testing.T, n int, verb string, who actor.Actor) {
	t.Helper()
	err := h.db.Tx(actor.With(t.Context(), who), func(ctx context.Context) error {
		for i := range n {
			if err := h.journal.Record(ctx, journal.Event{Verb: verb, Subject: "thing", ID: fmt.Sprint(i), Payload: map[string]any{"n": i}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheAuditLogOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		ana := h.hire(t, "ana@example.com", identity.Editor)
		h.happen(t, 1203, "thing.moved", actor.Actor{Kind: actor.System, Name: `=HYPERLINK("http://evil.example","x")`})
		h.happen(t, 2, "thinge.moved", actor.Actor{Kind: actor.Staff, ID: ana.staff.ID, Name: "Ana"})

		seen, cursor, pages := map[string]bool{}, "", 0
		for {
			_, got := olga.call("GET", "/journal?verb=thing.&limit=500&cursor="+cursor, "")
			entries, _ := got["entries"].([]any)
			for _, x := range entries {
				entry, _ := x.(map[string]any)
				seen[entry["id"].(string)] = true
			}
			pages++
			if cursor, _ = got["next"].(string); cursor == "" || pages > 5 {
				break
			}
		}
		if len(seen) != 1203 || pages != 3 {
			t.Errorf("%d entries on %d pages", len(seen), pages)
		}
		count := func(query string) int {
			t.Helper()
			status, got := olga.call("GET", "/journal?limit=500&"+query, "")
			if status != http.StatusOK {
				t.Error(query, status, got)
			}
			entries, _ := got["entries"].([]any)
			return len(entries)
		}
		later := url.QueryEscape(time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
		for query, want := range map[string]int{
			"actor=" + ana.staff.ID.String(): 3, // two things, and her sign-in
			"actor=system&verb=thinge.moved": 0,
			"actor=staff&subject=thing":      2,
			"subject=thing&id=1":             2,
			"verb=staff.created":             2,
			"verb=thing.&from=" + later:      0,
			"verb=staff.&to=" + later:        4,
			"verb=thing_.":                   0, // no pattern
		} {
			if got := count(query); got != want {
				t.Errorf("%s: %d", query, got)
			}
		}
		if got := told(olga.call("GET", "/journal?cursor=nonsense", "")); got != "422 invalid_input cursor:bad_cursor" {
			t.Error(got)
		}
		if got := told(ana.call("GET", "/journal", "")); got != "403 capability_missing" {
			t.Error(got)
		}

		resp, text := olga.send("GET", "/api/admin/v1/journal.csv?verb=thing.", nil)
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/csv; charset=utf-8" || len(rows) != 1204 {
			t.Fatal(resp.StatusCode, resp.Header, len(rows), err)
		}
		if resp.Header.Get("Content-Disposition") == "" || resp.Header.Get("Cache-Control") != "private, no-store" {
			t.Error(resp.Header)
		}
		for _, row := range rows[1:] {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
					t.Fatalf("a spreadsheet would take %q for a formula", cell)
				}
			}
		}
		if count("verb=journal.exported") != 1 {
			t.Error("the export is not in the journal")
		}
		if resp, _ := ana.send("GET", "/api/admin/v1/journal.csv", nil); resp.StatusCode != http.StatusForbidden {
			t.Error(resp.StatusCode)
		}
	})
}
