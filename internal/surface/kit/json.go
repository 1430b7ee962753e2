package kit

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

const maxDepth = 32

// decodeStrict reads exactly one JSON document with no member twice and no
// text that a database cannot keep. Unknown members are refused by the schema.
func decodeStrict(data []byte, v any) error {
	if err := checkJSON(data); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(v); err != nil {
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

// checkJSON walks the tokens: depth, members that appear twice, and anything
// after the end.
func checkJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := walk(dec, 0); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errTrailing
	}
	return nil
}

func walk(dec *json.Decoder, depth int) error {
	if depth > maxDepth {
		return errDepth
	}
	tok, err := dec.Token()
	if err != nil {
		return errJSON
	}
	open, ok := tok.(json.Delim)
	if !ok {
		return checkText(tok)
	}
	var seen map[string]bool
	if open == '{' {
		seen = map[string]bool{}
	}
	for dec.More() {
		if seen != nil {
			key, err := dec.Token()
			if err != nil {
				return errJSON
			}
			name, _ := key.(string)
			if seen[name] {
				return errTwice
			}
			if err := checkText(name); err != nil {
				return err
			}
			seen[name] = true
		}
		if err := walk(dec, depth+1); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return errJSON
	}
	return nil
}

func checkText(tok json.Token) error {
	if text, ok := tok.(string); ok && strings.ContainsRune(text, 0) {
		return errNull
	}
	return nil
}
