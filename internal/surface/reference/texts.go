package reference

import (
	"embed"
	"html/template"
	"regexp"
	"strings"
	"sync"
)

//go:embed guides/*.md
var guideFiles embed.FS

// Guide is a text that leads through something.
type Guide struct{ Name, Title, About, Source string }

// guideOrder is the order in which they are to be read.
var guideOrder = []string{"start", "gating", "sign-in", "buying", "webhooks", "static-sites", "assistants", "versions"}

// Guides are the guides. A file begins with its title and a line about it.
var Guides = sync.OnceValue(func() (all []Guide) {
	for _, name := range guideOrder {
		text, err := guideFiles.ReadFile("guides/" + name + ".md")
		if err != nil {
			continue // a test holds the list to the files
		}
		title, rest, _ := strings.Cut(string(text), "\n")
		about, source, _ := strings.Cut(strings.TrimSpace(rest), "\n")
		all = append(all, Guide{name, strings.TrimPrefix(title, "# "), about, source})
	}
	return all
})

type guideView struct {
	Guide
	HTML template.HTML
	Next *Guide
}

var heading = regexp.MustCompile(`<h2 id="([^"]+)">(.*?)</h2>`)

func (p *pages) guide(i int) *sheet {
	all := Guides()
	source := strings.ReplaceAll(all[i].Source, "https://notes.example.com", p.BaseURL)
	// What scrolls sideways must be reachable with the keyboard.
	html := strings.ReplaceAll(p.Markdown([]byte(source)), "<pre>", `<pre tabindex="0">`)
	v := guideView{Guide: all[i], HTML: template.HTML(html)} //nolint:gosec // drawn by the markdown room, from files of our own
	if i+1 < len(all) {
		v.Next = &all[i+1]
	}
	s := &sheet{Title: v.Title, About: v.About, View: "guide", Main: v}
	for _, m := range heading.FindAllStringSubmatch(html, -1) {
		s.Side = append(s.Side, mark{ID: m[1], Name: plain(m[2])})
	}
	return s
}

var tag = regexp.MustCompile(`<[^>]*>`)

func plain(html string) string {
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#39;", "'", "&quot;", `"`).Replace(tag.ReplaceAllString(html, ""))
}

type errorsView struct {
	Sample string
	Groups []CodeGroup
}

const problemSample = `HTTP/1.1 412 Precondition Failed
Content-Type: application/problem+json

{
  "type": "BASE/docs/errors/#stale_version",
  "title": "Precondition Failed",
  "status": 412,
  "detail": "The note was changed by somebody else in the meantime. Nothing was overwritten.",
  "code": "stale_version",
  "current": "\"7\"",
  "request_id": "0b6a4c1e-5a5e-4a53-9d0c-6f5b2f0f7a11"
}`

func catalogue(base string) func() (*sheet, error) {
	return func() (*sheet, error) {
		s := &sheet{Title: "Errors", About: "Every code with which a request can be refused: why it comes, and what to do.", View: "errors"}
		for _, g := range Catalogue() {
			s.Side = append(s.Side, mark{ID: g.ID, Name: g.Name})
		}
		s.Main = errorsView{strings.ReplaceAll(problemSample, "BASE", base), Catalogue()}
		return s, nil
	}
}

type homeView struct {
	APIs []struct {
		Name, Title, About, Document string
		Count                        int
	}
	Guides []Guide
	Codes  int
}

func (p *pages) home() (*sheet, error) {
	v := homeView{Guides: Guides()}
	for _, g := range Catalogue() {
		v.Codes += len(g.Codes)
	}
	for _, a := range p.APIs {
		doc, err := a.API.Document()
		if err != nil {
			return nil, err
		}
		about, _, _ := strings.Cut(doc.Info.Description, "\n\n") // the page of the API has all of it
		v.APIs = append(v.APIs, struct {
			Name, Title, About, Document string
			Count                        int
		}{a.Name, short(doc.Info.Title), about, a.API.DocumentPath(), len(Operations(doc))})
	}
	return &sheet{Title: "Start", About: "APIs, guides and errors for whoever builds on this publication.", View: "home", Main: v}, nil
}
