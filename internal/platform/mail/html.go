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
	Accent, OnAccent template.CSS // checked to be hexadecimal colours
	First            int          // index of the first heading, -1 without one
}

// parseLayout reads the layout. The conditional comments for Outlook's Word
// engine, which ignores max-width, go in as values: the template package
// drops comments that stand in the source.
func parseLayout() (*template.Template, error) {
	return template.New("letter").Funcs(template.FuncMap{
		"outlookOpen": func() template.HTML {
			return `<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->`
		},
		"outlookClose": func() template.HTML { return `<!--[if mso]></td></tr></table><![endif]-->` },
	}).Parse(layoutSource)
}

func (c *Composer) html(l Letter, brand Brand) (string, error) {
	p := page{
		Letter: l, Brand: brand, First: -1,
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
