package caller_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"lighttrends/internal/app/caller"
)

// heard is what a stand-in for the server was asked.
type heard struct {
	sync.Mutex
	all []*http.Request
}

func relayed(t *testing.T, token, in string, answer http.HandlerFunc) (out, said string, asked []*http.Request) {
	t.Helper()
	h := &heard{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		h.Lock()
		h.all = append(h.all, r)
		h.Unlock()
		answer(w, r)
	}))
	defer s.Close()
	var stdout, stderr bytes.Buffer
	r := caller.Relay{URL: s.URL + "/", Token: token, In: strings.NewReader(in), Out: &stdout, Err: &stderr}
	if err := r.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), h.all
}

func TestMessagesAreCarriedLineByLine(t *testing.T) {
	t.Parallel()
	in := `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}` + "\n\n" +
		`{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n" +
		`{"jsonrpc":"2.0","id":"b","method":"tools/call","params":{"name":"read_note","arguments":{}}}`
	out, said, asked := relayed(t, "ltp_secret", in, func(w http.ResponseWriter, r *http.Request) {
		var m struct {
			ID     json.RawMessage
			Method string
		}
		_ = json.NewDecoder(r.Body).Decode(&m)
		switch m.Method {
		case "notifications/initialized":
			w.WriteHeader(http.StatusAccepted)
		case "initialize":
			_, _ = io.WriteString(w, "{\"jsonrpc\": \"2.0\",\n \"id\": 1, \"result\": {\"protocolVersion\": \"2025-11-25\"}}")
		default:
			_, _ = io.WriteString(w, `{"jsonrpc":"2.0","id":`+string(m.ID)+`,"result":{}}`)
		}
	})
	if want := `{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25"}}` + "\n" + `{"jsonrpc":"2.0","id":"b","result":{}}` + "\n"; out != want || said != "" {
		t.Errorf("%q, %q", out, said)
	}
	for _, r := range asked {
		if r.Method != http.MethodPost || r.URL.Path != "/mcp" || r.Header.Get("Authorization") != "Bearer ltp_secret" {
			t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
		}
		if method := r.Header.Get("Mcp-Method"); method != "initialize" && r.Header.Get("Mcp-Protocol-Version") != "2025-11-25" {
			t.Errorf("%s does not name the version", method)
		} else if method == "tools/call" && r.Header.Get("Mcp-Name") != "read_note" {
			t.Errorf("%v", r.Header)
		}
	}
}

func TestWhoAskedGetsAnAnswerInAnyCase(t *testing.T) {
	t.Parallel()
	const ask = `{"jsonrpc":"2.0","id":7,"method":"ping"}`
	for name, x := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"refused": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"detail":"This token is not valid.","code":"token_invalid"}`)
		}, "token_invalid"},
		"somewhere else": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example/", http.StatusFound)
		}, "status 302"},
		"no protocol": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }, "does not speak"},
		"broken off":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "does not answer"},
	} {
		out, said, _ := relayed(t, "ltp_secret", ask, x.answer)
		var got struct {
			ID    int
			Error struct{ Message string }
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || got.ID != 7 || !strings.Contains(got.Error.Message, x.says) {
			t.Errorf("%s: %s", name, out)
		}
		if strings.Contains(out+said, "ltp_secret") || !strings.Contains(said, x.says) {
			t.Errorf("%s: %s", name, said)
		}
	}
}

func TestTheRelayStops(t *testing.T) {
	t.Parallel()
	in, w := io.Pipe() // nobody writes
	defer func() { _ = w.Close() }()
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	r := caller.Relay{In: in, Out: io.Discard, Err: io.Discard}
	if err := r.Run(ctx); err != nil {
		t.Error(err)
	}
	r = caller.Relay{Token: "lt_content_x", In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}
	if err := r.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "ltp_") {
		t.Errorf("another key is taken: %v", err)
	}
}
