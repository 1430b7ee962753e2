package portal

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

const plainType = "text/plain; charset=utf-8"

// closedPaths are for nobody's index, in no language: they are one person's own,
// or cost much and say nothing.
func closedPaths() []string {
	closed := []string{"/account", "/api/", "/checkout", "/desk", "/search", "/setup", "/sign-in"}
	out := slices.Clone(closed)
	for _, l := range phrase.Shipped() {
		for _, path := range closed {
			if kit.InLanguage(path) {
				out = append(out, "/"+l.Tag+path)
			}
		}
	}
	return out
}

// gatherers are the names of programs that gather text for language models, as
// those who run them publish them.
func gatherers() []string {
	return []string{
		"AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ChatGPT-User", "Claude-SearchBot", "Claude-User", "ClaudeBot",
		"cohere-ai", "Diffbot", "DuckAssistBot", "Google-CloudVertexBot", "Google-Extended", "GPTBot", "meta-externalagent", "meta-externalfetcher", "MistralAI-User",
		"OAI-SearchBot", "omgili", "PanguBot", "Perplexity-User", "PerplexityBot", "Timpibot", "YouBot",
	}
}

// robots tells crawlers where not to go, and where the map is (RFC 9309).
func (p *Portal) robots(c *fiber.Ctx) error {
	reach, err := p.House.Reach(c.UserContext())
	if err != nil {
		return err
	}
	var out strings.Builder
	out.WriteString("User-agent: *\n")
	for _, path := range closedPaths() {
		out.WriteString("Disallow: " + path + "\n")
	}
	if reach.RefuseAI {
		out.WriteString("\n")
		for _, name := range gatherers() {
			out.WriteString("User-agent: " + name + "\n")
		}
		out.WriteString("Disallow: /\n")
	}
	out.WriteString("\nSitemap: " + p.BaseURL + "/sitemap.xml\n")
	return p.sendMachine(c, plainType, []byte(out.String()))
}

// toldNotes is how many notes llms.txt lists.
const toldNotes = 50

// llms says to language models what there is, in the form of
// https://llmstxt.org: what a stranger reads in a list, and nothing else.
func (p *Portal) llms(c *fiber.Ctx) error {
	ctx := c.UserContext()
	reach, err := p.House.Reach(ctx)
	if err != nil {
		return err
	}
	if reach.RefuseAI {
		return fault.New(fault.NotFound, "not_found", "There is nothing at this address.")
	}
	profile, err := p.House.Profile(ctx)
	if err != nil {
		return err
	}
	list, err := p.Library.List(ctx, content.Query{Limit: toldNotes})
	if err != nil {
		return err
	}
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return err
	}
	d := llmsText{base: p.BaseURL, in: p.language(ctx)}
	d.introduce(profile)
	d.section(d.in.Text("nav.notes"))
	for _, n := range list.Notes {
		d.link(n.Title, notePath(n.Slug), p.told(c, n))
	}
	d.places(p.outIssues(ctx, cat), cat, profile)
	return p.sendMachine(c, plainType, []byte(d.String()))
}

// told is what a list says of a note: who may read it, when it appeared, and
// its abstract.
func (p *Portal) told(c *fiber.Ctx, n *content.Summary) string {
	return p.tagOf(c.UserContext(), n.Meta).Text + ", " + p.language(c.UserContext()).Date(n.PublishedAt) + ". " + n.Abstract
}

// llmsText writes the document.
type llmsText struct {
	strings.Builder
	base string
	in   *phrase.Language
}

func (d *llmsText) introduce(profile publication.Profile) {
	d.WriteString("# " + oneLine(profile.Name) + "\n\n")
	if told := first(profile.Tagline, profile.About); told != "" {
		d.WriteString("> " + oneLine(told) + "\n\n")
	}
	d.WriteString(d.in.Text("llms.about") + "\n")
}

func (d *llmsText) places(issues []*issueView, cat *content.Catalogue, profile publication.Profile) {
	d.section(d.in.Text("topics.title"))
	for _, t := range cat.Topics {
		d.link(t.Name, "/topics/"+t.Slug, t.Description)
	}
	d.section(d.in.Text("authors.title"))
	for _, a := range cat.Authors {
		d.link(a.Name, "/authors/"+a.Slug, a.Role)
	}
	d.section("Optional")
	for _, i := range issues[:min(len(issues), 24)] {
		d.link(i.Name(), i.Href(), i.Title)
	}
	d.link(d.in.Text("archive.title"), "/archive", d.in.Text("llms.archive"))
	d.link(d.in.Text("plans.title"), "/plans", d.in.Text("llms.plans"))
	d.link(d.in.Text("contact.title"), "/contact", "")
	for _, x := range profile.Pages {
		d.link(x.Title, "/pages/"+x.Slug, "")
	}
}

func (d *llmsText) section(name string) { d.WriteString("\n## " + name + "\n\n") }

func (d *llmsText) link(name, path, told string) {
	d.WriteString("- [" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(oneLine(name)) + "](" + d.base + path + ")")
	if told != "" {
		d.WriteString(": " + oneLine(told))
	}
	d.WriteString("\n")
}

// oneLine keeps a text from being taken for a heading or another entry.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
