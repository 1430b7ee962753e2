package chart

// kind is what a value of a spec is, whichever notation it was written in.
type kind uint8

const (
	null kind = iota
	number
	word
	boolean
	list
	mapping
)

// value is one node of a spec. YAML and JSON both become this tree, so that
// the rules are written once and every complaint can name its line.
type value struct {
	kind   kind
	line   int    // within the spec, from 1
	text   string // scalars: as written, quotes removed
	items  []value
	fields []field
}

// field is one entry of a mapping, in the order of the author.
type field struct {
	name  string
	line  int
	value value
}

// noun names the kind in a message.
func (v value) noun() string {
	switch v.kind {
	case null:
		return "nothing"
	case number:
		return "a number"
	case boolean:
		return "true or false"
	case list:
		return "a list"
	case mapping:
		return "a mapping"
	}
	return "text"
}

// duplicate finds the second entry with a name that was there before.
func (v value) duplicate() *Error {
	seen := make(map[string]bool, len(v.fields))
	for _, f := range v.fields {
		if seen[f.name] {
			return wrong(f.line, "%q stands here twice", clip(f.name))
		}
		seen[f.name] = true
	}
	return nil
}

// clip shortens a text for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
