package kit

import (
	"strings"

	"lighttrends/internal/platform/fault"
)

// pointer makes "/authors/0" of huma's "body.authors[0]"; parameters keep
// their plain name, and the body itself is "" (RFC 6901, section 5).
func pointer(location string) string {
	where, rest, _ := strings.Cut(location, ".")
	switch {
	case where != "body":
		return rest
	case rest == "":
		return ""
	}
	return "/" + strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(rest)
}

// missing is what the schema's rules say of a field that is not there, which
// they find at whatever should hold it.
const missingHead, missingTail = "expected required property ", " to be present"

// detail tells of a broken rule where the client can look for it.
func detail(location, message string) fault.Field {
	at := pointer(location)
	if name, ok := strings.CutPrefix(message, missingHead); ok && strings.HasPrefix(location, "body") {
		return fault.Field{Path: at + "/" + strings.TrimSuffix(name, missingTail), Code: "required", Message: "This field is required."}
	}
	return fault.Field{Path: at, Code: "invalid", Message: sentence(message)}
}

// point turns the names by which a room knows what it was given into places in
// the request: a parameter's name, or a pointer into the document. Rooms are
// asked by forms, too, and know of neither.
func (o *operation) point(err error) error {
	f := fault.Of(err)
	if o.body == nil || f == nil || len(f.Fields) == 0 {
		return err
	}
	out := *f
	out.Fields = make([]fault.Field, len(f.Fields))
	for i, x := range f.Fields {
		if !strings.HasPrefix(x.Path, "/") && !o.isParam(x.Path) {
			x.Path = "/" + strings.ReplaceAll(x.Path, ".", "/")
		}
		out.Fields[i] = x
	}
	return &out
}

func (o *operation) isParam(name string) bool {
	for _, p := range o.params {
		if p.name == name {
			return true
		}
	}
	return false
}
