package portal_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/platform/db/dbtest"
)

// node is an element of a document, read with nothing assumed.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []node     `xml:",any"`
}

func (n *node) all(name string) (out []*node) {
	for i := range n.Nodes {
		if n.Nodes[i].XMLName.Local == name && n.Nodes[i].XMLName.Space == n.XMLName.Space {
			out = append(out, &n.Nodes[i])
		}
	}
	return out
}

// one is the element that must be there once, and hold something.
func (n *node) one(t *testing.T, name string) *node {
	t.Helper()
	all := n.all(name)
	if len(all) != 1 || strings.TrimSpace(all[0].Text) == "" {
		t.Fatalf("<%s> holds %d <%s>", n.XMLName.Local, len(all), name)
	}
	return all[0]
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func document(t *testing.T, text string) *node {
	t.Helper()
	var n node
	if err := xml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	return &n
}

func whole(t *testing.T, address string) {
	t.Helper()
	if u, err := url.Parse(address); err != nil || !u.IsAbs() || u.Host == "" {
		t.Errorf("%q is no whole address", address)
	}
}

func moment(t *testing.T, layout, text string) {
	t.Helper()
	if _, err := time.Parse(layout, text); err != nil {
		t.Error(err)
	}
}

// validAtom asks for what RFC 4287 does, in sections 4.1.1 and 4.1.2.
func validAtom(t *testing.T, text, self string) (entries int) {
	t.Helper()
	feed := document(t, text)
	if feed.XMLName != (xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "feed"}) {
		t.Fatalf("%v", feed.XMLName)
	}
	whole := func(n *node) {
		t.Helper()
		if !strings.HasPrefix(n.Text, "urn:uuid:") {
			whole(t, n.Text)
		}
	}
	whole(feed.one(t, "id"))
	feed.one(t, "title")
	moment(t, time.RFC3339, feed.one(t, "updated").Text)
	for _, a := range feed.all("author") {
		a.one(t, "name")
	}
	if len(feed.all("author")) == 0 {
		t.Error("nobody is its author")
	}
	rels := map[string]string{}
	for _, l := range feed.all("link") {
		if rels[l.attr("rel")+l.attr("type")] != "" {
			t.Errorf("two links %s of %s", l.attr("rel"), l.attr("type"))
		}
		rels[l.attr("rel")+l.attr("type")] = l.attr("href")
	}
	if rels["selfapplication/atom+xml"] != self {
		t.Errorf("self is %q", rels["selfapplication/atom+xml"])
	}
	seen := map[string]bool{}
	for _, e := range feed.all("entry") {
		id := e.one(t, "id").Text
		if seen[id] {
			t.Errorf("two entries %s", id)
		}
		seen[id] = true
		e.one(t, "title")
		moment(t, time.RFC3339, e.one(t, "updated").Text)
		moment(t, time.RFC3339, e.one(t, "published").Text)
		for _, name := range []string{"summary", "content"} {
			if x := e.one(t, name); x.attr("type") != "html" {
				t.Errorf("%s of type %q", name, x.attr("type"))
			}
		}
		for _, a := range e.all("author") {
			a.one(t, "name")
		}
		for _, c := range e.all("category") {
			if c.attr("term") == "" {
				t.Error("a category without a term")
			}
		}
	}
	return len(seen)
}

// validRSS asks for what the specification of RSS 2.0 does.
func validRSS(t *testing.T, text string) (items int) {
	t.Helper()
	root := document(t, text)
	if root.XMLName.Local != "rss" || root.attr("version") != "2.0" || len(root.Nodes) != 1 {
		t.Fatalf("%v", root.XMLName)
	}
	channel := root.all("channel")[0]
	for _, name := range []string{"title", "link", "description"} {
		channel.one(t, name)
	}
	whole(t, channel.one(t, "link").Text)
	seen := map[string]bool{}
	for _, i := range channel.all("item") {
		i.one(t, "title")
		whole(t, i.one(t, "link").Text)
		moment(t, time.RFC1123Z, i.one(t, "pubDate").Text)
		g := i.one(t, "guid")
		if g.attr("isPermaLink") != "false" || seen[g.Text] {
			t.Errorf("guid %s", g.Text)
		}
		seen[g.Text] = true
	}
	return len(seen)
}

