package app

import (
	"fmt"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// outcomes tells what became of each note of an act, in order.
func outcomes(a map[string]any) string {
	out := []string{}
	for i := range a["results"].([]any) {
		code, _ := dig(a, "results", i, "code").(string)
		out = append(out, fmt.Sprint(dig(a, "results", i, "outcome"), code))
	}
	return strings.Join(out, " ")
}

func seenNotes(ids ...any) string { // id, version, id, version, …
	list := []string{}
	for i := 0; i < len(ids); i += 2 {
		list = append(list, fmt.Sprintf(`{"id":%q,"version":%d}`, ids[i], ids[i+1]))
	}
	return `"notes":[` + strings.Join(list, ",") + `]`
}

func TestAnActOnManyNotesIsTakenBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana, eva := h.colleague(t, "Ana", identity.Analyst), h.colleague(t, "Eva", identity.Editor)
		for path, name := range map[string]string{"/topics/film": "Film", "/topics/zinc": "Zinc", "/series/letter": "Letter", "/series/digest": "Digest", "/authors/bo-ek": "Bo Ek"} {
			eva.call("PUT", path, fmt.Sprintf(`{"name":%q}`, name))
		}
		note := func(id string) map[string]any { return eva.want(200, "", "GET", "/notes/"+id, "") }
		made := func(title string) string {
			return eva.want(201, "", "POST", "/notes", fmt.Sprintf(`{"title":%q,"abstract":"A.","body":"Text.","topics":["zinc"],"series":"letter"}`, title))["id"].(string)
		}
		acts := 0
		// do acts on notes as they are, and undo takes it back.
		do := func(c *colleague, body string, ids ...string) (act, got string) {
			t.Helper()
			acts++
			var seen []any
			for _, id := range ids {
				seen = append(seen, id, int(note(id)["version"].(float64)))
			}
			a := c.want(200, "", "POST", "/notes/bulk", `{`+body+`,`+seenNotes(seen...)+`}`, "Idempotency-Key", fmt.Sprint("act", acts))
			return a["act"].(string), outcomes(a)
		}
		undo := func(c *colleague, act string) string {
			t.Helper()
			a := c.want(200, "", "POST", "/notes/bulk/"+act+"/undo", "")
			if a["left"] != 0.0 {
				t.Error("left:", a)
			}
			return outcomes(a)
		}

		draft, live, other := made("Draft"), made("Live"), made("Other")
		eva.want(200, "", "PUT", "/notes/"+live+"/publication", "")
		t.Run("fields come back, and a live note has no pending changes", func(t *testing.T) {
			act, got := do(ana, `"action":"set_topics","values":["film"]`, draft, live, other)
			if got != "done done done" || dig(note(live), "changed") != true || dig(note(draft), "topics", 0, "slug") != "film" {
				t.Fatal(got, note(live))
			}
			eva.want(200, "", "PATCH", "/notes/"+other, `{"abstract":"Changed since."}`, "If-Match", "*")
			eva.want(404, "act_not_found", "POST", "/notes/bulk/"+act+"/undo", "")
			got = undo(ana, act)
			if strings.Count(got, "done") != 2 || strings.Count(got, "refusedchanged_since") != 1 {
				t.Error(got)
			}
			if n := note(draft); dig(n, "topics", 0, "slug") != "zinc" || dig(n, "series", "slug") != "letter" || n["body"] != "Text." {
				t.Error(n)
			}
			if n := note(live); n["changed"] != false || dig(n, "topics", 0, "slug") != "zinc" {
				t.Error(n)
			}
			if n := note(other); dig(n, "topics", 0, "slug") != "film" || n["abstract"] != "Changed since." {
				t.Error("somebody's change was taken along:", n)
			}
			if got := undo(ana, act); got != "" {
				t.Error("twice:", got)
			}
		})
		t.Run("authors, series, kind and gate", func(t *testing.T) {
			was := note(draft)
			for _, body := range []string{`"action":"add_author","value":"bo-ek"`, `"action":"set_series","value":"digest"`, `"action":"set_kind","value":"data"`, `"action":"set_gate","value":"public"`} {
				act, got := do(ana, body, draft)
				if got != "done" || undo(ana, act) != "done" {
					t.Fatal(body, got)
				}
				now := note(draft)
				for _, f := range []string{"kind", "gate"} {
					if now[f] != was[f] {
						t.Error(body, f, now[f])
					}
				}
				if dig(now, "series", "slug") != "letter" || len(now["authors"].([]any)) != 0 {
					t.Error(body, now)
				}
			}
		})
		t.Run("the archive, the calendar and the review", func(t *testing.T) {
			act, got := do(eva, `"action":"archive"`, draft, live)
			if got != "done refusednote_is_live" || undo(eva, act) != "done" || note(draft)["status"] != "draft" {
				t.Error(got, note(draft)["status"])
			}
			day := h.clock.Now().AddDate(0, 1, 0).Format("2006-01-02")
			first, _ := do(eva, `"action":"schedule","at":"`+day+`T09:00"`, draft)
			second, _ := do(eva, `"action":"schedule","at":"`+day+`T11:00"`, draft)
			if undo(eva, first) != "refusedchanged_since" || undo(eva, second) != "done" || dig(note(draft), "schedules", 0, "at") != day+"T09:00" {
				t.Error(note(draft)["schedules"])
			}
			eva.want(200, "", "DELETE", "/notes/"+draft+"/schedule", "")
			ask := `"action":"submit","reason":"Look","reviewers":[` + fmt.Sprintf("%q", eva.staff.ID.String()) + `]`
			one, _ := do(ana, ask, draft)
			two, _ := do(ana, `"action":"submit","reason":"Anybody"`, draft)
			if undo(ana, two) != "done" || dig(note(draft), "review", "message") != "Look" || dig(note(draft), "review", "reviewers", 0, "name") != "Eva" {
				t.Error(note(draft)["review"])
			}
			_ = one
			three, _ := do(ana, `"action":"submit"`, other)
			if undo(ana, three) != "done" || note(other)["status"] != "draft" {
				t.Error(note(other)["status"])
			}
		})
		t.Run("what readers have seen stays", func(t *testing.T) {
			a := eva.want(200, "", "POST", "/notes/bulk", `{"action":"publish",`+seenNotes(other, int(note(other)["version"].(float64)))+`}`, "Idempotency-Key", "p")
			if a["reversible"] != false || outcomes(a) != "done" {
				t.Error(a)
			}
			eva.want(404, "act_not_found", "POST", "/notes/bulk/"+a["act"].(string)+"/undo", "")
		})
		t.Run("one name for an act of several requests", func(t *testing.T) {
			const act = "0198a000-0000-7000-8000-0000000000aa"
			a, b := made("A"), made("B")
			for i, id := range []string{a, b} {
				ana.want(200, "", "POST", "/notes/bulk", `{"action":"add_topic","value":"film","act":"`+act+`",`+seenNotes(id, 1)+`}`, "Idempotency-Key", fmt.Sprint("part", i))
			}
			again := ana.want(200, "", "POST", "/notes/bulk", `{"action":"remove_topic","value":"film","act":"`+act+`",`+seenNotes(a, 2)+`}`, "Idempotency-Key", "part3")
			if outcomes(again) != "refusedact_used" || note(a)["version"] != 2.0 {
				t.Error(again, note(a)["version"])
			}
			if undo(ana, act) != "done done" || len(note(a)["topics"].([]any)) != 1 {
				t.Error(note(a))
			}
		})
		t.Run("a day later it is too late", func(t *testing.T) {
			act, _ := do(ana, `"action":"add_topic","value":"film"`, draft)
			h.exec(t, "UPDATE bulk_steps SET done_at = ?", h.clock.Now().AddDate(0, 0, -2))
			ana.want(404, "act_not_found", "POST", "/notes/bulk/"+act+"/undo", "")
			if err := h.desk.ForgetSteps(h.staff); err != nil {
				t.Error(err)
			}
		})
	})
}

func TestEverythingThatFitsIsChosen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		eva := h.colleague(t, "Eva", identity.Editor)
		for i := range 3 {
			eva.want(201, "", "POST", "/notes", fmt.Sprintf(`{"title":"Zinc %d","kind":"data"}`, i))
		}
		eva.want(201, "", "POST", "/notes", `{"title":"Film"}`)
		got := eva.want(200, "", "GET", "/notes/selection?q=zinc&kind=data", "")
		if len(got["notes"].([]any)) != 3 || got["more"] != false || dig(got, "notes", 0, "title") != "Zinc 2" || dig(got, "notes", 0, "version") != 1.0 || dig(got, "notes", 0, "status") != "draft" {
			t.Error(got)
		}
		eva.want(422, "invalid_input", "GET", "/notes/selection?topic=nothing", "")
		if status, _ := eva.call("GET", "/notes/selection?colour=red", ""); status != 400 && status != 422 {
			t.Error("an unknown filter:", status)
		}
	})
}
