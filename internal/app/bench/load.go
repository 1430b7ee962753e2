package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"
)

// question is a request, written out before, and the length of its answer.
type question struct {
	raw    []byte
	length int
}

// ask writes a GET request with headers in pairs.
func ask(path string, length int, headers ...string) question {
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: bench\r\n", path)
	for i := 0; i+1 < len(headers); i += 2 {
		fmt.Fprintf(&b, "%s: %s\r\n", headers[i], headers[i+1])
	}
	b.WriteString("\r\n")
	return question{b.Bytes(), length}
}

// load is what one round sends: questions in random order over connections
// that stay open, each waiting for its answer before it asks again.
type load struct {
	addr      string
	questions []question
	conns     int
}

// result is what came of a round.
type result struct {
	answers int
	errors  int
	first   error // the first error, to say what it was
	took    time.Duration
	worked  time.Duration   // processor time of the server
	waits   []time.Duration // one per answer, sorted
}

func (r result) rate() float64 { return float64(r.answers) / r.took.Seconds() }

func (r result) percentile(p float64) time.Duration {
	if len(r.waits) == 0 {
		return 0
	}
	return r.waits[min(len(r.waits)-1, int(p*float64(len(r.waits))))]
}

// run asks for as long as d. An answer counts as an error unless its status is
// 200 and its length is the expected one.
func (l load) run(ctx context.Context, d time.Duration) result {
	began := time.Now()
	end := began.Add(d)
	each := make([]result, l.conns)
	var all sync.WaitGroup
	for i := range each {
		all.Go(func() { each[i] = l.worker(ctx, uint64(i), end) }) //nolint:gosec // a small index
	}
	all.Wait()
	return sumOf(each, time.Since(began))
}

// sumOf puts together what several connections did at the same time.
func sumOf(each []result, took time.Duration) result {
	sum := result{took: took}
	for _, r := range each {
		sum.answers += r.answers
		sum.errors += r.errors
		sum.waits = append(sum.waits, r.waits...)
		if sum.first == nil {
			sum.first = r.first
		}
	}
	slices.Sort(sum.waits)
	return sum
}

func (l load) worker(ctx context.Context, seed uint64, end time.Time) (r result) {
	rng := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // order of questions, the same in every run
	r.waits = make([]time.Duration, 0, 1<<14)
	var line *wire
	defer func() { line.close() }()
	for ctx.Err() == nil {
		began := time.Now()
		if began.After(end) {
			return r
		}
		err := error(nil)
		if line == nil {
			line, err = dial(ctx, l.addr, end)
		}
		if err == nil {
			err = line.exchange(l.questions[rng.IntN(len(l.questions))])
		}
		if err != nil {
			r.errors++
			if r.first == nil {
				r.first = err
			}
			line.close()
			line = nil
			time.Sleep(time.Millisecond) // a server that is gone must not be counted in millions
			continue
		}
		r.answers++
		r.waits = append(r.waits, time.Since(began))
	}
	return r
}

// wire is one connection. It reads just as much of HTTP as these servers
// speak: a lean client leaves the machine to the server that is measured.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
}

// patience is how long after the end of a round an answer may still come.
const patience = 10 * time.Second

func dial(ctx context.Context, addr string, end time.Time) (*wire, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	return &wire{conn, bufio.NewReaderSize(conn, 64<<10)}, conn.SetDeadline(end.Add(patience))
}

func (w *wire) close() {
	if w != nil {
		_ = w.conn.Close()
	}
}

var (
	statusOK     = []byte("HTTP/1.1 200 ")
	lengthHeader = []byte("content-length:")
)

func (w *wire) exchange(q question) error {
	if _, err := w.conn.Write(q.raw); err != nil {
		return err
	}
	status, err := w.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, statusOK) {
		return fmt.Errorf("answered %q", bytes.TrimSpace(status))
	}
	length := -1
	for {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if len(line) > len(lengthHeader) && bytes.EqualFold(line[:len(lengthHeader)], lengthHeader) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(lengthHeader):]))); err != nil {
				return err
			}
		}
	}
	if length < 0 {
		return errors.New("an answer without a length")
	}
	if _, err := w.in.Discard(length); err != nil {
		return err
	}
	if length != q.length {
		return fmt.Errorf("an answer of %d bytes instead of %d", length, q.length)
	}
	return nil
}
