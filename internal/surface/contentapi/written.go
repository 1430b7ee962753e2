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
func (s *service) written(n *Note) string {
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
		b.WriteString("> Corrected on " + c.At.UTC().Format("2 January 2006") + ": " + oneLine(c.Notice) + "\n\n")
	}
	text := n.Teaser.Markdown
	if n.Text != nil {
		text = n.Text.Markdown
	}
	if text != nil {
		b.WriteString(strings.TrimSpace(*text))
	}
	if n.Text == nil {
		b.WriteString("\n\n" + s.rest(n))
	}
	return strings.TrimSpace(b.String()) + "\n"
}

// rest says what would open the rest of a note.
func (s *service) rest(n *Note) string {
	for _, u := range n.Access.Unlock {
		switch u {
		case access.Subscribe, access.ChangePlan:
			return "*The rest of this note is for subscribers: [plans](" + s.BaseURL + "/plans), [sign in](" + s.BaseURL + "/sign-in).*"
		case access.Register:
			return "*The rest of this note is for members: [sign in or register](" + s.BaseURL + "/sign-in).*"
		}
	}
	return "*The rest of this note is not open to you: [your account](" + s.BaseURL + "/account).*"
}

func names[T any](list []T, name func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = name(x)
	}
	return out
}

// listWritten is a list of notes as a Markdown document.
func (s *service) listWritten(heading, under string, notes []*content.Summary) kit.Answer {
	var b strings.Builder
	b.WriteString("# " + oneLine(heading) + "\n\n")
	if under != "" {
		b.WriteString(oneLine(under) + "\n\n")
	}
	for _, n := range notes {
		b.WriteString("- [" + linkText.Replace(oneLine(n.Title)) + "](" + s.BaseURL + "/notes/" + n.Slug + behindNote + "), " + n.PublishedAt.UTC().Format("2 January 2006"))
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
