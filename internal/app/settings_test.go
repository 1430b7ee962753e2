package app

import (
	"bytes"
	"net/http"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

func TestSettingsByScript(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		resp, got := s.call("GET", "/settings", "")
		first := resp.Header.Get("ETag")
		if resp.StatusCode != http.StatusOK || first == "" || got["name"] != "LightTrends" || got["four_eyes"] != false || got["navigation"] == nil || got["pages"] == nil {
			t.Fatal(resp.StatusCode, resp.Header, got)
		}
		logo := must(h.media.Import(h.staff, "logo.png", bytes.NewReader(pngOf(t, 40))))
		resp, got = s.call("PATCH", "/settings", `{"tagline":"Heat, counted","accent":"#7A0019","logo":"`+logo.ID.String()+`","four_eyes":true,
			"navigation":[{"label":"Notes","url":"/archive"}],"pages":[{"slug":"terms","title":"Terms","body":"*Read* them."}]}`, "If-Match", first)
		if resp.StatusCode != http.StatusOK || got["tagline"] != "Heat, counted" || got["accent"] != "#7a0019" || got["four_eyes"] != true ||
			got["name"] != "LightTrends" || got["logo_url"] != logo.Address(0) {
			t.Fatal(resp.StatusCode, got)
		}
		if rules := must(h.publication.Rules(t.Context())); !rules.FourEyes {
			t.Error("the rule does not hold")
		}
		if resp, page := h.stranger(t).get("/pages/terms"); resp.StatusCode != http.StatusOK || !bytes.Contains([]byte(page), []byte("<em>Read</em>")) {
			t.Error(resp.StatusCode)
		}
		for name, tt := range map[string]struct {
			body, ifMatch string
			status        int
			code          string
		}{
			"a stale change":   {`{"tagline":"Lost"}`, first, 412, "stale_version"},
			"a pale colour":    {`{"accent":"#ffff00"}`, "", 422, "invalid_input"},
			"no such picture":  {`{"logo":"018f0000-0000-7000-8000-000000000000"}`, "", 422, "invalid_input"},
			"an unknown field": {`{"colour":"red"}`, "", 422, "invalid_input"},
			"no such language": {`{"language":"xx"}`, "", 422, "invalid_input"},
			"no such layout":   {`{"home":"magazine"}`, "", 422, "invalid_input"},
			"no dark picture":  {`{"logo_dark":"018f0000-0000-7000-8000-000000000000"}`, "", 422, "invalid_input"},
			"no such page":     {`{"footer":[{"label":"X","url":"/pages/none"}]}`, "", 422, "invalid_input"},
			"a script":         {`{"navigation":[{"label":"X","url":"javascript:alert(1)"}]}`, "", 422, "invalid_input"},
		} {
			resp, got := s.call("PATCH", "/settings", tt.body, "If-Match", tt.ifMatch)
			if resp.StatusCode != tt.status || got["code"] != tt.code {
				t.Errorf("%s: %d %v", name, resp.StatusCode, got)
			}
		}
		if got := h.verbs(t, "publication", "rules"); got != "publication.rules_changed" {
			t.Error(got)
		}
	})
}

func TestLooksByScript(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		if _, got := s.call("GET", "/settings", ""); got["type"] != "serif" || got["home"] != "issue" || got["language"] != "en" || len(got["languages"].([]any)) < 2 || got["social"] == nil || got["footer"] == nil {
			t.Fatal(got)
		}
		if page := second(h.stranger(t).get("/archive")); !bytes.Contains([]byte(page), []byte("<h1>Archive</h1>")) {
			t.Fatal(page)
		}
		dark := must(h.media.Import(h.staff, "dark.png", bytes.NewReader(pngOf(t, 40))))
		resp, got := s.call("PATCH", "/settings", `{"type":"sans","home":"stream","language":"de","logo":"`+dark.ID.String()+`","logo_dark":"`+dark.ID.String()+`",
			"footer":[{"label":"Firma","url":"https://firm.example"}],"social":[{"label":"Mastodon","url":"https://social.example/@x"}]}`)
		if resp.StatusCode != http.StatusOK || got["type"] != "sans" || got["home"] != "stream" || got["language"] != "de" || got["logo_dark_url"] != dark.Address(0) {
			t.Fatal(resp.StatusCode, got)
		}
		// The portal follows at the next request.
		page := []byte(second(h.stranger(t).get("/archive")))
		for _, want := range []string{`<html lang="de">`, "<h1>Archiv</h1>", "https://firm.example", "https://social.example/@x", "/colours.css?v="} {
			if !bytes.Contains(page, []byte(want)) {
				t.Errorf("%q is not on the page", want)
			}
		}
		if places := must(h.media.Uses(h.staff, dark.ID)); len(places) != 1 || places[0].Kind != "publication" {
			t.Errorf("places %v", places)
		}
		resp, got = s.call("GET", "/settings/contrast?colour=%23ffff00", "")
		if resp.StatusCode != http.StatusOK || got["good"] != false || got["nearest"] == "" || len(got["readings"].([]any)) != 6 {
			t.Error(resp.StatusCode, got)
		}
		if resp, got := s.call("GET", "/settings/contrast?colour=red", ""); resp.StatusCode != 422 {
			t.Error(resp.StatusCode, got)
		}
	})
}

func second[A, B any](_ A, b B) B { return b }
