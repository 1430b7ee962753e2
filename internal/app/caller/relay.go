package caller

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Relay carries the Model Context Protocol between an assistant that starts a
// program and speaks in lines, and a server's door at /mcp: each line is one
// message, each answer is one line. The server decides and records, as for any
// other program; nothing is kept here.
// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
type Relay struct {
	URL   string // of the server
	Token string // a personal token; empty: what a stranger gets
	In    io.Reader
	Out   io.Writer
	Err   io.Writer // for people

	client  *http.Client
	writing sync.Mutex
	asked   sync.Mutex
	version string // of the protocol, as it was agreed on
}

const (
	longestLine = 1 << 20
	mostAtOnce  = 4
	askFor      = 60 * time.Second
)

// Run carries messages until there are no more.
func (r *Relay) Run(ctx context.Context) error {
	if r.Token != "" && !strings.HasPrefix(r.Token, "ltp_") {
		return misuse("LIGHTTRENDS_TOKEN is no personal token (they begin with ltp_); make one on your account page")
	}
	r.URL = strings.TrimRight(cmp.Or(r.URL, "http://127.0.0.1:8080"), "/") + "/mcp"
	r.client = &http.Client{Timeout: askFor, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var all sync.WaitGroup
	defer all.Wait()
	places := make(chan struct{}, mostAtOnce)
	lines, failed := r.lines()
	for {
		select {
		case <-ctx.Done(): // asked to stop; what waits for input is left behind
			return nil
		case line, more := <-lines:
			if !more {
				return <-failed
			}
			var m message
			if json.Unmarshal(line, &m) == nil && m.Method == "initialize" { // what follows depends on what is agreed on
				all.Wait()
				r.carry(ctx, line, m)
				continue
			}
			places <- struct{}{}
			all.Go(func() {
				defer func() { <-places }()
				r.carry(ctx, line, m)
			})
		}
	}
}

// lines reads messages until there are no more, or one cannot be read.
func (r *Relay) lines() (<-chan []byte, <-chan error) {
	out, failed := make(chan []byte), make(chan error, 1)
	go func() {
		in := bufio.NewScanner(r.In)
		in.Buffer(make([]byte, 64<<10), longestLine)
		for in.Scan() {
			if line := bytes.TrimSpace(in.Bytes()); len(line) > 0 {
				out <- bytes.Clone(line)
			}
		}
		if err := in.Err(); err != nil {
			failed <- fmt.Errorf("a message could not be read: %w", err)
		}
		close(failed)
		close(out)
	}()
	return out, failed
}

// message is what has to be known of one.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params struct {
		Name string                     `json:"name"`
		URI  string                     `json:"uri"`
		Meta map[string]json.RawMessage `json:"_meta"`
	} `json:"params"`
}

// carry sends one message and writes what comes back. Whoever asked something
// always gets an answer.
func (r *Relay) carry(ctx context.Context, line []byte, m message) {
	answer, err := r.ask(ctx, line, m)
	if err != nil {
		_, _ = fmt.Fprintln(r.Err, "lighttrends mcp:", err)
		if len(m.ID) == 0 || string(m.ID) == "null" || m.Method == "" {
			return
		}
		answer = denied(m.ID, err)
	}
	if len(answer) == 0 {
		return
	}
	if m.Method == "initialize" {
		r.agree(answer)
	}
	r.writing.Lock()
	defer r.writing.Unlock()
	_, _ = r.Out.Write(append(answer, '\n')) // an assistant that is gone closes In, too
}

func (r *Relay) ask(ctx context.Context, line []byte, m message) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL, bytes.NewReader(line))
	if err != nil {
		return nil, errors.New("LIGHTTRENDS_URL is no address")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	if r.Token != "" {
		req.Header.Set("Authorization", "Bearer "+r.Token)
	}
	r.describe(req.Header, m)
	resp, err := r.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the server at %s does not answer", r.URL)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 8<<20))
	if err != nil {
		return nil, fmt.Errorf("the answer of %s broke off", r.URL)
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return nil, unheard(resp, body)
	}
	var one bytes.Buffer
	if len(body) > 0 && json.Compact(&one, body) != nil {
		return nil, fmt.Errorf("%s does not speak this protocol", r.URL)
	}
	return one.Bytes(), nil
}

// describe sets the fields that name version, method and object, which proxies
// look at and the server compares with the message.
func (r *Relay) describe(h http.Header, m message) {
	r.asked.Lock()
	version := r.version
	r.asked.Unlock()
	if own, ok := m.Params.Meta["io.modelcontextprotocol/protocolVersion"]; ok {
		_ = json.Unmarshal(own, &version) // what is none is refused by the server
	}
	if version != "" {
		h.Set("Mcp-Protocol-Version", version)
	}
	if m.Method != "" {
		h.Set("Mcp-Method", m.Method)
	}
	if name := cmp.Or(m.Params.Name, m.Params.URI); name != "" {
		h.Set("Mcp-Name", name)
	}
}

// agree remembers the version that the server answered with.
func (r *Relay) agree(answer []byte) {
	var got struct {
		Result struct {
			ProtocolVersion string `json:"protocolVersion"`
		} `json:"result"`
	}
	if json.Unmarshal(answer, &got) == nil {
		r.asked.Lock()
		r.version = got.Result.ProtocolVersion
		r.asked.Unlock()
	}
}

// unheard is what the server said of a refusal.
func unheard(resp *http.Response, body []byte) error {
	var p struct{ Detail, Code string }
	if json.Unmarshal(body, &p) != nil || p.Detail == "" {
		return fmt.Errorf("the server answered with status %d", resp.StatusCode)
	}
	return fmt.Errorf("%s (%s)", p.Detail, p.Code)
}

// denied is the answer for who asked, in the words of JSON-RPC.
func denied(id json.RawMessage, err error) []byte {
	type failure struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	out, bad := json.Marshal(struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   failure         `json:"error"`
	}{"2.0", id, failure{-32000, err.Error()}})
	if bad != nil {
		return nil
	}
	return out
}
