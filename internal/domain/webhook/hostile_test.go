package webhook_test

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/outward"
	"lighttrends/internal/platform/outward/outwardtest"
)

// listenAt takes a port of an address of this machine.
func listenAt(t *testing.T, address string, control func(network, address string, c syscall.RawConn) error) net.Listener {
	t.Helper()
	l, err := (&net.ListenConfig{Control: control}).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Skip(address, "is not to be had here:", err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// spyAt counts who comes to an address.
func spyAt(t *testing.T, address string) *atomic.Int32 {
	t.Helper()
	var came atomic.Int32
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
	if err != nil {
		return &came // an address that this machine does not have
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			came.Add(1)
			_ = c.Close()
		}
	}()
	return &came
}

// through makes the room call through a client.
func (b *bench) through(c *http.Client, err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	deps := b.outlet.Deps
	deps.Client = c
	b.outlet = webhook.New(deps)
}

func (b *bench) endpoint(address string, events ...string) *webhook.Endpoint {
	b.t.Helper()
	e, _, err := b.outlet.Create(b.staff, webhook.Input{Name: ptr("Data room"), URL: &address, Events: events})
	if err != nil {
		b.t.Fatal(err)
	}
	return e
}

// last is the newest delivery of an endpoint, with its last call.
func (b *bench) last(e *webhook.Endpoint) (*webhook.Record, webhook.Attempt) {
	b.t.Helper()
	list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: e.ID, Limit: 1})
	if err != nil || len(list) != 1 {
		b.t.Fatal(list, err)
	}
	rec, err := b.outlet.Delivery(b.staff, e.ID, list[0].ID)
	if err != nil || len(rec.Attempts) == 0 {
		b.t.Fatal(rec, err)
	}
	return rec, rec.Attempts[len(rec.Attempts)-1]
}

const private = "The address is a private one, which is not called."

// TestAReceiverThatMovesInwardIsNotCalled: its name led to an address that may
// be called, over TLS, and then leads inward. The first address stands for a
// public one.
func TestAReceiverThatMovesInwardIsNotCalled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		there := httptest.NewUnstartedServer(b)
		_ = there.Listener.Close()
		there.Listener = listenAt(t, "127.0.0.3:0", nil)
		there.StartTLS()
		t.Cleanup(there.Close)
		_, port, _ := net.SplitHostPort(there.Listener.Addr().String())
		spies := []*atomic.Int32{spyAt(t, "127.0.0.1:"+port), spyAt(t, "[::1]:"+port)}
		names, resolver := outwardtest.Serve(t, "127.0.0.3")
		client, err := outward.With([]string{"127.0.0.3", "127.0.0.4"}, resolver)
		b.through(client, err)
		trusted := x509.NewCertPool()
		trusted.AddCert(there.Certificate())
		client.Transport.(*http.Transport).TLSClientConfig = &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS13}

		end := b.endpoint("https://hooks.example.com:"+port+"/in", "*")
		b.tell(webhook.Happening{Kind: "note.published"})
		if n := b.work(); n != 1 {
			_, call := b.last(end)
			t.Fatalf("%d calls before it moved: %+v", n, call)
		}
		for _, to := range [][]string{
			{"127.0.0.1"}, {"127.8.8.8"}, {"0.0.0.0"}, {"10.0.0.7"}, {"192.168.1.1"}, {"169.254.169.254"}, {"100.64.0.9"},
			{"::1"}, {"::"}, {"::ffff:127.0.0.1"}, {"::ffff:169.254.169.254"}, {"64:ff9b::7f00:1"}, {"2002:7f00:1::"}, {"fd00::1"}, {"fe80::1"},
			{"127.0.0.1", "::1"},
		} {
			names.Lead(to...)
			b.tell(webhook.Happening{Kind: "note.updated"})
			n := b.work()
			if rec, call := b.last(end); n != 0 || rec.State != webhook.Waiting || call.Error != private || call.Status != 0 {
				t.Errorf("moved to %v: %d calls, %s, %+v", to, n, rec.State, call)
			}
		}
		// One address is not there, and the other one is inward.
		names.Lead("127.0.0.4", "127.0.0.1")
		b.tell(webhook.Happening{Kind: "note.updated"})
		if n := b.work(); n != 0 {
			t.Error("the second address was called")
		}
		for i, spy := range spies {
			if spy.Load() != 0 {
				t.Errorf("spy %d was called %d times", i, spy.Load())
			}
		}
		// It moves back, and all that was owed comes.
		names.Lead("127.0.0.3")
		b.clock.Advance(time.Minute)
		if n := b.work(); n != 17 {
			t.Errorf("%d calls after it came back", n)
		}
	})
}

