package caller

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// said is what a server was told.
type said struct {
	method, path, query, body, kind string
	header                          http.Header
}

// listen is a server that notes the requests and answers with answer.
func listen(t *testing.T, answer http.HandlerFunc) (string, *[]said) {
	t.Helper()
	var all []said
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		all = append(all, said{r.Method, r.URL.Path, r.URL.RawQuery, string(body), r.Header.Get("Content-Type"), r.Header})
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL, &all
}

func good(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"b":1,"a":"x`+"\u009b"+`y"}`)
}

const (
	contentKey = "lt_content_x"
	adminKey   = "lt_admin_x"
)

func codeOf(err error) int {
	var f *Failure
	if errors.As(err, &f) {
		return f.Code
	}
	if err != nil {
		return 1
	}
	return 0
}

func TestWhichAPIAKeyOpens(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		call                Call
		path, key, bearerOf string
	}{
		"a content key":                      {Call{Key: contentKey}, "/api/content/v1/notes", contentKey, ""},
		"a content key and a member":         {Call{Key: contentKey, Token: "m"}, "/api/content/v1/notes", contentKey, "m"},
		"an admin key":                       {Call{Key: adminKey}, "/api/admin/v1/notes", "", adminKey},
		"a key of the server's environment":  {Call{Key: "own", Token: "m"}, "/api/admin/v1/notes", "", "own"},
		"a member":                           {Call{Token: "m"}, "/api/member/v1/notes", "", "m"},
		"a front end on behalf of a member":  {Call{API: "member", Key: contentKey, Token: "m"}, "/api/member/v1/notes", contentKey, "m"},
		"nobody, where the server may judge": {Call{API: "content"}, "/api/content/v1/notes", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, all := listen(t, good)
			tt.call.Method, tt.call.Path, tt.call.URL = "get", "/notes", address+"/"
			if err := tt.call.Run(t.Context(), Streams{Out: io.Discard}); err != nil {
				t.Fatal(err)
			}
			bearer := ""
			if tt.bearerOf != "" {
				bearer = "Bearer " + tt.bearerOf
			}
			got := (*all)[0]
			if got.path != tt.path || got.header.Get("X-Api-Key") != tt.key || got.header.Get("Authorization") != bearer {
				t.Errorf("%s, key %q, bearer %q", got.path, got.header.Get("X-Api-Key"), got.header.Get("Authorization"))
			}
		})
	}
}

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	note, object, list := file("note.md", "Words.\n"), file("note.json", `{"title":"A","kind":"data"}`), file("list.json", `[1]`)
	for name, tt := range map[string]struct {
		call             Call
		query, body, say string
	}{
		"a query":              {Call{Method: "get", Path: "notes?kind=data", Items: []string{"topic==a b", "q==x=y@z"}}, "kind=data&q=x%3Dy%40z&topic=a+b", "", ""},
		"fields":               {Call{Method: "post", Items: []string{"title=A = b", "minutes:=3", "body=@" + note}}, "", `{"body":"Words.\n","minutes":3,"title":"A = b"}`, ""},
		"a document":           {Call{Method: "post", Body: object, Items: []string{"title=B"}}, "", `{"kind":"data","title":"B"}`, ""},
		"standard input":       {Call{Method: "patch", Body: "-"}, "", `{"in":true}`, ""},
		"nothing":              {Call{Method: "delete"}, "", "", ""},
		"a body for a get":     {Call{Method: "get", Items: []string{"topic=a"}}, "", "", "name==value"},
		"no item at all":       {Call{Method: "get", Items: []string{"topic"}}, "", "", `"topic"`},
		"no JSON":              {Call{Method: "post", Items: []string{"a:=b"}}, "", "", "a:="},
		"a file that is none":  {Call{Method: "post", Items: []string{"a=@" + dir + "/no"}}, "", "", "no such file"},
		"a document of a list": {Call{Method: "post", Body: list}, "", "", "JSON object"},
		"a key as an argument": {Call{Method: "get", Items: []string{"key==" + contentKey}}, "", "", "LIGHTTRENDS_KEY"},
		"another server":       {Call{Method: "get", Path: "https://example.com/notes"}, "", "", "not a path"},
		"another server, too":  {Call{Method: "get", Path: "///example.com/notes"}, "", "", "not a path"},
		"another API":          {Call{Method: "get", Path: "../../member/v1/me"}, "", "", "leads out"},
		"another API, hidden":  {Call{Method: "get", Path: "%2e%2e/%2e%2e/member/v1/me"}, "", "", "leads out"},
		"--all of a post":      {Call{Method: "post", All: true}, "", "", "get only"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, all := listen(t, good)
			c := tt.call
			c.URL, c.Key = address, adminKey
			if c.Path == "" {
				c.Path = "notes"
			}
			err := c.Run(t.Context(), Streams{In: strings.NewReader(`{"in":true}`), Out: io.Discard})
			if tt.say != "" {
				if codeOf(err) != misused || !strings.Contains(err.Error(), tt.say) || len(*all) != 0 || strings.Contains(err.Error(), contentKey) {
					t.Errorf("%v, %d requests", err, len(*all))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := (*all)[0]
			if got.query != tt.query || got.body != tt.body || (got.kind != "") != (tt.body != "") {
				t.Errorf("%s %q %q", got.query, got.body, got.kind)
			}
		})
	}
	t.Run("a file goes as an upload", func(t *testing.T) {
		t.Parallel()
		address, all := listen(t, good)
		c := Call{Method: "post", Path: "pictures", URL: address, Key: adminKey, Items: []string{"file@" + note, "alt=A", "wide:=true"}, Once: "one", IfMatch: "7"}
		if err := c.Run(t.Context(), Streams{Out: io.Discard}); err != nil {
			t.Fatal(err)
		}
		got := (*all)[0]
		if !strings.HasPrefix(got.kind, "multipart/form-data") || got.header.Get("If-Match") != `"7"` || got.header.Get("Idempotency-Key") != "one" {
			t.Error(got.kind, got.header)
		}
		for _, want := range []string{`filename="note.md"`, "Words.", `name="alt"`, "\r\nA\r\n", "\r\ntrue\r\n"} {
			if !strings.Contains(got.body, want) {
				t.Errorf("%q is not in %s", want, got.body)
			}
		}
	})
}

func TestWhatIsPrinted(t *testing.T) {
	t.Parallel()
	answer := func(kind string, status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	const problem = `{"title":"Unprocessable","status":422,"detail":"Look again.","code":"invalid_input","current":"\"9\"",
		"errors":[{"pointer":"/title","code":"required","detail":"Give a title\u001b[2J."}]}`
	for name, tt := range map[string]struct {
		answer   http.HandlerFunc
		shown    bool
		out, say string
		code     int
	}{
		"a pipe gets what came":           {good, false, "{\"b\":1,\"a\":\"x\u009by\"}", "", 0},
		"a person gets it readable":       {good, true, "{\n  \"b\": 1,\n  \"a\": \"x\uFFFDy\"\n}\n", "", 0},
		"a person gets harmless text":     {answer("text/markdown", 200, "a\x1b[2Jb\n"), true, "a\uFFFD[2Jb\n", "", 0},
		"a person gets no file":           {answer("application/pdf", 200, "%PDF"), true, "", "application/pdf", misused},
		"a pipe gets a file":              {answer("application/pdf", 200, "%PDF"), false, "%PDF", "", 0},
		"nothing":                         {answer("", 204, ""), true, "", "", 0},
		"a refusal":                       {answer("application/problem+json", 422, problem), false, "", "422 Unprocessable Entity: Look again. (invalid_input)\n  /title: Give a title\uFFFD[2J.\n  the version now is \"9\"", refused},
		"a failure":                       {answer("text/html", 502, "<h1>"), false, "", "502 Bad Gateway", serverFell},
		"a failure that names its number": {answer("application/problem+json", 500, `{"detail":"Broken.","code":"internal","request_id":"r1"}`), false, "", "request r1", serverFell},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, _ := listen(t, tt.answer)
			var out bytes.Buffer
			err := Call{Method: "get", Path: "notes", URL: address, Key: adminKey}.Run(t.Context(), Streams{Out: &out, Shown: tt.shown})
			if out.String() != tt.out || codeOf(err) != tt.code || (err != nil) != (tt.say != "") || err != nil && !strings.Contains(err.Error(), tt.say) {
				t.Errorf("%q %v", out.String(), err)
			}
		})
	}
	t.Run("no server", func(t *testing.T) {
		t.Parallel()
		err := Call{Method: "get", Path: "notes", URL: "http://127.0.0.1:1", Key: adminKey}.Run(t.Context(), Streams{Out: io.Discard})
		if codeOf(err) != 1 || !strings.HasPrefix(err.Error(), "no answer from the server: ") {
			t.Error(err)
		}
	})
}

func TestTheKeyGoesToNoOtherServer(t *testing.T) {
	t.Parallel()
	other, heard := listen(t, good)
	address, _ := listen(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/old"):
			http.Redirect(w, r, "/api/content/v1/notes/new", http.StatusMovedPermanently)
		case strings.HasSuffix(r.URL.Path, "/new"):
			good(w, r)
		default:
			http.Redirect(w, r, other, http.StatusMovedPermanently)
		}
	})
	call := Call{Method: "get", Path: "notes/old", URL: address, Key: contentKey}
	if err := call.Run(t.Context(), Streams{Out: io.Discard}); err != nil {
		t.Error("a note that moved is not followed:", err)
	}
	if call.Method = "post"; codeOf(call.Run(t.Context(), Streams{Out: io.Discard})) != elsewhere {
		t.Error("a change is sent on")
	}
	call.Method, call.Path = "get", "notes"
	if err := call.Run(t.Context(), Streams{Out: io.Discard}); codeOf(err) != elsewhere || len(*heard) != 0 {
		t.Error(err, *heard)
	}
}

func TestAllOfAList(t *testing.T) {
	t.Parallel()
	busy := true
	address, all := listen(t, func(w http.ResponseWriter, r *http.Request) {
		cursor := r.URL.Query().Get("cursor")
		if cursor == "b" && busy {
			busy = false
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = fmt.Fprint(w, map[string]string{
			"": `{"total": 3, "notes": [{"n": 1}, {"n": 2}], "others": [9], "next": "b"}`, "b": `{"notes":[{"n":3}],"next":"c"}`, "c": `{"notes":[]}`,
			"same": `{"notes":[],"next":"same"}`, "slow": `no`,
		}[cursor])
	})
	var out bytes.Buffer
	call := Call{Method: "get", Path: "notes", Items: []string{"limit==2"}, URL: address, Key: contentKey, All: true}
	if err := call.Run(t.Context(), Streams{Out: &out}); err != nil || out.String() != "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n" {
		t.Errorf("%q %v", out.String(), err)
	}
	if n := len(*all); n != 4 || (*all)[n-1].query != "cursor=c&limit=2" {
		t.Error(n, (*all)[n-1].query)
	}
	for _, cursor := range []string{"same", "slow"} {
		call.Items = []string{"cursor==" + cursor}
		begun := time.Now()
		if err := call.Run(t.Context(), Streams{Out: io.Discard}); err == nil || time.Since(begun) > 5*time.Second {
			t.Error(cursor, err)
		}
	}
}

// TestARecordGoesOnAnotherDay from the cursor that it ended with.
func TestARecordGoesOnAnotherDay(t *testing.T) {
	t.Parallel()
	address, _ := listen(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprint(w, map[string]string{
			"": `{"changes":[1],"next":"5","more":true}`, "5": `{"changes":[2],"next":"6","more":false}`, "6": `{"changes":[],"next":"6","more":false}`,
		}[r.URL.Query().Get("since")])
	})
	for since, want := range map[string]string{"": "1\n2\n", "6": ""} {
		var out, errOut bytes.Buffer
		call := Call{Method: "get", Path: "changes", Items: []string{"since==" + since}, URL: address, Key: contentKey, All: true}
		if err := call.Run(t.Context(), Streams{Out: &out, Err: &errOut}); err != nil || out.String() != want || errOut.String() != "go on with since==6\n" {
			t.Errorf("%q: %q %q %v", since, out.String(), errOut.String(), err)
		}
	}
}
