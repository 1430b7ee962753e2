package mail

import (
	_ "embed"
	"html/template"
	"strings"
)

//go:embed layout.html.tmpl
var layoutSource string

// page is what the layout sees.
type page struct {
	Letter
	Brand            Brand
	Logo             Logo
	Accent, OnAccent template.CSS // checked to be hexadecimal colours
	First            int          // index of the first heading, -1 without one
	Spectrum         []stripe
}

// stripe is a part of the band under the masthead, the same as on the portal.
type stripe struct {
	Colour template.CSS
	Share  int // of the width, in percent
}

func spectrum() []stripe {
	return []stripe{{"#87489f", 14}, {"#1f5aa6", 16}, {"#127a68", 14}, {"#56752a", 12}, {"#8f6b00", 12}, {"#b84e14", 16}, {"#bf3358", 16}}
}

// parseLayout reads the layout. The conditional comments for Outlook's Word
// engine, which ignores max-width, go in as values: the template package
// drops comments that stand in the source.
func parseLayout() (*template.Template, error) {
	return template.New("letter").Funcs(template.FuncMap{
		"outlookOpen": func() template.HTML {
			return `<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->`
		},
		"linked":       linked,
		"outlookClose": func() template.HTML { return `<!--[if mso]></td></tr></table><![endif]-->` },
	}).Parse(layoutSource)
}

// linked makes links of our own addresses that stand as words in a text.
// Somebody else's stay text: a name in a letter may hold one.
func linked(site, text string) template.HTML {
	words := strings.Split(text, " ")
	for i, w := range words {
		address := strings.TrimRight(w, ".,;:!?)")
		words[i] = template.HTMLEscapeString(w)
		if own := strings.TrimSuffix(site, "/"); own != "" && (address == own || strings.HasPrefix(address, own+"/")) {
			safe := template.HTMLEscapeString(address)
			words[i] = `<a href="` + safe + `" style="color:inherit">` + safe + `</a>` + template.HTMLEscapeString(w[len(address):])
		}
	}
	return template.HTML(strings.Join(words, " ")) //nolint:gosec // every part is escaped
}

func (c *Composer) html(l Letter, brand Brand) (string, error) {
	p := page{
		Letter: l, Brand: brand, Logo: brand.Logo.fit(), First: -1, Spectrum: spectrum(),
		Accent: template.CSS(brand.accent()), OnAccent: template.CSS(brand.onAccent()), //nolint:gosec // checked
	}
	p.Subject = oneLine(l.Subject)
	for i, b := range l.Blocks {
		if b.Kind == KindHeading {
			p.First = i
			break
		}
	}
	var out strings.Builder
	err := c.layout.Execute(&out, p)
	return out.String(), err
}
