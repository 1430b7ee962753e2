package app

import (
	"fmt"
	"image/color"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// oldSite is the site that an export came from.
type oldSite struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
	files map[string][]byte
}

func newOldSite(t *testing.T) *oldSite {
	t.Helper()
	s := &oldSite{files: map[string][]byte{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked = append(s.asked, r.URL.RequestURI())
		switch raw, there := s.files[r.URL.Path]; {
		case there:
			_, _ = w.Write(raw)
		case strings.HasPrefix(r.URL.Path, "/moved/"):
			http.Redirect(w, r, strings.TrimPrefix(r.URL.Path, "/moved"), http.StatusMovedPermanently)
		case r.URL.Path == "/away.png":
			http.Redirect(w, r, "http://169.254.169.254/latest/meta-data", http.StatusFound)
		case r.URL.Path == "/round.png":
			http.Redirect(w, r, "/round.png", http.StatusFound)
		case r.URL.Path == "/huge.png":
			much := make([]byte, 1<<20)
			for range 200 {
				if _, err := w.Write(much); err != nil {
					return
				}
			}
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// since lists what was asked of the site since the last time.
func (s *oldSite) since() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() { s.asked = nil }()
	return strings.Join(s.asked, " ")
}

func (h *house) pictures(t *testing.T) map[string]*media.Item {
	t.Helper()
	out := map[string]*media.Item{}
	for _, i := range must(h.media.List(h.staff, media.Query{Limit: 200})).Items {
		if out[i.Filename] != nil {
			t.Error("twice in the library:", i.Filename)
		}
		out[i.Filename] = i
	}
	return out
}

func TestAnImportFetchesPictures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		site := newOldSite(t)
		cfg := houseConfig(t, e)
		cfg.WebhookAllowedTargets = []string{"127.0.0.1"}
		h := reopenHouse(t, cfg)
		site.files["/content/images/a.png"], site.files["/content/images/b.png"] = painted(t, color.Gray{10}), painted(t, color.Gray{20})
		site.files["/words.png"] = []byte("<html>no picture</html>")
		file := ghostExport(
			ghostPost("p1", "one", `<p>Open.</p><figure><img src="__GHOST_URL__/content/images/a.png" alt="Bars &amp; [lines]"><figcaption>Figure 1</figcaption></figure><img src="https://cdn.example/c.png" alt="C"><img src="//`+strings.TrimPrefix(site.URL, "http://")+`/moved/content/images/b.png">`,
				`,"feature_image":"__GHOST_URL__/content/images/a.png"`),
			ghostPost("p2", "two", `<p>Open.</p><img src="__GHOST_URL__/content/images/a.png"><img src="__GHOST_URL__/gone.png" alt="G"><img src="`+site.URL+`/away.png"><img src="/round.png"><img src="/huge.png"><img src="/words.png">`, ""),
			ghostPost("p3", "three", `<p>No picture.</p>`, ""),
		)
		with := porter.StartImport{Source: "ghost", Options: porter.Options{PicturesFrom: site.URL + "/"}}

		dry := with
		dry.DryRun = true
		got := strings.Join(h.report(t, h.bring(t, dry, file)), "\n")
		host := strings.TrimPrefix(site.URL, "http://")
		for _, says := range []string{
			"3 of its pictures would be fetched from " + host + ", 2 of them for the first time",
			"6 of its pictures would be fetched from " + host + ", 5 of them for the first time",
			"pictures picture skipped: 7 pictures would be fetched from " + host,
			"https://cdn.example/c.png",
		} {
			if !strings.Contains(got, says) {
				t.Errorf("a dry run does not say %q:\n%s", says, got)
			}
		}
		if asked := site.since(); asked != "" || len(h.pictures(t)) != 0 {
			t.Errorf("a dry run fetched %s", asked)
		}
		// Without being told to, nothing is fetched; a note is made all the same.
		plain := h.bring(t, porter.StartImport{Source: "ghost"}, file)
		if asked := site.since(); asked != "" || plain.Made != 3 || !strings.Contains(strings.Join(h.report(t, plain), "\n"), "did not come with the export and are not fetched") {
			t.Errorf("fetched without being told to: %s; %+v", asked, plain.Counts)
		}

		first := h.bring(t, with, file)
		got = strings.Join(h.report(t, first), "\n")
		for _, says := range []string{
			"posts[0] note updated: 1 of its pictures did not come with the export and are not fetched: https://cdn.example/c.png;", "posts[2] note unchanged:",
			"posts[1] note updated: " + site.URL + "/gone.png: Not fetched: the site answered 404.; " + site.URL + "/away.png: Not fetched: it leads to another site.; " +
				site.URL + "/round.png: Not fetched: it leads on and on.; " + site.URL + "/huge.png: Not fetched: larger than 20 MB.; " +
				site.URL + "/words.png: This is not a JPEG, PNG, GIF or WebP picture.",
		} {
			if !strings.Contains(got, says) {
				t.Errorf("the report does not say %q:\n%s", says, got)
			}
		}
		if asked := site.since(); strings.Count(asked, "/content/images/a.png") != 1 {
			t.Errorf("one address was asked more than once: %s", asked)
		}
		shelf := h.pictures(t)
		a, b := shelf["a.png"], shelf["b.png"]
		if len(shelf) != 2 || a == nil || b == nil || a.Alt != "Bars & [lines]" || a.Caption != "Figure 1" {
			t.Fatalf("%v", shelf)
		}
		one, two := must(h.desk.DraftBySlug(h.staff, "one")), must(h.desk.DraftBySlug(h.staff, "two"))
		if !strings.Contains(one.Body, "("+a.Path()+` "Figure 1")`) || !strings.Contains(one.Body, "]("+b.Path()+")") || !strings.Contains(one.Body, "https://cdn.example/c.png") || one.Revision.CoverID == nil || *one.Revision.CoverID != a.ID {
			t.Errorf("%s\n%+v", one.Body, one.Revision)
		}
		if !strings.Contains(two.Body, a.Path()) || !strings.Contains(two.Body, "/gone.png") {
			t.Error(two.Body)
		}

		// What was had is not asked for again; what was not is.
		site.files["/gone.png"] = painted(t, color.Gray{30})
		again := h.bring(t, with, file)
		if asked := site.since(); strings.Contains(asked, "/content/") || !strings.Contains(asked, "/gone.png") || again.Unchanged != 2 || again.Updated != 1 || len(h.pictures(t)) != 3 {
			t.Errorf("%s; %+v", asked, again.Counts)
		}
		if now := must(h.desk.DraftBySlug(h.staff, "two")); !strings.Contains(now.Body, h.pictures(t)["gone.png"].Path()) {
			t.Error(now.Body)
		}
		// And what was had stays, also when nothing is fetched any more.
		off := h.bring(t, porter.StartImport{Source: "ghost"}, file)
		if now := must(h.desk.DraftBySlug(h.staff, "one")); now.Body != one.Body || site.since() != "" || off.Unchanged < 2 {
			t.Errorf("%+v %s", off.Counts, now.Body)
		}
	})
}