// TestARedirectInwardIsNotFollowed: the answer is that it was one.
func TestARedirectInwardIsNotFollowed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		// Both may be called: what keeps the second from it is that nobody follows.
		spy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
		t.Cleanup(spy.Close)
		end, _ := b.make("*")
		for _, status := range []int{301, 302, 303, 307, 308} {
			for _, to := range []string{spy.URL, "http://169.254.169.254/latest/meta-data", "http://[::1]:1/", "file:///etc/passwd"} {
				b.answer = func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Location", to)
					w.WriteHeader(status)
				}
				b.tell(webhook.Happening{Kind: "note.updated"})
				n := b.work()
				if rec, call := b.last(end); n != 1 || rec.State != webhook.Waiting || call.Status != int64(status) {
					t.Errorf("%d to %s: %d calls, %s, %+v", status, to, n, rec.State, call)
				}
			}
		}
	})
}

// TestAReceiverFailsAndRecovers: each gap is longer than the one before, and all
// that was owed comes when it works again.
func TestAReceiverFailsAndRecovers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, _ := b.make("*")
		b.answers(http.StatusServiceUnavailable)
		b.tell(webhook.Happening{Kind: "note.published"})
		if b.work() != 1 {
			t.Fatal("it was not called at once")
		}
		began, gap := b.clock.Now(), time.Duration(0)
		for attempt := 2; attempt <= 9; attempt++ {
			rec, _ := b.last(end)
			wait := rec.NextAt.Sub(b.clock.Now())
			if wait <= gap {
				t.Errorf("attempt %d comes after %s, the one before after %s", attempt, wait, gap)
			}
			gap = wait
			b.clock.Advance(wait - 3*time.Second)
			if n := b.work(); n != 0 {
				t.Errorf("attempt %d came too early", attempt)
			}
			b.clock.Advance(3 * time.Second)
			if attempt == 9 {
				b.answers(http.StatusOK)
			}
			if n := b.work(); n != 1 {
				t.Errorf("attempt %d: %d calls", attempt, n)
			}
		}
		rec, _ := b.last(end)
		if rec.State != webhook.Delivered || rec.Attempts[8].Status != 200 || b.clock.Now().Sub(began) < 48*time.Hour {
			t.Errorf("%s after %s", rec.State, b.clock.Now().Sub(began))
		}
		if got, err := b.outlet.Endpoint(b.staff, end.ID); err != nil || got.State != webhook.On || got.FailingSince != nil || len(b.letters) != 0 {
			t.Errorf("%v %+v, %d letters", err, got, len(b.letters))
		}
	})
}

// hung is a receiver that takes connections and does with them what it likes.
func hung(t *testing.T, control func(string, string, syscall.RawConn) error, do func(net.Conn)) string {
	t.Helper()
	l := listenAt(t, "127.0.0.1:0", control)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = c.Close() })
			go do(c)
		}
	}()
	return l.Addr().String()
}

func smallWindow(_, _ string, c syscall.RawConn) error {
	var failed error
	err := c.Control(func(fd uintptr) { failed = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096) })
	return errors.Join(err, failed)
}

