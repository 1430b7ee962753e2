package portal

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// form is what a person typed and what is wrong with it.
type form struct {
	Values   map[string]string
	Problems []fault.Field
	Message  string // concerns the whole form
	order    []string
	in       *phrase.Language // nil: English
}

// readForm takes the named fields of an urlencoded body. Bytes that are no
// text, and NUL, which databases refuse, are replaced.
func readForm(c *fiber.Ctx, names ...string) form {
	f := form{Values: make(map[string]string, len(names)), order: names, in: phrase.From(c.UserContext())}
	args := c.Request().PostArgs()
	for _, name := range names {
		f.Values[name] = cleaned(string(args.Peek(name)))
	}
	return f
}

// cleaned makes what a client sent a text that can be stored.
func cleaned(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}

// localPath is an address of ours to go on to, or "".
func localPath(s string) string { return identity.LocalPath(s) }

// next reads where to go on to; anything but an address of ours is nothing.
func (f form) next() string { return localPath(f.Values["next"]) }

// fails puts a fault into the form, if it is one that the person can mend, or
// wait for.
func (f *form) fails(err error) bool {
	if err == nil {
		return false
	}
	e := fault.Of(err)
	switch e.Kind {
	case fault.Invalid, fault.TooMany, fault.Conflict, fault.Unavailable:
	default:
		return false
	}
	l := inEnglish(f.in)
	f.Problems, f.Message = f.sorted(l, e.Fields), faultText(l, e)
	if e.RetryAfter > 0 {
		f.Message += " " + l.Text("error.wait", "time", waitText(l, e.RetryAfter))
	}
	return true
}

// sorted puts problems into the order of the form, each in words that can
// stand alone.
func (f *form) sorted(l *phrase.Language, problems []fault.Field) []fault.Field {
	out := slices.Clone(problems)
	for i := range out {
		out[i].Path = strings.TrimPrefix(out[i].Path, "/")
		out[i].Message = problemText(l, out[i])
	}
	slices.SortStableFunc(out, func(a, b fault.Field) int {
		return slices.Index(f.order, a.Path) - slices.Index(f.order, b.Path)
	})
	return out
}

// Listed are the problems that the message has not told already.
func (f form) Listed() []fault.Field {
	return slices.DeleteFunc(slices.Clone(f.Problems), func(p fault.Field) bool { return strings.HasPrefix(f.Message, p.Message) })
}

// Error is what is wrong with a field, or "".
func (f form) Error(name string) string {
	for _, p := range f.Problems {
		if p.Path == name {
			return p.Message
		}
	}
	return ""
}

// Failed tells whether there is anything to mend.
func (f form) Failed() bool { return f.Message != "" || len(f.Problems) > 0 }

// Field puts together what an input shows.
func (f form) Field(name, label, kind, autocomplete string) field {
	return field{Name: name, Label: label, Kind: kind, Autocomplete: autocomplete, Value: f.Values[name], Error: f.Error(name)}
}

// field is one labelled input.
type field struct {
	Name, Label, Kind, Autocomplete, Value, Error, Hint string
	Optional                                            bool
	Max                                                 int
}

// Opt marks a field that may stay empty.
func (f field) Opt() field {
	f.Optional = true
	return f
}

// Hinted adds a line of help.
func (f field) Hinted(hint string) field {
	f.Hint = hint
	return f
}

// Limit bounds what can be typed, in characters.
func (f field) Limit(n int) field {
	f.Max = n
	return f
}

// formStatus sets the status of the answer to a form that failed.
func formStatus(c *fiber.Ctx, err error) {
	e := fault.Of(err)
	if e.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, seconds(e.RetryAfter))
	}
	switch e.Kind {
	case fault.TooMany:
		c.Status(fiber.StatusTooManyRequests)
	case fault.Conflict:
		c.Status(fiber.StatusConflict)
	case fault.Unavailable:
		c.Status(fiber.StatusServiceUnavailable)
	default:
		c.Status(fiber.StatusUnprocessableEntity)
	}
}

// seeOther sends the browser on with a GET, so that loading again does not
// post again. Where it leads depends on who asks.
func seeOther(c *fiber.Ctx, address string) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Redirect(address, fiber.StatusSeeOther)
}
