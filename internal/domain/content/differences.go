package content

import (
	"context"
	"regexp"
	"strings"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content/compare"
)

// Differences is what changed in a note from one version to another. It holds
// the words of both texts, so it takes a decision that opens each.
type Differences struct {
	Title, Abstract []compare.Span // nil where they are the same
	Rows            []compare.Row
}

// None says that readers see the same.
func (d *Differences) None() bool { return d.Title == nil && d.Abstract == nil && len(d.Rows) == 0 }

// Size implements Sized.
func (d *Differences) Size() int {
	n := 256
	for _, r := range d.Rows {
		n += 64 + len(r.Left) + len(r.Right)
	}
	return n
}

// Differences compares two versions of a note, above and below the paywall. Both
// decisions must be full. What was found is kept with the newer text, and is
// reached only through it.
func (l *Library) Differences(ctx context.Context, from, to *Teaser, opensFrom, opensTo access.Decision) (*Differences, error) {
	before, err := l.Open(opensFrom)
	if err != nil {
		return nil, err
	}
	after, err := l.Open(opensTo)
	if err != nil {
		return nil, err
	}
	id := opensFrom.Revision()
	return Derive(ctx, &after.Derived, "differences from "+string(id[:]), func(ctx context.Context) (*Differences, error) {
		a, err := before.Text(ctx)
		if err != nil {
			return nil, err
		}
		b, err := after.Text(ctx)
		if err != nil {
			return nil, err
		}
		return differences(from, to, a.HTML, b.HTML), nil
	})
}

func differences(from, to *Teaser, a, b string) *Differences {
	d := &Differences{}
	if from.Title != to.Title {
		d.Title = compare.Words(from.Title, to.Title)
	}
	if from.Abstract != to.Abstract {
		d.Abstract = compare.Words(from.Abstract, to.Abstract)
	}
	if a != b {
		d.Rows = compare.Rendered(a, b)
	}
	for i := range d.Rows {
		d.Rows[i].Left, d.Rows[i].Right = loose(d.Rows[i].Left), loose(d.Rows[i].Right)
	}
	return d
}

// A piece of a text that stands beside another state of itself names no place
// that is there twice, leads to none, and is no heading of the page around it.
var (
	anyTag  = regexp.MustCompile(`<[^>]+>`)
	anchor  = regexp.MustCompile(`\s(?:id|href)="(?:#[^"]*)?"|\sid="[^"]*"`)
	heading = regexp.MustCompile(`^<h([2-6])\b`)
	closing = regexp.MustCompile(`^</h[2-6]>$`)
)

var looseRoles = strings.NewReplacer(`role="region"`, `role="group"`, `role="doc-noteref"`, "", `role="doc-backlink"`, "", `aria-label="Footnotes"`, "")

func loose(html string) string {
	return anyTag.ReplaceAllStringFunc(html, func(tag string) string {
		tag = heading.ReplaceAllString(closing.ReplaceAllString(tag, "</p>"), `<p class="was-h$1"`)
		return looseRoles.Replace(anchor.ReplaceAllString(tag, ""))
	})
}
