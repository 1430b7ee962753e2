package caller

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// pages prints every item of a list, one on a line, page after page.
func (c Call) pages(ctx context.Context, s Streams, at *url.URL) error {
	if strings.ToUpper(c.Method) != http.MethodGet {
		return misuse("--all goes with get only")
	}
	for {
		raw, err := c.page(ctx, at)
		if err != nil {
			return err
		}
		p, err := readPage(raw)
		if err != nil {
			return err
		}
		for _, item := range p.items {
			if err := printItem(s, item); err != nil {
				return err
			}
		}
		if p.more != nil && !*p.more { // a record, which goes on another day
			_, _ = fmt.Fprintf(s.Err, "go on with since==%s\n", plain(p.next))
			return nil
		}
		if p.next == "" {
			return nil
		}
		query := at.Query()
		if query.Get(p.cursor()) == p.next {
			return errors.New("the server answers with the same page again")
		}
		query.Set(p.cursor(), p.next)
		at.RawQuery = query.Encode()
	}
}

// patience is how long a server that has enough may let a long list wait.
const patience = time.Minute

// page gets one page. A server that asks to wait is waited for.
func (c Call) page(ctx context.Context, at *url.URL) ([]byte, error) {
	for left := 5; ; left-- {
		answer, err := c.send(ctx, at, parts{})
		if err == nil {
			defer func() { _ = answer.Body.Close() }()
			raw, err := io.ReadAll(io.LimitReader(answer.Body, most))
			return raw, cutShort(err)
		}
		if answer == nil || answer.StatusCode != http.StatusTooManyRequests && answer.StatusCode != http.StatusServiceUnavailable {
			return nil, err
		}
		seconds, bad := strconv.Atoi(answer.Header.Get("Retry-After"))
		wait := time.Duration(seconds) * time.Second
		if bad != nil || wait > patience || left == 0 {
			return nil, err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// page is a part of a list.
type page struct {
	items []json.RawMessage
	next  string
	more  *bool // of a record of changes alone, which always names a next
}

// cursor is the parameter that takes next.
func (p page) cursor() string {
	if p.more != nil {
		return "since"
	}
	return "cursor"
}

// readPage finds the list in an answer, which is its first field that is one,
// and what is said of the page behind it.
func readPage(raw []byte) (p page, err error) {
	notAList := misuse("this answer is not a list; leave out --all")
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return p, notAList
	}
	found := false
	for d.More() {
		var value json.RawMessage
		name, err := d.Token()
		if err == nil {
			err = d.Decode(&value)
		}
		if err != nil {
			return p, notAList
		}
		switch {
		case name == "next":
			_ = json.Unmarshal(value, &p.next) // an odd one ends the list
		case name == "more":
			_ = json.Unmarshal(value, &p.more)
		case !found && bytes.HasPrefix(value, []byte("[")):
			found = json.Unmarshal(value, &p.items) == nil
		}
	}
	if !found {
		return p, notAList
	}
	return p, nil
}

func printItem(s Streams, item json.RawMessage) error {
	if s.Shown {
		return pretty(s.Out, item)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, item); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := s.Out.Write(b.Bytes())
	return err
}
