package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"lighttrends/internal/platform/markdown"
	"lighttrends/internal/surface/adminapi"
	"lighttrends/internal/surface/contentapi"
	"lighttrends/internal/surface/kit"
	"lighttrends/internal/surface/memberapi"
	"lighttrends/internal/surface/reference"
)

// The three APIs, by the names of their documents.
const (
	contentDocument = "content"
	memberDocument  = "member"
	adminDocument   = "admin"
)

// documented registers every API on a server that answers nobody: no room
// stands behind it. What is documented comes from types and tags alone, so it
// needs no database, and is the same on every machine.
func documented() map[string]*kit.API {
	return documentedOn(kit.New(kit.Options{Log: slog.New(slog.DiscardHandler), HTTPS: true}))
}

func documentedOn(s *kit.Server) map[string]*kit.API {
	jar := kit.NewJar(true)
	apis := map[string]*kit.API{
		contentDocument: contentapi.Register(s, contentapi.Deps{Jar: jar}),
		memberDocument:  memberapi.Register(s, memberapi.Deps{Jar: jar}),
		adminDocument:   adminapi.Register(s, adminapi.Deps{Jar: jar}),
	}
	for name, api := range apis {
		api.Prepare(reference.Complete(name))
	}
	return apis
}

// explain finishes the documents when they are first read, and adds the pages
// for integrators.
func explain(s *kit.Server, baseURL string, content, member, admin *kit.API) {
	all := []reference.Documented{{Name: contentDocument, API: content}, {Name: memberDocument, API: member}, {Name: adminDocument, API: admin}}
	for _, d := range all {
		d.API.Prepare(reference.Complete(d.Name))
	}
	reference.Register(s, reference.Deps{APIs: all, BaseURL: baseURL, Markdown: func(source []byte) string {
		return markdown.Render(source, markdown.Options{BaseURL: baseURL}).FullHTML
	}})
}

// OpenAPI writes the OpenAPI documents into a folder, one for each API.
func OpenAPI(c Console, dir string) error {
	for name, api := range documented() {
		text, err := documentOf(api)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), text, 0o644); err != nil { //nolint:gosec // it is public
			return err
		}
	}
	c.say("content.json, member.json and admin.json are in %s.", dir)
	return nil
}

// documentOf is a document as it is committed: laid out for people who read
// differences.
func documentOf(api *kit.API) ([]byte, error) {
	doc, err := api.Document()
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return nil, err
	}
	_, err = io.WriteString(&out, "\n")
	return out.Bytes(), err
}
