package app

import (
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

func TestViewsOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana, eva := h.colleague(t, "Ana", identity.Analyst), h.colleague(t, "Eva", identity.Editor)
		const body = `{"list":"notes","name":"Retracted films","filters":{"status":"retracted","topic":"film"},"sort":"title","reverse":true,"columns":["status","topics"],"density":"compact"}`
		v := ana.want(201, "", "POST", "/views", body, "Idempotency-Key", "k")
		again := ana.want(201, "", "POST", "/views", body, "Idempotency-Key", "k")
		if v["id"] != again["id"] || v["own"] != true || dig(v, "filters", "topic") != "film" || v["sort"] != "title" || v["reverse"] != true {
			t.Error(v, again)
		}
		at := "/views/" + v["id"].(string)
		ana.want(409, "view_exists", "POST", "/views", body)
		eva.want(404, "view_not_found", "GET", at, "")
		ana.want(428, "version_required", "PATCH", at, `{"shared":true}`)
		ana.want(200, "", "PATCH", at, `{"shared":true}`, "If-Match", `"1"`)
		stale := ana.want(412, "stale_version", "PATCH", at, `{"name":"Other"}`, "If-Match", `"1"`)
		if stale["current"] != `"2"` {
			t.Error(stale)
		}
		eva.want(403, "view_of_another", "PATCH", at, `{"name":"Other"}`, "If-Match", `"2"`)
		eva.call("PUT", at+"/default", "")
		list := eva.want(200, "", "GET", "/views?list=notes", "")
		if dig(list, "views", 0, "default") != true || dig(list, "views", 0, "own") != false || dig(list, "views", 0, "owner") != "Ana" {
			t.Error(list)
		}
		for body, where := range map[string]string{
			`{"list":"notes","name":"x","filters":{"colour":"red"}}`:        "/filters/colour",
			`{"list":"notes","name":"x","filters":{"cursor":"abc"}}`:        "/filters/cursor",
			`{"list":"notes","name":"x","filters":{"status":"burnt"}}`:      "/filters/status",
			`{"list":"notes","name":"x","filters":{"changed_to":"monday"}}`: "/filters/changed_to",
			`{"list":"notes","name":"x","sort":"price"}`:                    "/sort",
			`{"list":"notes","name":"x","columns":["salary"]}`:              "/columns/0",
			`{"list":"leads","name":"x","sort":"title"}`:                    "/sort",
		} {
			if got := eva.want(422, "invalid_input", "POST", "/views", body); dig(got, "errors", 0, "pointer") != where {
				t.Error(body, got)
			}
		}
		ana.want(403, "capability_missing", "GET", "/views?list=members", "")
		eva.want(422, "invalid_input", "GET", "/views?list=staff", "")
		if status, _ := ana.call("DELETE", at, ""); status != 204 {
			t.Error(status)
		}
		eva.want(404, "view_not_found", "GET", at, "")
	})
}
