package caller

import (
	"bytes"
	"context"
	"encoding/json"
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
	for before := at.Query().Get("cursor"); ; {
		raw, err := c.page(ctx, at)
		if err != nil {
			return err
		}
		items, next, err := readPage(raw)
		if err != nil {
			return err
		}
		for _, item := range items {
			if err := printItem(s, item); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		if next == before {
			return fmt.Errorf("the server answers with the same page again")
		}
		before = next
		query := at.Query()
		query.Set("cursor", next)
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

// readPage finds the list in an answer, which is its first field that is one,
// and the cursor of the page behind it.
func readPage(raw []byte) (items []json.RawMessage, next string, err error) {
	notAList := misuse("this answer is not a list; leave out --all")
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, "", notAList
	}
	found := false
	for d.More() {
		var value json.RawMessage
		name, err := d.Token()
		if err == nil {
			err = d.Decode(&value)
		}
		if err != nil {
			return nil, "", notAList
		}
		switch {
		case name == "next":
			_ = json.Unmarshal(value, &next) // an odd one ends the list
		case !found && bytes.HasPrefix(value, []byte("[")):
			found = json.Unmarshal(value, &items) == nil
		}
	}
	if !found {
		return nil, "", notAList
	}
	return items, next, nil
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
