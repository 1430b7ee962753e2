package app

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/db/dbtest"
)

// upload sends a file as a form, with more fields in pairs.
func (s *script) upload(method, path, name string, raw []byte, fields ...string) (int, map[string]any) {
	s.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part := must(w.CreateFormFile("file", name))
	_, _ = part.Write(raw)
	for i := 0; i < len(fields); i += 2 {
		_ = w.WriteField(fields[i], fields[i+1])
	}
	_ = w.Close()
	resp, text := s.send(method, "/api/admin/v1"+path, &form, "Authorization", "Bearer "+s.key, "Content-Type", w.FormDataContentType())
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		s.t.Fatalf("%d %s", resp.StatusCode, text)
	}
	return resp.StatusCode, out
}

// painted is a picture in one colour.
func painted(t *testing.T, c color.Gray) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 700, 400))
	for i := range img.Pix {
		img.Pix[i] = c.Y
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAPictureInUseStaysAndItsPastIsKept goes through every kind of place, and
// through what readers see before and after a file is replaced.
func TestAPictureInUseStaysAndItsPastIsKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s, reader := h.script(t), h.stranger(t)
		_, pic := s.upload("POST", "/pictures", "chart.png", painted(t, color.Gray{40}))
		id, address := pic["id"].(string), pic["url"].(string)
		note := h.publish(t, content.Input{Title: "Film", Abstract: "A.", Body: "![Units](" + address + ")\n\nFirst.", Gate: "public"})

		place := func(want string) {
			t.Helper()
			_, uses := s.call("GET", "/pictures/"+id+"/uses", "")
			if got, _ := json.Marshal(uses["places"]); !strings.Contains(string(got), want) {
				t.Errorf("the places %s lack %s", got, want)
			}
		}
		refused := func() {
			t.Helper()
			if resp, got := s.call("DELETE", "/pictures/"+id, ""); resp.StatusCode != http.StatusConflict || got["code"] != "media_in_use" {
				t.Errorf("%d %v", resp.StatusCode, got)
			}
		}
		refused()
		place(`"draft":false,"earlier":0`)
		place(`"live":true`)

		if status, got := s.upload("PUT", "/pictures/"+id+"/file", "chart.png", painted(t, color.Gray{200})); status != 200 || got["edition"] != 2.0 || got["url"] != address {
			t.Fatal(status, got)
		}
		eventually(t, "the live note shows the new edition", func() bool {
			_, page := reader.get("/notes/film")
			return strings.Contains(page, address+`?v=2"`) && !strings.Contains(page, "?v=1")
		})
		view, err := h.desk.Save(h.staff, note.Note.ID, 0, content.Input{Title: "Film", Slug: "film", Abstract: "A.", Body: "![Units](" + address + ")\n\nSecond.", Gate: "public"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.Publish(h.staff, view.Note.ID, content.Publish{Change: content.Major, Notice: "The chart was wrong."}); err != nil {
			t.Fatal(err)
		}
		key := h.contentKey(t)
		_, page := reader.get("/notes/film/v/1")
		_, api := reader.get("/api/content/v1/notes/film/versions/1", "X-Api-Key", key)
		if !strings.Contains(page, address+`?v=1"`) || strings.Contains(page, address+`?v=2"`) || !strings.Contains(api, address+`?v=1\"`) {
			t.Error("the record shows what it did not show")
		}
		if _, page := reader.get("/notes/film"); !strings.Contains(page, address+`?v=2"`) {
			t.Error("the newest version shows the old edition")
		}
		for v, want := range map[string]uint8{"1": 40, "2": 200} {
			resp, body := reader.get(address + "?v=" + v)
			img, err := png.Decode(strings.NewReader(body))
			if err != nil || resp.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Fatal(resp.Header, err)
			}
			if got := color.GrayModel.Convert(img.At(3, 3)).(color.Gray).Y; got != want {
				t.Errorf("edition %s is painted %d", v, got)
			}
		}
		if resp, _ := reader.get(address); resp.Header.Get("Cache-Control") != "public, max-age=60" {
			t.Errorf("the text's address: %v", resp.Header)
		}

		// Out of every text, but not out of the record.
		if _, err := h.desk.Save(h.staff, note.Note.ID, 0, content.Input{Title: "Film", Slug: "film", Abstract: "A.", Body: "Third.", Gate: "public"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.Publish(h.staff, note.Note.ID, content.Publish{Change: content.Silent}); err != nil {
			t.Fatal(err)
		}
		refused()
		place(`"versions":[2,1]`)

		// A logo and an issue's cover count, too.
		_, other := s.upload("POST", "/pictures", "logo.png", painted(t, color.Gray{90}))
		s.call("PATCH", "/settings", `{"logo":"`+other["id"].(string)+`"}`)
		id = other["id"].(string)
		_, settings := s.call("GET", "/settings", "")
		if settings["logo"] == id {
			refused()
			place("Settings")
		} else {
			t.Fatal(settings)
		}
		_, third := s.upload("POST", "/pictures", "cover.png", painted(t, color.Gray{91}))
		id = third["id"].(string)
		if _, err := h.desk.PutSeries(h.staff, content.Label{Name: "Letter"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.PutIssue(h.staff, content.IssueInput{Series: "letter", Label: "July 2026", Editorial: "![x](" + third["url"].(string) + ")"}); err != nil {
			t.Fatal(err)
		}
		refused()
		place(`"kind":"issue"`)
		_, unused := s.call("GET", "/pictures?unused=true", "")
		if list, _ := unused["pictures"].([]any); len(list) != 0 {
			t.Errorf("unused: %v", list)
		}
	})
}

// TestNothingSentIsEverDrawnOrRun: what people send reaches a browser as a
// picture that our own encoder wrote, or as a file to be saved. An SVG, which
// is a program, is neither.
func TestNothingSentIsEverDrawnOrRun(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s, reader := h.script(t), h.stranger(t)
		note := h.publish(t, content.Input{Title: "Film", Abstract: "A.", Body: "Text.", Gate: "public"})
		_, pic := s.upload("POST", "/pictures", "a.png", painted(t, color.Gray{1}))
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>`
		evil := map[string]string{
			"an svg": svg, "an svg after a mark": "\xef\xbb\xbf" + svg, "xml": `<?xml version="1.0"?>` + svg, "html": "<!doctype html><script>alert(1)</script>",
			"a png in name only": "\x89PNG\r\n\x1a\n" + svg, "a gif in name only": "GIF89a" + svg, "a jpeg in name only": "\xff\xd8\xff\xe0" + svg,
		}
		for what, raw := range evil {
			for _, name := range []string{"x.svg", "x.png", "x.html"} {
				for _, try := range []func() (int, map[string]any){
					func() (int, map[string]any) { return s.upload("POST", "/pictures", name, []byte(raw)) },
					func() (int, map[string]any) {
						return s.upload("PUT", "/pictures/"+pic["id"].(string)+"/file", name, []byte(raw))
					},
					func() (int, map[string]any) {
						return s.upload("POST", "/attachments", name, []byte(raw), "note", note.Note.ID.String())
					},
				} {
					if status, got := try(); status != 415 && status != 422 {
						t.Errorf("%s as %s: %d %v", what, name, status, got)
					}
				}
			}
		}
		// What passes for a table or a PDF, and holds a script.
		for name, raw := range map[string]string{"x.svg": "a,b\n<script>alert(1)</script>,<svg onload=alert(1)>\n", "y.html": "%PDF-1.7\n<script>alert(1)</script>"} {
			status, got := s.upload("POST", "/attachments", name, []byte(raw), "note", note.Note.ID.String(), "access", "public")
			if status != 201 {
				t.Fatal(status, got)
			}
			shown, _ := reader.get(strings.TrimPrefix(got["url"].(string), h.cfg.BaseURL))
			atDesk, _ := reader.get(got["file"].(string), "Authorization", "Bearer "+s.key)
			for _, resp := range []*http.Response{shown, atDesk} {
				kind, as := resp.Header.Get("Content-Type"), resp.Header.Get("Content-Disposition")
				if resp.StatusCode != 200 || !strings.HasPrefix(as, "attachment;") || resp.Header.Get("X-Content-Type-Options") != "nosniff" ||
					strings.Contains(kind, "html") || strings.Contains(kind, "svg") || strings.Contains(as, ".svg") || strings.Contains(as, ".html") {
					t.Errorf("%s: %d %v", name, resp.StatusCode, resp.Header)
				}
			}
		}
		// The picture room serves only the three types that it writes itself.
		resp, _ := reader.get(pic["url"].(string))
		if resp.Header.Get("Content-Type") != "image/png" || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%v", resp.Header)
		}
	})
}

func TestReplacingAFileOfANote(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		h.plan(t, "reader", 0)
		payer := h.subscriber(t, "payer@example.com", "reader")
		note := h.publish(t, paid("Numbers", "Open.\n\n<!-- paywall -->\n\nHidden.\n"))
		a := h.attach(t, note, "numbers.csv", "year,sum\n2026,42\n", media.AsNote)
		resp, _ := payer.get(a.Address())
		old := resp.Header.Get("ETag")
		path := "/attachments/" + a.ID.String() + "/file"
		if status, got := s.upload("PUT", path, "other.csv", []byte("year,sum\n2026,43\n"), "note", note.Note.ID.String()); status != 200 || got["filename"] != "numbers.csv" || got["id"] != a.ID.String() {
			t.Fatal(status, got)
		}
		resp, body := payer.get(a.Address(), "If-None-Match", old)
		if resp.StatusCode != 200 || body != "year,sum\n2026,43\n" || resp.Header.Get("ETag") == old {
			t.Errorf("%d %q", resp.StatusCode, body)
		}
		if resp, _ := payer.get(a.Address(), "Range", "bytes=0-3", "If-Range", old); resp.StatusCode != 200 {
			t.Errorf("a part of the old file: %d", resp.StatusCode)
		}
		if resp, _ := h.stranger(t).get(a.Address()); resp.StatusCode != 403 {
			t.Errorf("the gate: %d", resp.StatusCode)
		}
		for want, try := range map[string][]string{
			"attachment_other_type": {"%PDF-1.7\n", note.Note.ID.String()},
			"attachment_not_found":  {"a,b\n1,2\n", h.publish(t, paid("Other", "x")).Note.ID.String()},
			"note_not_found":        {"a,b\n1,2\n", a.ID.String()},
		} {
			if _, got := s.upload("PUT", path, "x", []byte(try[0]), "note", try[1]); got["code"] != want {
				t.Errorf("%s: %v", want, got)
			}
		}
	})
}
