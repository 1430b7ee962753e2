package app

import (
	"fmt"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

func TestManyNotesAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana, eva := h.colleague(t, "Ana", identity.Analyst), h.colleague(t, "Eva", identity.Editor)
		eva.want(200, "", "PUT", "/topics/film", `{"name":"Film"}`)
		made := func(fields string) string {
			return eva.want(201, "", "POST", "/notes", `{`+fields+`}`)["id"].(string)
		}
		whole := made(`"title":"Whole","abstract":"A.","body":"Text."`)
		bare := made(`"title":"Bare"`)
		seen := func(version int, ids ...string) string {
			list := []string{}
			for _, id := range ids {
				list = append(list, fmt.Sprintf(`{"id":%q,"version":%d}`, id, version))
			}
			return `"notes":[` + strings.Join(list, ",") + `]`
		}
		got := func(a map[string]any) string {
			out := []string{}
			for i := range a["results"].([]any) {
				code, _ := dig(a, "results", i, "code").(string)
				out = append(out, fmt.Sprint(dig(a, "results", i, "outcome"), code))
			}
			return strings.Join(out, " ")
		}
		do := func(c *colleague, key, body string) string {
			return got(c.want(200, "", "POST", "/notes/bulk", `{`+body+`}`, "Idempotency-Key", key))
		}
		const unknown = "0198a000-0000-7000-8000-00000000dead"

		topic := `"action":"add_topic","value":"film",` + seen(1, whole, bare, unknown)
		if r := do(ana, "a", topic); r != "done done refusednote_not_found" {
			t.Error(r)
		}
		if r := do(ana, "a", topic); r != "done done refusednote_not_found" {
			t.Error("again:", r)
		}
		if n := eva.want(200, "", "GET", "/notes/"+whole, ""); n["version"] != 2.0 || dig(n, "topics", 0, "slug") != "film" {
			t.Error("a repeat took effect again, or nothing did:", n["version"], n["topics"])
		}
		if r := do(ana, "b", topic); r != "refusedstale_version refusedstale_version refusednote_not_found" {
			// The topic is there, so nothing would change, but it is not what was seen.
			t.Error("stale:", r)
		}
		if r := do(ana, "c", `"action":"add_topic","value":"film",`+seen(2, whole)); r != "unchanged" {
			t.Error(r)
		}
		if r := do(ana, "d", `"action":"publish",`+seen(2, whole)); r != "refusedcapability_missing" {
			t.Error(r)
		}
		if r := do(eva, "e", `"action":"publish",`+seen(2, bare, whole)); r != "refusedrequired done" {
			t.Error("one that is not ready must not hold up the other:", r)
		}
		if r := do(eva, "f", `"action":"archive",`+seen(2, bare)+``); r != "done" {
			t.Error(r)
		}
		if r := do(eva, "g", `"action":"unarchive",`+seen(3, bare)); r != "done" {
			t.Error(r)
		}
		for name, body := range map[string]string{
			"a kind nobody knows": `"action":"set_kind","value":"poem",` + seen(1, bare),
			"no topic":            `"action":"add_topic",` + seen(1, bare),
			"the same note twice": `"action":"archive",` + seen(1, bare, bare),
			"no note":             `"action":"archive","notes":[]`,
			"an unknown action":   `"action":"burn",` + seen(1, bare),
		} {
			if status, a := eva.call("POST", "/notes/bulk", `{`+body+`}`, "Idempotency-Key", "x"); status != 422 {
				t.Error(name, status, a)
			}
		}
		eva.want(422, "invalid_input", "POST", "/notes/bulk", `{"action":"archive",`+seen(1, bare)+`}`)
		eva.want(422, "idempotency_key_reused", "POST", "/notes/bulk", `{"action":"archive",`+seen(9, bare)+`}`, "Idempotency-Key", "f")
	})
}
