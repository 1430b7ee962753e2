package contentapi

import (
	"encoding/json"
	"strings"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/surface/kit"
)

// written is a note as a Markdown document: what is known of it as front
// matter, then its words as far as they may be read.
func (s *service) written(n *Note, say speech) string {
	var b strings.Builder
	line := func(name string, v any) {
		raw, _ := json.Marshal(v) // texts, lists of texts and numbers: each of them is YAML, too
		b.WriteString(name + ": " + string(raw) + "\n")
	}
	b.WriteString("---\n")
	line("title", n.Title)
	line("url", n.URL)
	line("kind", n.Kind)
	line("published", n.PublishedAt.UTC().Format(time.RFC3339))
	if n.UpdatedAt != nil {
		line("updated", n.UpdatedAt.UTC().Format(time.RFC3339))
	}
	line("version", n.Version)
	if n.Series != nil {
		line("series", n.Series.Name)
	}
	if n.Issue != nil {
		line("issue", n.Issue.Label)
	}
	line("authors", names(n.Authors, func(a AuthorRef) string { return a.Name }))
	line("topics", names(n.Topics, func(t Ref) string { return t.Name }))
	line("access", string(n.Access.Decision))
	b.WriteString("---\n\n# " + oneLine(n.Title) + "\n\n")
	if n.Abstract != "" {
		b.WriteString(oneLine(n.Abstract) + "\n\n")
	}
	for _, c := range n.Corrections {
		b.WriteString("> " + say.words.Text("document.corrected", "date", say.words.Date(c.At)) + " " + oneLine(c.Notice) + "\n\n")
	}
	text := n.Teaser.Markdown
	if n.Text != nil {
		text = n.Text.Markdown
	}
	if text != nil {
		b.WriteString(strings.TrimSpace(*text))
	}
	if n.Text == nil {
		b.WriteString("\n\n" + s.rest(n, say))
	}
	return strings.TrimSpace(b.String()) + "\n"
}

// rest says what would open the rest of a note.
func (s *service) rest(n *Note, say speech) string {
	at := func(path string) string { return say.address(s.BaseURL, path) }
	for _, u := range n.Access.Unlock {
		switch u {
		case access.Subscribe, access.ChangePlan:
			return say.words.Text("document.subscribers", "plans", at("/plans"), "sign_in", at("/sign-in"))
		case access.Register:
			return say.words.Text("document.members", "sign_in", at("/sign-in"))
		}
	}
	return say.words.Text("document.closed", "account", at("/account"))
}

func names[T any](list []T, name func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = name(x)
	}
	return out
}

// listWritten is a list of notes as a Markdown document.
func (s *service) listWritten(say speech, heading, under string, notes []*content.Summary) kit.Answer {
	var b strings.Builder
	b.WriteString("# " + oneLine(heading) + "\n\n")
	if under != "" {
		b.WriteString(oneLine(under) + "\n\n")
	}
	for _, n := range notes {
		b.WriteString("- [" + linkText.Replace(oneLine(n.Title)) + "](" + say.address(s.BaseURL, "/notes/"+n.Slug+behindNote) + "), " + say.words.Date(n.PublishedAt))
		if n.Abstract != "" {
			b.WriteString(": " + oneLine(n.Abstract))
		}
		b.WriteString("\n")
	}
	a := kit.NewAnswer(markdownType+"; charset=utf-8", []byte(b.String()))
	a.Keys = keyNotes
	return a
}

var linkText = strings.NewReplacer("[", `\[`, "]", `\]`)

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
