package reference

import (
	_ "embed"
	"errors"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed words.txt
var wordsFile string

// words are the meanings, by what stands before the colon.
var words = sync.OnceValue(func() map[string]string { return entries(wordsFile) })

// entries reads lines of the form "name: text". What follows a name in the
// file goes before what stood there.
func entries(file string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(file) {
		if name, text, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && !strings.HasPrefix(name, "#") {
			m[name] = text
		}
	}
	return m
}

// leading are the tags that come first; the others follow as they are met.
var leading = map[string][]string{
	contentAPI: {"Notes", "Changes", "Issues"},
	memberAPI:  {"Sign-in", "Member", "Subscriptions"},
	adminAPI:   {"Notes", "Revisions", "Review", "Schedule", "Issues", "Series, issues, topics, authors"},
}

// The names of the three APIs, as in the files here and in the pages' paths.
const (
	contentAPI = "content"
	memberAPI  = "member"
	adminAPI   = "admin"
)

// Complete finishes the document of an API, named as in the files here:
// content, member or admin. It is for kit's API.Prepare.
func Complete(name string) func(*huma.OpenAPI) error {
	return func(doc *huma.OpenAPI) error {
		for schema, s := range doc.Components.Schemas.Map() {
			explain(schema, s)
		}
		doc.Tags = nil // to be the same when it is done twice
		seen := map[string]bool{}
		for _, tag := range leading[name] {
			doc.Tags, seen[tag] = append(doc.Tags, &huma.Tag{Name: tag}), true
		}
		for _, o := range Operations(doc) {
			if o.Description == "" {
				o.Description = words()[name+" "+o.OperationID]
			}
			if o.Security == nil {
				o.Security = []map[string][]string{{}} // said, not left out: it is open to everybody
			}
			for _, p := range o.Parameters {
				if p.Description == "" {
					p.Description = words()[p.Name]
				}
			}
			if o.RequestBody != nil {
				for _, m := range o.RequestBody.Content {
					explain(o.OperationID, m.Schema)
				}
			}
			for _, tag := range o.Tags {
				if !seen[tag] {
					doc.Tags = append(doc.Tags, &huma.Tag{Name: tag})
				}
				seen[tag] = true
			}
		}
		return exemplify(name, doc)
	}
}

// explain gives the properties of a schema, at any depth, their meaning.
func explain(owner string, s *huma.Schema) {
	if s == nil {
		return
	}
	for name, p := range s.Properties {
		if p.Description == "" {
			if p.Description = words()[owner+"."+name]; p.Description == "" {
				p.Description = words()[name]
			}
		}
		explain(owner+"."+name, p)
	}
	explain(owner, s.Items)
}

var errNoOperation = errors.New("there is no such operation")

// Operations lists what a document holds, in the order of its paths.
func Operations(doc *huma.OpenAPI) (all []*huma.Operation) {
	for _, path := range sorted(doc.Paths) {
		item := doc.Paths[path]
		for _, o := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete, item.Head} {
			if o != nil {
				all = append(all, o)
			}
		}
	}
	return all
}
