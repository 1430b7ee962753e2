package app

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/identity/devicetest"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/reference"
)

// rewriteExamples writes down what the server answers today:
//
//	go test ./internal/app -run TestExamples -rewrite-examples && make api
//
// Read the difference before it is committed: it is what integrators see.
var rewriteExamples = flag.Bool("rewrite-examples", false, "write the answers of the examples anew")

// TestExamplesAreAnsweredAsWritten replays every example of the documents, in
// their order, and holds each answer to what is written: its status, and
// everything in it that is the same on every server.
func TestExamplesAreAnsweredAsWritten(t *testing.T) {
	t.Parallel()
	for _, name := range []string{contentDocument, memberDocument, adminDocument} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, e dbtest.Engine) { newReplay(t, e, name).all() })
		})
	}
}

// TestEveryOperationHasAnExample holds the promise for all three documents,
// and that no name in braces is left in them.
func TestEveryOperationHasAnExample(t *testing.T) {
	t.Parallel()
	for name, api := range documented() {
		shown := map[string]bool{}
		for _, e := range book(t, name).Examples {
			shown[e.Operation] = true
		}
		doc := must(api.Document())
		for _, o := range reference.Operations(doc) {
			if !shown[o.OperationID] {
				t.Errorf("%s: %s has no example: add one to %s", name, o.OperationID, bookFile(name))
			}
		}
		text := string(must(json.Marshal(doc)))
		if at := strings.Index(text, "{{"); at >= 0 {
			t.Errorf("%s: nobody says what the document shows for %.40s", name, text[at:])
		}
	}
}

func bookFile(name string) string { return "../surface/reference/examples/" + name + ".txt" }

// book reads the examples of an API as they are written, not as they were
// packed.
func book(t *testing.T, name string) *reference.Book {
	t.Helper()
	text, err := os.ReadFile(bookFile(name))
	if err != nil {
		t.Fatal(err)
	}
	return must(reference.ReadBook(string(text)))
}

// replay sends the examples of one API to a house that holds what they speak
// of.
type replay struct {
	t      *testing.T
	h      *house
	name   string
	doc    *huma.OpenAPI
	book   *reference.Book
	people map[string]*visitor // members
	desk   map[string]*visitor // staff users, for what no key may do
	key    string
	values map[string]string
	phone  *devicetest.Device // of a staff user
	seen   sync.Map           // what came to the receiver of webhooks
	held   sync.Mutex         // while it is, nothing comes there a second time
}