// validJSON asks for what JSON Feed 1.1 does, and for nothing it does not know.
func validJSON(t *testing.T, text, self string) (items int) {
	t.Helper()
	type author struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	var f struct {
		Version     string   `json:"version"`
		Title       string   `json:"title"`
		Home        string   `json:"home_page_url"`
		Self        string   `json:"feed_url"`
		Description string   `json:"description"`
		Language    string   `json:"language"`
		Authors     []author `json:"authors"`
		Items       []struct {
			ID        string   `json:"id"`
			URL       string   `json:"url"`
			Title     string   `json:"title"`
			HTML      string   `json:"content_html"`
			Summary   string   `json:"summary"`
			Published string   `json:"date_published"`
			Modified  string   `json:"date_modified"`
			Authors   []author `json:"authors"`
			Tags      []string `json:"tags"`
		} `json:"items"`
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		t.Fatal(err)
	}
	if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || f.Self != self || f.Items == nil {
		t.Errorf("%+v", f)
	}
	whole(t, f.Home)
	for _, i := range f.Items {
		if i.ID == "" || i.HTML == "" || i.Title == "" {
			t.Errorf("%+v", i)
		}
		whole(t, i.URL)
		moment(t, time.RFC3339, i.Published)
		moment(t, time.RFC3339, i.Modified)
		for _, a := range i.Authors {
			if a.Name == "" {
				t.Error("an author without a name")
			}
			whole(t, a.URL)
		}
	}
	return len(f.Items)
}

func TestFeedsAreValid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := s.browser()
		if n := validAtom(t, b.get("/feed.atom").is(200).body, base+"/feed.atom") + validRSS(t, b.get("/feed.xml").is(200).body) + validJSON(t, b.get("/feed.json").is(200).body, base+"/feed.json"); n != 0 {
			t.Errorf("%d notes before there is any", n)
		}
		s.publish()
		for path, want := range map[string]int{"": 6, "/topics/film": 6, "/topics/prices": 0, "/authors/hanne-dreyer": 5, "/series/cold-side-letter": 5} {
			rss, atom, js := b.get(path+"/feed.xml").is(200), b.get(path+"/feed.atom").is(200), b.get(path+"/feed.json").is(200)
			for kind, p := range map[string]*page{"application/rss+xml; charset=utf-8": rss, "application/atom+xml; charset=utf-8": atom, "application/feed+json; charset=utf-8": js} {
				p.lacks(secrets...)
				if got := p.header.Get("Content-Type"); got != kind {
					t.Errorf("%s: %q", p.what, got)
				}
				tag := p.header.Get("ETag")
				if again := b.get(strings.TrimPrefix(p.what, "GET "), "If-None-Match", tag); tag == "" || again.status != 304 || again.body != "" {
					t.Errorf("%s: %d for the tag %q", p.what, again.status, tag)
				}
			}
			got := []int{validRSS(t, rss.body), validAtom(t, atom.body, base+path+"/feed.atom"), validJSON(t, js.body, base+path+"/feed.json")}
			if got[0] != want || got[1] != want || got[2] != want {
				t.Errorf("%s: %v notes, want %d", path, got, want)
			}
			head := b.get(first(path, "/")).is(200).checkHTML()
			head.has(`type="application/rss+xml"`, `href="`+path+`/feed.xml"`, `href="`+path+`/feed.atom"`, `href="`+path+`/feed.json"`)
		}
		for _, path := range []string{"/topics/nothing/feed.xml", "/authors/nobody/feed.atom", "/series/none/feed.json", "/feed.txt"} {
			b.get(path).is(404)
		}
	})
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
