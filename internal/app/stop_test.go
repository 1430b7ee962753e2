package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// line is one connection to a server, spoken by hand.
type line struct {
	t    *testing.T
	conn net.Conn
	r    *bufio.Reader
}

func dial(t *testing.T, addr string) *line {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(30 * time.Second))
	return &line{t: t, conn: conn, r: bufio.NewReader(conn)}
}

func (l *line) say(text string) {
	l.t.Helper()
	if _, err := io.WriteString(l.conn, text); err != nil {
		l.t.Fatal(err)
	}
}

func (l *line) hear() *http.Response {
	l.t.Helper()
	resp, err := http.ReadResponse(l.r, nil)
	if err != nil {
		l.t.Fatalf("no answer: %v", err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	return resp
}

// TestARequestInFlightIsAnswered: SIGTERM arrives when half of a request has;
// the rest follows, and is answered and kept. Connections that nobody uses, and
// one whose request never ends, do not hold the end up.
func TestARequestInFlightIsAnswered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		c := newChild(t, e)
		const body = `{"title":"Sent in two halves"}`
		head := func(length int) string {
			return fmt.Sprintf("POST /api/admin/v1/notes HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", c.cfg.Addr, bootstrapKey, length)
		}
		idle, silent, stuck, half := dial(t, c.cfg.Addr), dial(t, c.cfg.Addr), dial(t, c.cfg.Addr), dial(t, c.cfg.Addr)
		idle.say("GET /healthz HTTP/1.1\r\nHost: " + c.cfg.Addr + "\r\n\r\n")
		idle.hear()
		stuck.say(head(1000) + "{")
		half.say(head(len(body)) + body[:10])
		time.Sleep(100 * time.Millisecond)

		began := time.Now()
		if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		time.Sleep(300 * time.Millisecond)
		if conn, err := net.Dial("tcp", c.cfg.Addr); err == nil {
			_ = conn.Close()
			t.Error("a server that ends takes new connections")
		}
		half.say(body[10:])
		resp := half.hear()
		if resp.StatusCode != http.StatusCreated {
			t.Errorf("the request in flight: %d", resp.StatusCode)
		}
		err := c.cmd.Wait()
		if took := time.Since(began); err != nil || took > 10*time.Second {
			t.Errorf("exit %v after %s\n%s", err, took, c.out.String())
		}
		_ = silent
		var n int
		if err := c.open().Read(t.Context()).Raw(`SELECT COUNT(*) FROM notes WHERE id = ?`, strings.TrimPrefix(resp.Header.Get("Location"), "/api/admin/v1/notes/")).Scan(&n).Error; err != nil || n != 1 {
			t.Errorf("what was acknowledged is not there: %d, %v", n, err)
		}
	})
}

// TestAClientWhoNeverEndsTakesNoTimeFromTheJobs: jobs that run are finished
// while the server still waits for the client.
func TestAClientWhoNeverEndsTakesNoTimeFromTheJobs(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: db.SQLite})
	workers := &slowWorkers{took: 500 * time.Millisecond}
	real := h.node.workers
	t.Cleanup(func() { _ = real.StopAndCancel(context.WithoutCancel(t.Context())) })
	h.node.workers = workers
	stuck := dial(t, h.cfg.Addr)
	stuck.say("POST /contact HTTP/1.1\r\nHost: " + h.cfg.Addr + "\r\nContent-Length: 1000\r\n\r\nx")
	time.Sleep(100 * time.Millisecond)
	began := time.Now()
	h.node.stop()
	if took := time.Since(began); took > 10*time.Second || !workers.done {
		t.Errorf("ended after %s, jobs finished: %v", took, workers.done)
	}
}

// slowWorkers have a job that runs for a while.
type slowWorkers struct {
	took time.Duration
	done bool
}

func (w *slowWorkers) Stop(ctx context.Context) error {
	select {
	case <-time.After(w.took):
		w.done = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *slowWorkers) StopAndCancel(context.Context) error { return nil }