func (r *replay) all() {
	for _, e := range r.book.Examples {
		r.one(e)
	}
	d, err := r.h.db.Health(r.h.staff)
	if err != nil || d.Retrying+d.Failed > 0 {
		r.t.Errorf("what was asked for has not been done: %+v, %v", d.Failing, err)
	}
	if *rewriteExamples && !r.t.Failed() {
		if err := os.WriteFile(bookFile(r.name), []byte(r.book.String()), 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *replay) one(e *reference.Example) {
	r.t.Helper()
	if e.Settled {
		r.settle()
	}
	r.held.Lock()
	resp, body := r.send(e)
	r.held.Unlock()
	if resp.StatusCode != e.Status {
		r.t.Errorf("%s, %q: %d, not %d: %s", e.Operation, e.Title, resp.StatusCode, e.Status, body)
		return
	}
	answer := ""
	switch kind := resp.Header.Get("Content-Type"); {
	case body == "":
	case strings.Contains(kind, "json"):
		r.fits(e, body)
		r.keep(e, body)
		answer = r.general(body)
	case strings.HasPrefix(kind, "text/csv"):
		answer = r.table(body)
	}
	if *rewriteExamples {
		e.Answer = answer
	} else if diff := cmp.Diff(e.Answer, answer); diff != "" {
		r.t.Errorf("%s, %q: the server answers otherwise (-rewrite-examples writes it down):\n%s", e.Operation, e.Title, diff)
	}
}

// fits holds an answer to the schema that is documented for it.
func (r *replay) fits(e *reference.Example, body string) {
	r.t.Helper()
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		r.t.Fatal(err)
	}
	for _, o := range reference.Operations(r.doc) {
		if o.OperationID != e.Operation {
			continue
		}
		answer := o.Responses[strconv.Itoa(e.Status)]
		if answer == nil {
			r.t.Errorf("%s: %d is not documented", e.Operation, e.Status)
			return
		}
		for _, m := range answer.Content {
			for _, err := range narrowed(o, valid(r.doc, m.Schema, value, huma.ModeReadFromServer)) {
				r.t.Errorf("%s, %q: the answer is not as documented: %v", e.Operation, e.Title, err)
			}
		}
	}
}

func (r *replay) send(e *reference.Example) (*http.Response, string) {
	r.t.Helper()
	who, header := r.asker(e)
	for _, line := range e.Header {
		name, value, _ := strings.Cut(r.fill(line), ": ")
		header = append(header, name, value)
	}
	body := strings.NewReader(r.fill(e.Body))
	switch {
	case e.Body != "":
		header = append(header, "Content-Type", "application/json")
	case len(e.Form) > 0:
		kind, form := r.form(e.Form)
		body, header = strings.NewReader(form), append(header, "Content-Type", kind)
	}
	return who.send(e.Method, "/api/"+r.name+"/v1"+r.fill(e.Path), body, append(header, "Accept", "application/json")...)
}

// asker is who sends an example, with what their requests carry.
func (r *replay) asker(e *reference.Example) (who *visitor, header []string) {
	as, _, _ := strings.Cut(e.As, ",")
	if as == "" && r.name == memberDocument {
		as = "reader"
	}
	switch {
	case r.name == contentDocument:
		header = []string{"X-Api-Key", r.key}
	case r.desk[as] != nil:
		return r.desk[as], []string{"Sec-Fetch-Site", "same-origin"}
	case r.name == adminDocument && as == "nobody":
		header = []string{"Sec-Fetch-Site", "same-origin"}
	case r.name == adminDocument:
		header = []string{"Authorization", "Bearer " + r.key}
	}
	if p := r.people[as]; p != nil {
		header = append(header, "Authorization", "Bearer "+p.token)
	}
	return r.h.stranger(r.t), header
}

// form writes the fields of a form, with the files that they name.
func (r *replay) form(fields []string) (kind, body string) {
	r.t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for _, field := range fields {
		name, value, _ := strings.Cut(r.fill(field), "=")
		part, err := w.CreateFormField(name)
		if file, is := strings.CutPrefix(value, "@"); is && err == nil {
			part, err = w.CreateFormFile(name, file)
			value = r.file(file)
		}
		if err != nil {
			r.t.Fatal(err)
		}
		_, _ = io.WriteString(part, value) // to memory
	}
	_ = w.Close()
	return w.FormDataContentType(), out.String()
}

// keep remembers parts of an answer for the examples that follow.
func (r *replay) keep(e *reference.Example, body string) {
	r.t.Helper()
	for _, k := range e.Keep {
		name, path, _ := strings.Cut(k, "=")
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			r.t.Fatal(err)
		}
		for part := range strings.SplitSeq(path, ".") {
			switch x := v.(type) {
			case map[string]any:
				v = x[part]
			case []any:
				i, err := strconv.Atoi(part)
				if err != nil || i >= len(x) {
					r.t.Fatalf("%s: there is no %s in %s", e.Operation, path, body)
				}
				v = x[i]
			}
		}
		text := fmt.Sprint(v)
		if x, is := v.(map[string]any); is {
			text = string(must(json.Marshal(x)))
		}
		if u, err := url.Parse(text); err == nil && u.Host != "" { // of an address, what names it
			text = text[strings.LastIndex(text, "/")+1:]
		}
		if v == nil || text == "" {
			r.t.Fatalf("%s: there is no %s in %s", e.Operation, path, body)
		}
		r.values[name] = text
	}
}