// TestAnImportFetchesFromNowhereElse: a private address is not called, and a
// site that is down is given up.
func TestAnImportFetchesFromNowhereElse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		site := newOldSite(t)
		posts := make([]string, 25)
		for i := range posts {
			posts[i] = wpPost(i+1, fmt.Sprintf("note-%d", i), fmt.Sprintf(`<p>Words.</p><img src="%s/%d.png">`, site.URL, i), "")
		}
		got := strings.Join(h.report(t, h.bring(t, porter.StartImport{Source: "wordpress", Options: porter.Options{PicturesFrom: site.URL}}, wxr(posts...))), "\n")
		if strings.Count(got, "the address is a private one") != 20 || strings.Count(got, "the site failed 20 times, one after the other") != 5 || site.since() != "" {
			t.Error(got)
		}
		for name, in := range map[string]porter.StartImport{
			"no address":       {Source: "ghost", Options: porter.Options{PicturesFrom: "old.example"}},
			"another scheme":   {Source: "ghost", Options: porter.Options{PicturesFrom: "file:///etc"}},
			"a name within":    {Source: "wordpress", Options: porter.Options{PicturesFrom: "https://a:b@old.example"}},
			"another question": {Source: "wordpress", Options: porter.Options{PicturesFrom: "https://old.example/?x=1"}},
			"another source":   {Source: "markdown", Options: porter.Options{PicturesFrom: "https://old.example"}},
		} {
			in.File = &porter.Upload{Filename: "export", Body: strings.NewReader("x"), Size: 1}
			if _, err := h.porter.StartImport(h.staff, in); !fault.HasCode(err, "invalid_input") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
