package caller

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

// most is how much of an answer is read where it must be held in memory.
const most = 64 << 20

// show prints a good answer: as it came into a pipe, readable to a person.
func show(s Streams, answer *http.Response) error {
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	isJSON := kind == "application/json" || strings.HasSuffix(kind, "+json")
	switch {
	case !s.Shown:
		_, err := io.Copy(s.Out, answer.Body)
		return cutShort(err)
	case kind != "" && !isJSON && !strings.HasPrefix(kind, "text/"):
		return misuse("the answer is %s, which a terminal cannot show; send it to a file with >", kind)
	}
	raw, err := io.ReadAll(io.LimitReader(answer.Body, most))
	if err != nil || len(raw) == 0 {
		return cutShort(err)
	}
	if isJSON {
		return pretty(s.Out, raw)
	}
	_, err = io.WriteString(s.Out, plain(string(raw)))
	return err
}

func cutShort(err error) error {
	if err != nil {
		return fmt.Errorf("the answer was cut short: %w", err)
	}
	return nil
}

func pretty(w io.Writer, raw []byte) error {
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(raw), "", "  "); err != nil {
		return fmt.Errorf("the answer is not JSON: %w", err)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, plain(b.String()))
	return err
}

// plain takes control characters out of what a terminal shows: it would obey
// them, and readers of the publication can write some of it.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, s)
}

// problem is what the server says of a refusal.
type problem struct {
	Detail, Code, Current string
	Errors                []struct{ Pointer, Detail string }
	Choices               []string
	RequestID             string `json:"request_id"`
}

// failure says a refusal in plain words.
func failure(answer *http.Response) error {
	f := &Failure{Code: refused}
	switch {
	case answer.StatusCode < http.StatusBadRequest:
		return &Failure{elsewhere, plain(fmt.Sprintf("%s: the server answers at %s, where the key is not taken to", answer.Status, answer.Header.Get("Location")))}
	case answer.StatusCode >= http.StatusInternalServerError:
		f.Code = serverFell
	}
	var p problem
	raw, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if json.Unmarshal(raw, &p) != nil || p.Detail == "" {
		f.Text = plain(answer.Status)
		return f
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s (%s)", answer.Status, p.Detail, p.Code)
	for _, e := range p.Errors {
		fmt.Fprintf(&b, "\n  %s: %s", e.Pointer, e.Detail)
	}
	for _, choice := range p.Choices {
		fmt.Fprintf(&b, "\n  it may be: %s", choice)
	}
	if p.Current != "" {
		fmt.Fprintf(&b, "\n  the version now is %s", p.Current)
	}
	if wait := answer.Header.Get("Retry-After"); wait != "" {
		fmt.Fprintf(&b, "\n  again after %s seconds", wait)
	}
	if p.RequestID != "" && f.Code == serverFell {
		fmt.Fprintf(&b, "\n  request %s", p.RequestID)
	}
	f.Text = plain(b.String())
	return f
}
