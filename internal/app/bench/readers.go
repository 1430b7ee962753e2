package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

// subscribers are members of the demonstration who bought a plan.
var subscribers = []string{"amara.okafor@northquay.example", "jun.takeda@fenwickcold.example"}

// caller keeps a connection for each of the writers, as the side that is
// compared with does.
var caller = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: writers}}

// call sends JSON, or nothing, and returns the answer. Any status from 200 to
// 299 is good.
func call(ctx context.Context, method, address string, header map[string]string, in any) ([]byte, error) {
	var body io.Reader = http.NoBody
	if in != nil {
		raw, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := caller.Do(req)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err == nil && resp.StatusCode/100 != 2 {
		err = fmt.Errorf("%s %s: %d %s", method, address, resp.StatusCode, answer)
	}
	return answer, err
}

// callFor is call with an answer of a known form.
func callFor[T any](ctx context.Context, method, address string, header map[string]string, in any) (out T, err error) {
	answer, err := call(ctx, method, address, header, in)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(answer, &out)
}

// contentKey makes a key as an owner does for a front end.
func (h *house) contentKey(ctx context.Context) (string, error) {
	key, err := callFor[struct{ Secret string }](ctx, http.MethodPost, "http://"+h.addr+"/api/admin/v1/keys",
		map[string]string{"Authorization": "Bearer " + h.adminKey}, map[string]any{"name": "bench", "scopes": []string{"content.read"}})
	return key.Secret, err
}

var sixDigits = regexp.MustCompile(`\b(\d{3}) ?(\d{3})\b`)

// signIn signs a member in as another front end does: by the code in the mail.
func (h *house) signIn(ctx context.Context, email string) (token string, err error) {
	member := "http://" + h.addr + "/api/member/v1"
	started, err := callFor[struct{ Request string }](ctx, http.MethodPost, member+"/sign-in", nil, map[string]string{"email": email})
	if err != nil {
		return "", err
	}
	code, err := h.code(ctx, email)
	if err != nil {
		return "", err
	}
	in, err := callFor[struct {
		Token string `json:"access_token"`
	}](ctx, http.MethodPost, member+"/sign-in/code", nil,
		map[string]string{"request": started.Request, "code": code})
	return in.Token, err
}

// code waits for the letter, which a job writes.
func (h *house) code(ctx context.Context, email string) (string, error) {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		box, err := callFor[struct{ Messages []struct{ Text string } }](ctx, http.MethodGet,
			"http://"+h.demo+"/mailbox/api/messages?to="+url.QueryEscape(email), nil, nil)
		if err != nil {
			return "", err
		}
		for _, m := range box.Messages { // the newest first; a welcome letter has no code
			if found := sixDigits.FindStringSubmatch(m.Text); found != nil {
				return found[1] + found[2], nil
			}
		}
	}
	return "", errors.New("no letter with a code came to " + email)
}

// corpus is what is asked in the rounds, and the bytes that come back.
type corpus struct {
	bodies map[string][]byte
	house  []question // to lighttrends
	plain  []question // to a baseline: the same bytes by the slug alone
}

// collect reads n notes of a gate once, with each of the tokens in turn (none
// for a stranger), and makes the questions of the rounds.
func (h *house) collect(ctx context.Context, gate string, n int, key string, tokens ...string) (*corpus, error) {
	c := &corpus{bodies: make(map[string][]byte, n)}
	for i := range n {
		slug := slugOf(gate, i)
		path, header := "/api/content/v1/notes/"+slug, []string{"X-Api-Key", key}
		if len(tokens) > 0 {
			header = append(header, "Authorization", "Bearer "+tokens[i%len(tokens)])
		}
		body, err := h.read(ctx, path, header)
		if err != nil {
			return nil, err
		}
		c.bodies[slug] = body
		c.house = append(c.house, ask(path, len(body), header...))
		c.plain = append(c.plain, ask("/"+slug, len(body)))
	}
	return c, nil
}

// read fetches a note and makes sure that the whole text is in it.
func (h *house) read(ctx context.Context, path string, header []string) ([]byte, error) {
	headers := map[string]string{}
	for i := 0; i+1 < len(header); i += 2 {
		headers[header[i]] = header[i+1]
	}
	body, err := call(ctx, http.MethodGet, "http://"+h.addr+path, headers, nil)
	if err != nil {
		return nil, err
	}
	var note struct {
		Access struct{ Decision string }
		Text   struct{ HTML string }
	}
	if err := json.Unmarshal(body, &note); err != nil {
		return nil, err
	}
	if note.Access.Decision != "full" || len(note.Text.HTML) < bodySize {
		return nil, fmt.Errorf("%s: the decision is %q, with %d bytes of text", path, note.Access.Decision, len(note.Text.HTML))
	}
	return body, nil
}
