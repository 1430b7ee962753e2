package kit

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// Deprecation says since when an operation is not to be used by anything new,
// and when it goes.
type Deprecation struct {
	Since  time.Time
	Sunset time.Time // zero: not decided yet
	Read   string    // path of what to use instead; empty is the page on versions
}

// deprecationKey is where an operation's Metadata holds its Deprecation.
const deprecationKey = "deprecation"

// VersionsPage is where the policy on versions stands.
const VersionsPage = "/docs/guides/versions/"

// Deprecate marks an operation. Whatever it answers from then on, a refusal as
// well, says so in the standard fields: Deprecation (RFC 9745), Sunset
// (RFC 8594) and a Link to what to use instead.
func Deprecate(op huma.Operation, d Deprecation) huma.Operation {
	op.Deprecated = true
	op.Metadata = map[string]any{deprecationKey: d}
	return op
}

// readDeprecation writes the fields of an operation that is marked. One that is
// marked without a date is refused at the start.
func (o *operation) readDeprecation() {
	d, dated := o.spec.Metadata[deprecationKey].(Deprecation)
	switch {
	case !o.spec.Deprecated && !dated:
		return
	case !o.spec.Deprecated || !dated || d.Since.IsZero():
		panic("kit: " + o.spec.OperationID + " is deprecated, but nobody says since when: use Deprecate")
	case !d.Sunset.IsZero() && d.Sunset.Before(d.Since):
		panic("kit: " + o.spec.OperationID + " goes before it is deprecated")
	}
	if d.Read == "" {
		d.Read = VersionsPage
	}
	o.parting = [][2]string{
		{"Deprecation", "@" + strconv.FormatInt(d.Since.Unix(), 10)},
		{fiber.HeaderLink, fmt.Sprintf(`<%s%s>; rel="deprecation"; type="text/html"`, o.api.server.opts.BaseURL, d.Read)},
	}
	if !d.Sunset.IsZero() {
		o.parting = append(o.parting, [2]string{"Sunset", d.Sunset.UTC().Format(http.TimeFormat)})
		if o.spec.Extensions == nil {
			o.spec.Extensions = map[string]any{}
		}
		o.spec.Extensions["x-sunset"] = d.Sunset.UTC().Format(time.DateOnly)
	}
}

// describeParting documents these fields.
func (o *operation) describeParting() {
	if len(o.parting) == 0 {
		return
	}
	for _, r := range o.spec.Responses {
		if r.Headers == nil {
			r.Headers = map[string]*huma.Header{}
		}
		for _, h := range o.parting {
			r.Headers[h[0]] = &huma.Header{Description: partingWords[h[0]], Schema: &huma.Schema{Type: huma.TypeString}}
		}
	}
}

var partingWords = map[string]string{
	"Deprecation":    "Since when this operation is deprecated, as @ and seconds since 1970 (RFC 9745)",
	"Sunset":         "When this operation goes (RFC 8594)",
	fiber.HeaderLink: "What to use instead, with rel=deprecation",
}
