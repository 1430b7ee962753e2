package caller

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// parts is what a request is made of.
type parts struct {
	query url.Values
	body  []byte // nil: none
	kind  string // its content type
}

func (p parts) reader() io.Reader {
	if p.body == nil {
		return nil
	}
	return bytes.NewReader(p.body)
}

// item is one argument behind the path.
type item struct{ name, sign, value string }

// cutItem finds the sign, which is the first of those there are.
func cutItem(s string) (item, bool) {
	at := strings.IndexAny(s, "=:@")
	if at < 1 {
		return item{}, false
	}
	for _, sign := range []string{"==", "=@", ":=", "=", "@"} {
		if value, ok := strings.CutPrefix(s[at:], sign); ok {
			return item{s[:at], sign, value}, true
		}
	}
	return item{}, false
}

// parts reads the items and the files that they name.
func (c Call) parts(in io.Reader) (parts, error) {
	p := parts{query: url.Values{}}
	fields := map[string]json.RawMessage{}
	if err := c.document(in, fields); err != nil {
		return p, err
	}
	var files []item
	for _, text := range c.Items {
		it, ok := cutItem(text)
		if !ok {
			return p, misuse("%q is none of name==value (query), name=value, name:=JSON, name=@file (body), name@file (upload)", text)
		}
		switch it.sign {
		case "==":
			p.query.Add(it.name, it.value)
			continue
		case "@":
			files = append(files, it)
			continue
		}
		value, err := it.json()
		if err != nil {
			return p, err
		}
		fields[it.name] = value
	}
	if len(fields)+len(files) == 0 && c.Body == "" {
		return p, nil
	}
	if m := strings.ToUpper(c.Method); m == http.MethodGet || m == http.MethodHead {
		return p, misuse("%s takes no body; a parameter of the query is written name==value", m)
	}
	if len(files) > 0 {
		return p, p.form(fields, files)
	}
	p.kind = "application/json"
	var err error
	p.body, err = json.Marshal(fields)
	return p, err
}

// document reads the JSON object that was given as a file. Items go over it.
func (c Call) document(in io.Reader, fields map[string]json.RawMessage) error {
	if c.Body == "" {
		return nil
	}
	raw, err := readFile(c.Body, in)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return misuse("%s does not hold a JSON object: %v; a text for one field is sent as name=@%s", c.Body, err, c.Body)
	}
	return nil
}

func (it item) json() (json.RawMessage, error) {
	switch it.sign {
	case ":=":
		if !json.Valid([]byte(it.value)) {
			return nil, misuse("what stands behind %s:= is not JSON; a text is written %s=…", it.name, it.name)
		}
		return json.RawMessage(it.value), nil
	case "=@":
		raw, err := readFile(it.value, nil)
		if err != nil {
			return nil, err
		}
		return json.Marshal(string(raw))
	}
	return json.Marshal(it.value)
}

// form sends files, with the fields beside them.
func (p *parts) form(fields map[string]json.RawMessage, files []item) error {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, raw := range fields {
		text := string(raw)
		_ = json.Unmarshal(raw, &text) // what is no string goes as it is written
		if err := w.WriteField(name, text); err != nil {
			return err
		}
	}
	for _, f := range files {
		raw, err := readFile(f.value, nil)
		if err != nil {
			return err
		}
		part, err := w.CreateFormFile(f.name, filepath.Base(f.value))
		if err == nil {
			_, err = part.Write(raw)
		}
		if err != nil {
			return err
		}
	}
	p.kind = w.FormDataContentType()
	err := w.Close()
	p.body = b.Bytes()
	return err
}

func readFile(name string, in io.Reader) ([]byte, error) {
	if name == "-" && in != nil {
		return io.ReadAll(in)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, misuse("%v", err)
	}
	return raw, nil
}
