package caller

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Call is one request, as it was typed.
type Call struct {
	Method, Path string
	Items        []string // name==value, name=value, name:=JSON, name=@file, name@file
	API          string   // content, member or admin; empty: the one the key is for
	URL          string   // of the server
	Key, Token   string   // an API key; a member's token
	Body         string   // file with the JSON document; "-" is standard input
	IfMatch      string   // the version the change was made from
	Once         string   // sent as Idempotency-Key
	All          bool     // follow the cursor to the end
}

// Streams is where the command speaks.
type Streams struct {
	In    io.Reader
	Out   io.Writer
	Err   io.Writer // what is said beside the answer
	Shown bool      // a person looks at Out: what is written is made readable and harmless
}

// The exit codes beyond those of every command.
const (
	misused    = 2
	elsewhere  = 3 // another address, which is not gone to
	refused    = 4 // 4xx
	serverFell = 5 // 5xx
)

// Failure is why a call did not do what was asked.
type Failure struct {
	Code int // for the shell
	Text string
}

// Error implements error.
func (f *Failure) Error() string { return f.Text }

// ExitCode is for the shell.
func (f *Failure) ExitCode() int { return f.Code }

func misuse(format string, a ...any) error { return &Failure{misused, fmt.Sprintf(format, a...)} }

// Run sends the request and prints the answer.
func (c Call) Run(ctx context.Context, s Streams) error {
	if err := c.hush(); err != nil {
		return err
	}
	at, err := c.address()
	if err != nil {
		return err
	}
	p, err := c.parts(s.In)
	if err != nil {
		return err
	}
	query := at.Query()
	for name, values := range p.query {
		query[name] = append(query[name], values...)
	}
	at.RawQuery = query.Encode()
	if c.All {
		return c.pages(ctx, s, at)
	}
	answer, err := c.send(ctx, at, p)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	return show(s, answer)
}

// hush refuses secrets among the arguments.
func (c Call) hush() error {
	for _, word := range append([]string{c.Path, c.URL}, c.Items...) {
		for _, secret := range []string{"lt_content_", "lt_admin_", "ltp_"} {
			if strings.Contains(word, secret) {
				return misuse("a key stands among the arguments, where everybody on this machine can see it; put it into LIGHTTRENDS_KEY, and replace it")
			}
		}
	}
	return nil
}

// api is the API that is called: the one that was named, or the one that the
// key opens.
func (c Call) api() (string, error) {
	switch {
	case c.API != "":
		return c.API, nil
	case strings.HasPrefix(c.Key, "lt_content_"):
		return "content", nil
	case c.Key != "":
		return "admin", nil // also a key of the server's own environment
	case c.Token != "":
		return "member", nil
	}
	return "", misuse("set LIGHTTRENDS_KEY to an API key, or LIGHTTRENDS_TOKEN to a member's token")
}

func (c Call) address() (*url.URL, error) {
	api, err := c.api()
	if err != nil {
		return nil, err
	}
	server, err := url.Parse(cmp.Or(c.URL, "http://127.0.0.1:8080"))
	if err != nil || server.Host == "" || server.User != nil || server.Scheme != "http" && server.Scheme != "https" {
		return nil, misuse("the server's address must be http:// or https:// and a host, such as https://notes.example.com")
	}
	path, err := url.Parse(strings.TrimPrefix(c.Path, "/"))
	if err != nil || path.IsAbs() || path.Host != "" || path.Fragment != "" {
		return nil, misuse("%q is not a path of the API, such as notes or notes/my-note", c.Path)
	}
	if slices.Contains(strings.Split(path.Path, "/"), "..") { // also one that was escaped
		return nil, misuse("%q leads out of the API", c.Path)
	}
	at := server.JoinPath("api", api, "v1", path.EscapedPath())
	at.RawQuery = path.RawQuery
	return at, nil
}

// client follows a note that has moved, but takes the key to no other server.
var client = &http.Client{
	Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, ResponseHeaderTimeout: 2 * time.Minute},
	CheckRedirect: func(next *http.Request, before []*http.Request) error {
		first := before[0]
		reads := first.Method == http.MethodGet || first.Method == http.MethodHead
		if !reads || len(before) > 3 || next.URL.Host != first.URL.Host || next.URL.Scheme != first.URL.Scheme {
			return http.ErrUseLastResponse
		}
		return nil
	},
}

// send answers with what may be shown; everything else is a Failure.
func (c Call) send(ctx context.Context, at *url.URL, p parts) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, strings.ToUpper(c.Method), at.String(), p.reader())
	if err != nil {
		return nil, misuse("%q is not a method", c.Method)
	}
	r.Header.Set("Accept", "application/json, */*;q=0.5")
	r.Header.Set("User-Agent", "lighttrends")
	set := func(name, value string) {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	set("Content-Type", p.kind)
	set("Idempotency-Key", c.Once)
	if v := strings.Trim(c.IfMatch, `"`); v != "" && v != "*" {
		set("If-Match", `"`+v+`"`)
	} else {
		set("If-Match", v)
	}
	c.sign(set)
	answer, err := client.Do(r)
	if err != nil {
		return nil, unanswered(ctx, err)
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		defer func() { _ = answer.Body.Close() }()
		return answer, failure(answer)
	}
	return answer, nil
}

// sign shows who asks. A content key says which front end it is, and goes along
// with a member's token.
func (c Call) sign(set func(name, value string)) {
	if strings.HasPrefix(c.Key, "lt_content_") {
		set("X-Api-Key", c.Key)
	} else if c.Key != "" {
		set("Authorization", "Bearer "+c.Key)
		return
	}
	if c.Token != "" {
		set("Authorization", "Bearer "+c.Token)
	}
}

// unanswered leaves out the address, which the asker knows, and keeps a stop
// by the asker what it is.
func unanswered(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return fmt.Errorf("no answer from the server: %w", err)
}
