package kit_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/surface/kit"
)

// Shared is embedded, as many inputs embed what they have in common.
type Shared struct {
	ID uuid.UUID `path:"id" format:"uuid"`
}

type everyParam struct {
	Shared
	Number  int       `path:"number" minimum:"1" maximum:"9"`
	Slug    string    `query:"slug" maxLength:"5" pattern:"^[a-z]+$"`
	Sort    string    `query:"sort" enum:"new,old" default:"new"`
	Limit   int       `query:"limit" default:"20" minimum:"1" maximum:"100"`
	Small   int8      `query:"small"`
	Share   float64   `query:"share" maximum:"1"`
	Unread  bool      `query:"unread"`
	From    time.Time `query:"from"`
	Day     time.Time `query:"day" timeFormat:"2006-01-02"`
	Topics  []string  `query:"topics" maxItems:"2"`
	Needed  string    `query:"needed" required:"true"`
	Version string    `header:"If-Match" maxLength:"6"`
	Since   time.Time `header:"If-Modified-Since"`
	Theme   string    `cookie:"theme" enum:"light,dark"`
}

type echo struct {
	Status   int
	ETag     string    `header:"ETag"`
	Count    int       `header:"X-Count"`
	Fresh    bool      `header:"X-Fresh"`
	Modified time.Time `header:"Last-Modified"`
	Body     any
}

type person struct {
	Name string     `json:"name" minLength:"1" maxLength:"5"`
	Kind string     `json:"kind,omitempty" enum:"a,b"`
	Age  *int       `json:"age,omitempty" minimum:"0"`
	Born *time.Time `json:"born,omitempty"`
	Tags []string   `json:"tags,omitempty" maxItems:"2" maxLength:"3"`
	Pets []struct {
		Name string `json:"name"`
	} `json:"pets,omitempty"`
	Notes map[string]string `json:"notes,omitempty"`
}

type upload struct {
	RawBody kit.Form[struct {
		File  huma.FormFile `form:"file" required:"true"`
		Extra huma.FormFile `form:"extra" required:"false"`
		Note  string        `form:"note" maxLength:"4"`
		Title string        `form:"title" required:"false"`
	}]
}

func op(method, path string) huma.Operation {
	return huma.Operation{OperationID: strings.ToLower(method) + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(path), Method: method, Path: "/api/t/v1" + path}
}

