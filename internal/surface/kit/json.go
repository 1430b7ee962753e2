package kit

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

const maxDepth = 32

// decodeStrict reads exactly one JSON document with no member twice and no
// text that a database cannot keep. Unknown members are refused by the schema.
func decodeStrict(data []byte, v any) error {
	if err := checkJSON(data); err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return errJSON
	}
	return nil
}

// jsonError is a sentence for the client; huma keeps only the text of what a
// format returns.
type jsonError string

func (e jsonError) Error() string { return string(e) }

const (
	errJSON     jsonError = "The body is not a valid JSON document."
	errDepth    jsonError = "The JSON document is nested too deeply."
	errTwice    jsonError = "A member appears twice in the JSON document."
	errTrailing jsonError = "There is something after the JSON document."
	errNull     jsonError = "A text holds the character U+0000, which cannot be kept."
)

// checkJSON looks for what would be nested too deeply, for members that appear
// twice, for texts with U+0000, and for anything after the end. It reads where
// the bytes lie: a long text costs no copy.
func checkJSON(data []byte) error {
	if tooDeep(data) {
		return errDepth
	}
	if !json.Valid(data) {
		var first json.RawMessage
		if json.NewDecoder(bytes.NewReader(data)).Decode(&first) == nil {
			return errTrailing
		}
		return errJSON
	}
	_, err := walk(data, 0)
	return err
}

// tooDeep counts brackets outside of texts, whatever else is wrong with them.
func tooDeep(data []byte) bool {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			i = textEnd(data, i) - 1
		case '{', '[':
			if depth++; depth > maxDepth {
				return true
			}
		case '}', ']':
			depth--
		}
	}
	return false
}

// textEnd is where a text ends that begins at i.
func textEnd(data []byte, i int) int {
	for i++; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(data)
}

// walk passes over the value that begins at i in a valid document, and says
// where it ends.
func walk(data []byte, i int) (end int, err error) {
	i = blanks(data, i)
	switch data[i] {
	case '"':
		end = textEnd(data, i)
		return end, checkText(data[i:end])
	case '{', '[':
		return walkInto(data, i)
	}
	for i < len(data) && strings.IndexByte(",]} \t\r\n", data[i]) < 0 {
		i++
	}
	return i, nil
}

// walkInto passes over an object or a list.
func walkInto(data []byte, i int) (end int, err error) {
	var seen map[string]bool
	if data[i] == '{' {
		seen = map[string]bool{}
	}
	for i++; ; i++ { // behind the bracket, or a comma
		if i = blanks(data, i); data[i] == '}' || data[i] == ']' {
			return i + 1, nil
		}
		if seen != nil {
			end = textEnd(data, i)
			name := nameOf(data[i:end])
			if seen[name] {
				return 0, errTwice
			}
			if err := checkText(data[i:end]); err != nil {
				return 0, err
			}
			seen[name] = true
			i = blanks(data, end) + 1 // the colon
		}
		if i, err = walk(data, i); err != nil {
			return 0, err
		}
		if i = blanks(data, i); data[i] != ',' {
			return i + 1, nil
		}
	}
}

func blanks(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\t' || data[i] == '\r' || data[i] == '\n') {
		i++
	}
	return i
}

// nameOf is a member's name as it is meant.
func nameOf(quoted []byte) (name string) {
	if bytes.IndexByte(quoted, '\\') < 0 && utf8.Valid(quoted) {
		return string(quoted[1 : len(quoted)-1])
	}
	_ = json.Unmarshal(quoted, &name) // the document is valid
	return name
}

func checkText(quoted []byte) error {
	for rest := quoted; ; {
		at := bytes.IndexByte(rest, '\\')
		if at < 0 {
			return nil
		}
		if rest = rest[at+1:]; bytes.HasPrefix(rest, []byte("u0000")) {
			return errNull
		}
		rest = rest[1:]
	}
}
