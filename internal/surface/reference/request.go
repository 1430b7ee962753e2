package reference

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// keys are how a request of each API shows who asks.
var keys = map[string][]string{
	contentAPI: {"X-Api-Key: $CONTENT_KEY"},
	memberAPI:  {"Authorization: Bearer $ACCESS_TOKEN"},
	adminAPI:   {"Authorization: Bearer $ADMIN_KEY"},
}

func (d *drawer) curl(o *huma.Operation, e *Example) string {
	var b strings.Builder
	b.WriteString("curl")
	if sends := e.Body != "" || len(e.Form) > 0; e.Method != http.MethodGet && (e.Method != http.MethodPost || !sends) {
		b.WriteString(" -X " + e.Method)
	}
	b.WriteString(" '" + d.base + d.prefix() + e.Path + "'")
	header := slices.Concat(d.asker(o, e), e.Header)
	if e.Body != "" {
		header = append(header, "Content-Type: application/json")
	}
	for _, h := range header {
		quote := "'"
		if strings.Contains(h, "$") {
			quote = `"`
		}
		b.WriteString(" \\\n  -H " + quote + h + quote)
	}
	if e.Body != "" {
		b.WriteString(" \\\n  -d " + quoted(e.Body))
	}
	for _, field := range e.Form {
		b.WriteString(" \\\n  -F " + quoted(field))
	}
	return b.String()
}

// quoted writes a text for a shell.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// asker is what of the header says who asks.
func (d *drawer) asker(o *huma.Operation, e *Example) []string {
	open := len(o.Security) == 0 || len(o.Security[0]) == 0
	switch {
	case e.As == "nobody", open && e.As == "":
		return nil
	case d.api == adminAPI && e.As != "" && e.As != "script": // somebody at the desk
		return []string{"Cookie: $STAFF_SESSION"}
	case d.api == contentAPI && e.As != "":
		return append(slices.Clone(keys[d.api]), "Authorization: Bearer $ACCESS_TOKEN")
	}
	return keys[d.api]
}

// typeScript is the same with the client in web/sdk, which knows operations
// by method and path.
func (d *drawer) typeScript(o *huma.Operation, e *Example) string {
	call := map[string]string{contentAPI: "content.call(", memberAPI: "member.call(", adminAPI: "admin("}[d.api]
	var parts []string
	path, query := splitPath(o, e.Path)
	for _, part := range [][2]string{{"path", object(path)}, {"query", object(query)}, {"body", e.Body}} {
		if part[1] != "" {
			parts = append(parts, part[0]+": "+strings.ReplaceAll(part[1], "\n", "\n  "))
		}
	}
	if len(e.Form) > 0 {
		names := make([]string, len(e.Form))
		for i, field := range e.Form {
			names[i], _, _ = strings.Cut(field, "=")
		}
		parts = append(parts, "form /* a FormData with "+strings.Join(names, ", ")+" */")
	}
	if len(e.Header) > 0 {
		var list [][2]string
		for _, h := range e.Header {
			name, value, _ := strings.Cut(h, ": ")
			list = append(list, [2]string{name, value})
		}
		parts = append(parts, "headers: "+object(list))
	}
	head := "const answer = await " + call + "'" + o.Method + " " + strings.TrimPrefix(o.Path, d.prefix()) + "'"
	if len(parts) == 0 {
		return head + ")"
	}
	return head + ", {\n  " + strings.Join(parts, ",\n  ") + ",\n})"
}

var number = regexp.MustCompile(`^[1-9]\d{0,8}$`)

func object(list [][2]string) string {
	if len(list) == 0 {
		return ""
	}
	all := make([]string, len(list))
	for i, v := range list {
		name := v[0]
		if strings.ContainsAny(name, "-.") {
			name = "'" + name + "'"
		}
		value := v[1]
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		if value != "true" && value != "false" && !number.MatchString(value) {
			value = "'" + value + "'"
		}
		all[i] = name + ": " + value
	}
	return "{ " + strings.Join(all, ", ") + " }"
}

func splitPath(o *huma.Operation, address string) (path, query [][2]string) {
	before, after, _ := strings.Cut(address, "?")
	pattern, given := strings.Split(o.Path, "/"), strings.Split(before, "/")
	pattern = pattern[max(0, len(pattern)-len(given)+1):]
	for i, segment := range pattern {
		if name, is := strings.CutPrefix(segment, "{"); is && i+1 < len(given) {
			path = append(path, [2]string{strings.TrimSuffix(name, "}"), strings.Trim(given[i+1], "{}")})
		}
	}
	for pair := range strings.SplitSeq(after, "&") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			query = append(query, [2]string{name, value})
		}
	}
	return path, query
}