func binderBench(t *testing.T) *bench {
	return setup(t, kit.Options{}, func(s *kit.Server) {
		api := s.NewAPI(kit.APIInfo{Prefix: "/api/t/v1", Title: "T", Version: "1"})
		kit.Register(api, op("GET", "/p/{id}/{number}"), func(_ context.Context, in *everyParam) (*echo, error) {
			return &echo{Status: 200, ETag: `"1"`, Count: 7, Fresh: true, Modified: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Body: in}, nil
		})
		small := op("POST", "/people")
		small.MaxBodyBytes, small.DefaultStatus = 200, 201
		kit.Register(api, small, func(_ context.Context, in *struct{ Body person }) (*struct{ Body person }, error) {
			return &struct{ Body person }{in.Body}, nil
		})
		kit.Register(api, op("PATCH", "/people"), func(_ context.Context, in *struct{ Body *person }) (*echo, error) {
			return &echo{Status: 202, Body: in.Body == nil}, nil
		})
		kit.Register(api, op("POST", "/files"), func(_ context.Context, in *upload) (*struct{ Body []byte }, error) {
			f := &in.RawBody.Fields
			raw, err := io.ReadAll(f.File)
			return &struct{ Body []byte }{fmt.Appendf(nil, "%s %s %d %s %s %v", raw, f.File.Filename, f.File.Size, f.Note, f.Title, f.Extra.IsSet)}, err
		})
		kit.Register(api, op("DELETE", "/people"), func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
		kit.Register(api, op("GET", "/stream"), func(context.Context, *struct{}) (*huma.StreamResponse, error) {
			return &huma.StreamResponse{Body: func(hc huma.Context) {
				hc.SetHeader("Content-Type", "text/plain")
				_, _ = hc.BodyWriter().Write([]byte("written by itself"))
			}}, nil
		})
		kit.Register(api, op("GET", "/broken"), func(context.Context, *struct{}) (*echo, error) {
			return &echo{Status: 200, Body: func() {}}, nil
		})
	})
}

const somebody = "/p/018f3a5e-0000-7000-8000-000000000001/3?needed=x"

// TestBodiesAreReadWhileTheDocumentIsMade: the document is made when somebody
// first asks for it, out of the schemas that bodies are held against.
func TestBodiesAreReadWhileTheDocumentIsMade(t *testing.T) {
	t.Parallel()
	b := binderBench(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 50 {
				body := `{"name":"Ada","pets":[{"name":"Rex"}]}`
				resp := b.send(t, fmt.Sprintf("POST /api/t/v1/people HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body))
				if resp.StatusCode != http.StatusCreated {
					t.Errorf("%d", resp.StatusCode)
				}
			}
		})
	}
	resp := b.send(t, "GET /api/t/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n")
	text, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(string(text), `"X-Count"`) {
		t.Errorf("%v: the document does not tell of answers: %s", err, text)
	}
	all.Wait()
}

// TestRequestsAreBound: each line is a request and all that it comes to. A
// refusal is told as its status, its code, and where each broken rule stands.
func TestRequestsAreBound(t *testing.T) {
	t.Parallel()
	b := binderBench(t)
	form := func(parts ...string) string {
		return "Content-Type: multipart/form-data; boundary=x\n\n--x\r\n" + strings.Join(parts, "--x\r\n") + "--x--\r\n"
	}
	part := func(name, rest, body string) string {
		return "Content-Disposition: form-data; name=\"" + name + "\"" + rest + "\r\n\r\n" + body + "\r\n"
	}
	file := part("file", `; filename="a.txt"`, "hello")
	ok := func(body string) string { return "Content-Type: application/json\n\n" + body }
	for _, tt := range []struct{ name, request, rest, want string }{
		{"every parameter", "GET " + somebody + "&slug=abc&sort=old&limit=5&small=-3&share=0.5&unread=true&from=2026-01-02T03:04:05Z&day=2026-02-03&topics=a,b", "If-Match: \"v1\"\nIf-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT\nCookie: theme=dark",
			`200 {"ID":"018f3a5e-0000-7000-8000-000000000001","Number":3,"Slug":"abc","Sort":"old","Limit":5,"Small":-3,"Share":0.5,"Unread":true,"From":"2026-01-02T03:04:05Z","Day":"2026-02-03T00:00:00Z","Topics":["a","b"],"Needed":"x","Version":"\"v1\"","Since":"2026-01-02T03:04:05Z","Theme":"dark"}`},
		{"defaults", "GET " + somebody + "&limit=&slug=", "",
			`200 {"ID":"018f3a5e-0000-7000-8000-000000000001","Number":3,"Slug":"","Sort":"new","Limit":20,"Small":0,"Share":0,"Unread":false,"From":"0001-01-01T00:00:00Z","Day":"0001-01-01T00:00:00Z","Topics":null,"Needed":"x","Version":"","Since":"0001-01-01T00:00:00Z","Theme":""}`},
		{"a parameter twice is refused", "GET " + somebody + "&needed=y&limit=200&limit=3&limit=4", "", "422 invalid_input limit needed"},
		{"unknown ones come first, and alone", "GET /p/x/0?b=1&a=2&limit=0", "", "422 invalid_input a b"},
		{"all that is wrong at once", "GET /p/x/10?slug=Abcdef&sort=up&limit=0&small=200&share=1.5&unread=maybe&from=yesterday&day=2026-02-30&topics=a,b,c", "If-Match: 1234567\nIf-Modified-Since: now\nCookie: theme=blue",
			"422 invalid_input id number slug slug sort limit small share unread from day topics needed If-Match If-Modified-Since theme"},
		{"a number that is none", "GET " + somebody + "&limit=3.5&small=x&share=much", "", "422 invalid_input limit small share"},
		{"a document", "POST /people", ok(`{"name":"Ada","kind":"a","age":3,"tags":["x"],"pets":[{"name":"Rex"}],"notes":{"a":"b"}}`), `201 {"name":"Ada","kind":"a","age":3,"tags":["x"],"pets":[{"name":"Rex"}],"notes":{"a":"b"}}`},
		{"without a content type", "POST /people", "\n" + `{"name":"Ada"}`, `201 {"name":"Ada"}`},
		{"with a character set", "POST /people", "Content-Type: application/json; charset=utf-8\n\n" + `{"name":"Ada"}`, `201 {"name":"Ada"}`},
		{"nulls where something may be left out", "POST /people", ok(`{"name":"Ada","age":null,"tags":null}`), `201 {"name":"Ada"}`},
		{"broken rules deep inside", "POST /people", ok(`{"name":"","kind":"c","age":-1,"born":"1815","tags":["x","long",3],"pets":[{},{"name":1}],"notes":{"a":1}}`),
			"422 invalid_input /age /born /kind /name /notes/a /pets/0/name /pets/1/name /tags /tags/1 /tags/2"},
		{"an unknown member", "POST /people", ok(`{"name":"Ada","hat":1,"pets":[{"name":"a","age":1}]}`), "422 invalid_input /hat /pets/0/age"},
		{"a member that is missing", "POST /people", ok(`{}`), "422 invalid_input /name"},
		{"wrong types", "POST /people", ok(`{"name":1,"age":"x","tags":"a","pets":{},"notes":[]}`), "422 invalid_input /age /name /notes /pets /tags"},
		{"no object", "POST /people", ok(`[]`), "422 invalid_input "},
		{"null", "POST /people", ok(`null`), "422 invalid_input "},
		{"a fraction for a whole number", "POST /people", ok(`{"name":"Ada","age":1.5}`), "422 invalid_input /age"},
		{"a number beyond the type", "POST /people", ok(`{"name":"Ada","age":1e30}`), "422 invalid_input "},
		{"no JSON", "POST /people", ok(`{"name":`), "400 bad_json"},
		{"nothing", "POST /people", ok(""), "400 bad_request"},
		{"an unknown parameter beside it", "POST /people?x=1", ok(`{"name":"Ada"}`), "422 invalid_input x"},
		{"another content type", "POST /people", "Content-Type: text/plain\n\nname=Ada", "415 unsupported_type "},
		{"one byte below the limit", "POST /people", ok(`{"name":"Ada"}` + strings.Repeat(" ", 185)), `201 {"name":"Ada"}`},
		{"the limit", "POST /people", ok(`{"name":"Ada"}` + strings.Repeat(" ", 186)), "413 body_too_large"},
		{"a body that may be left out", "PATCH /people", "", "202 true"},
		{"and is there", "PATCH /people", ok(`{"name":"Ada"}`), "202 false"},
		{"and is wrong", "PATCH /people", ok(`{"name":""}`), "422 invalid_input /name"},
		{"no output", "DELETE /people", "", "204 "},
		{"an output that writes itself", "GET /stream", "", "200 written by itself"},
		{"an output that cannot be written", "GET /broken", "", "500 internal"},
		{"a form", "POST /files", form(file, part("note", "", "n"), part("title", "", "T")), "200 hello a.txt 5 n T false"},
		{"a form with the file that may be left out", "POST /files", form(file, part("note", "", "n"), part("extra", `; filename="b"`, "b")), "200 hello a.txt 5 n  true"},
		{"a form without its file", "POST /files", form(part("note", "", "n")), "422 invalid_input "},
		{"a form with two files", "POST /files", form(file, file, part("note", "", "n")), "422 invalid_input "},
		{"a form without its text", "POST /files", form(file), "422 invalid_input note"},
		{"a form with an empty text", "POST /files", form(file, part("note", "", "")), "422 invalid_input note"},
		{"a form with a text twice", "POST /files", form(file, part("note", "", "n"), part("note", "", "m")), "422 invalid_input note"},
		{"a form with a long text", "POST /files", form(file, part("note", "", "longer")), "422 invalid_input note"},
		{"a form that breaks off", "POST /files", "Content-Type: multipart/form-data; boundary=x\n\n--x\r\n" + file, "400 bad_request"},
		{"a document for a form", "POST /files", ok(`{}`), "422 invalid_input "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			method, path, _ := strings.Cut(tt.request, " ")
			head, body, _ := strings.Cut(tt.rest, "\n\n")
			if strings.HasPrefix(tt.rest, "\n") {
				head, body = "", tt.rest[1:]
			}
			if head != "" {
				head = strings.ReplaceAll(head, "\n", "\r\n") + "\r\n"
			}
			resp := b.send(t, fmt.Sprintf("%s /api/t/v1%s HTTP/1.1\r\nHost: a\r\n%sContent-Length: %d\r\n\r\n%s", method, path, head, len(body), body))
			if got := told(t, resp, strings.HasPrefix(path, "/p/")); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// told writes an answer as the table does. The members of a document are
// checked in any order, parameters in theirs.
func told(t *testing.T, resp *http.Response, inOrder bool) string {
	t.Helper()
	if resp.StatusCode < 400 {
		raw, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%d %s", resp.StatusCode, strings.TrimSpace(string(raw)))
	}
	p := problem(t, resp)
	paths := make([]string, len(p.Errors))
	for i, e := range p.Errors {
		if paths[i] = e.Path; e.Message == "" || e.Code == "" {
			t.Errorf("nothing is said of %q", e.Path)
		}
	}
	if !inOrder {
		sort.Strings(paths)
	}
	return strings.Join(append([]string{fmt.Sprint(p.Status), p.Code}, paths...), " ")
}

func TestOutputsFillHeaders(t *testing.T) {
	t.Parallel()
	b := binderBench(t)
	r := b.send(t, "GET /api/t/v1"+somebody+" HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
	for name, want := range map[string]string{"ETag": `"1"`, "X-Count": "7", "X-Fresh": "true", "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT", "Content-Type": "application/json"} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
}