func swallow(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

// drip writes something again and again until nobody takes it. It waits for the
// request: what comes before is taken for a connection that is broken.
func drip(c net.Conn, first, more string) {
	_, _ = c.Read(make([]byte, 1))
	go swallow(c)
	for text := first; ; text = more {
		if _, err := io.WriteString(c, text); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// TestAReceiverThatHangsIsGivenUp: the client's times are a fortieth of what
// they are, so none that is missing would go unseen.
func TestAReceiverThatHangsIsGivenUp(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		scheme  string
		control func(string, string, syscall.RawConn) error
		do      func(net.Conn)
		says    string
	}{
		"never answers":     {"http", nil, swallow, "No answer in time."},
		"never reads":       {"http", smallWindow, func(net.Conn) {}, "No answer in time."},
		"never shakes hand": {"https", nil, swallow, "No answer in time."},
		"drips its headers": {"http", nil, func(c net.Conn) { drip(c, "HTTP/1.1 200 OK\r\n", "X-Drip: 1\r\n") }, "No answer in time."},
		"goes on saying that it goes on": {"http", nil, func(c net.Conn) {
			drip(c, "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n")
		}, "No answer in time."},
		"has headers without end": {"http", nil, func(c net.Conn) {
			_, _ = c.Read(make([]byte, 1))
			go swallow(c)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X-Long: "+strings.Repeat("x", 4000)+"\r\n", 100)+"\r\n")
		}, "The connection broke."},
		"hangs up": {"http", nil, func(c net.Conn) { _ = c.Close() }, "The connection broke."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, dbtest.Engine{Name: "sqlite"})
			client, err := outward.New([]string{"127.0.0.1"})
			b.through(client, err)
			tr := client.Transport.(*http.Transport)
			client.Timeout, tr.ResponseHeaderTimeout, tr.TLSHandshakeTimeout = client.Timeout/40, tr.ResponseHeaderTimeout/40, tr.TLSHandshakeTimeout/40
			note := uuid.New()
			b.texts[note] = &webhook.Text{Markdown: strings.Repeat("much ", 4<<20)} // more than lies in buffers
			end := b.endpoint(tt.scheme+"://"+hung(t, tt.control, tt.do)+"/", "*")
			if _, err := b.outlet.Change(b.staff, end.ID, 0, webhook.Input{FullText: ptr(name == "never reads")}); err != nil {
				t.Fatal(err)
			}
			b.tell(webhook.Happening{Kind: "note.updated", Note: note, Revision: uuid.New()})
			began := time.Now()
			ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
			defer stop()
			b.workIn(ctx)
			rec, call := b.last(end)
			if took := time.Since(began); took > 6*time.Second || rec.State != webhook.Waiting || call.Status != 0 || call.Error != tt.says {
				t.Errorf("after %s: %s, %+v", took, rec.State, call)
			}
		})
	}
}

// TestAnAnswerIsNotReadToItsEnd: its status is the answer. The text may drip,
// be gigabytes, or become that.
func TestAnAnswerIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(w http.ResponseWriter, sent *atomic.Int64){
		"drips": func(w http.ResponseWriter, sent *atomic.Int64) {
			for {
				n, err := io.WriteString(w, "drip ")
				w.(http.Flusher).Flush()
				if sent.Add(int64(n)); err != nil {
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
		},
		"gigabytes": func(w http.ResponseWriter, sent *atomic.Int64) {
			w.Header().Set("Content-Length", fmt.Sprint(int64(8<<30)))
			pour(w, sent)
		},
		"without end": func(w http.ResponseWriter, sent *atomic.Int64) { pour(w, sent) },
		"small, and gigabytes when unpacked": func(w http.ResponseWriter, sent *atomic.Int64) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			pour(z, sent)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, dbtest.Engine{Name: "sqlite"})
			end, _ := b.make("*")
			var sent atomic.Int64
			over := make(chan struct{})
			b.answer = func(w http.ResponseWriter, _ *http.Request) { defer close(over); answer(w, &sent) }
			b.tell(webhook.Happening{Kind: "note.updated"})
			began := time.Now()
			b.work()
			took := time.Since(began)
			<-over
			rec, call := b.last(end)
			if took > 8*time.Second || rec.State != webhook.Delivered || call.Status != 200 || call.Error != "" || len(call.Answer) > 4<<10 || sent.Load() > 1<<30 {
				t.Errorf("after %s: %s, %d, %q, %d bytes of answer, %d sent", took, rec.State, call.Status, call.Error, len(call.Answer), sent.Load())
			}
			if name == "drips" && !strings.HasPrefix(call.Answer, "drip drip ") {
				t.Errorf("what came is not kept: %q", call.Answer)
			}
		})
	}
}

// pour writes for as long as somebody takes it.
func pour(w io.Writer, sent *atomic.Int64) {
	much := make([]byte, 64<<10)
	for sent.Load() < 2<<30 {
		n, err := w.Write(much)
		if sent.Add(int64(n)); err != nil {
			return
		}
	}
}
