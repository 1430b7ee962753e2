package blob

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"
)

// line asks one bucket over HTTP.
type line struct {
	client *http.Client
	place
	accessKey string
	secretKey string
	region    atomic.Pointer[string] // nil until it is known
	told      bool                   // the region is the owner's word and stays
}

// ask is one request. A body has size bytes.
type ask struct {
	method string
	key    string // empty: the bucket itself
	query  url.Values
	header http.Header
	body   io.Reader
	size   int64
}

// An answer that has not begun after answerWithin is given up; so is a request
// that failed s3Trials times, with pauses of less than a second between.
const (
	s3Trials     = 3
	answerWithin = 15 * time.Second
	firstPause   = 200 * time.Millisecond
)

func newLine(endpoint url.URL, o S3Options) (*line, error) {
	p, region, err := newPlace(endpoint, o)
	if err != nil {
		return nil, err
	}
	l := &line{place: p, accessKey: o.AccessKey, secretKey: o.SecretKey, told: region != ""}
	if l.told {
		l.region.Store(&region)
	}
	l.client = &http.Client{
		// A redirect would be followed with a signature made for another host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			MaxIdleConns:          256,
			MaxIdleConnsPerHost:   16,
			IdleConnTimeout:       time.Minute,
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: answerWithin,
			ExpectContinueTimeout: answerWithin,
			DisableCompression:    true, // files come as they are kept
		},
	}
	return l, nil
}

// do asks and wants nothing but success.
func (l *line) do(ctx context.Context, a ask) error {
	answer, err := l.ask(ctx, a)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxRefusal)) // read to its end, the connection is used again
	return answer.Body.Close()
}

// ask gives the answer of a success, whose body the caller closes; anything
// else is an error, a [refusal] when the store answered. What may pass is
// tried again, a file only when it can be read again from where it began.
func (l *line) ask(ctx context.Context, a ask) (*http.Response, error) {
	trials, whole := s3Trials, io.ReaderAt(nil)
	start := int64(0)
	if a.body != nil {
		var err error
		if whole, start, err = again(a.body); err != nil {
			return nil, err
		}
		if whole == nil {
			trials = 1
		}
	}
	for trial := 1; ; trial++ {
		if whole != nil { // a reader of its own: the last trial may still hold its one
			a.body = io.NewSectionReader(whole, start, a.size)
		}
		answer, err := l.once(ctx, a)
		if err == nil {
			return answer, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if trial >= trials || !l.learned(err) && !passing(err) {
			return nil, err
		}
		if err := pause(ctx, trial); err != nil {
			return nil, err
		}
	}
}

// again gives a body that can be read at any place, and where it stands now.
func again(r io.Reader) (io.ReaderAt, int64, error) {
	at, ok := r.(io.ReaderAt)
	s, seeks := r.(io.Seeker)
	if !ok || !seeks {
		return nil, 0, nil
	}
	here, err := s.Seek(0, io.SeekCurrent)
	return at, here, err
}

// once asks a single time.
func (l *line) once(ctx context.Context, a ask) (*http.Response, error) {
	region, err := l.whichRegion(ctx)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, a.method, l.address(region, a.key, a.query), nil)
	if err != nil {
		return nil, err
	}
	for name, value := range a.header {
		req.Header[name] = value
	}
	if a.size > 0 {
		req.Body, req.ContentLength = io.NopCloser(a.body), a.size
	}
	return l.send(l.signed(req, region), a.key)
}

// send gives the answer of a success. Any other is read and closed.
func (l *line) send(req *http.Request, key string) (*http.Response, error) {
	answer, err := l.client.Do(req)
	if err != nil {
		return nil, err
	}
	switch answer.StatusCode {
	case http.StatusOK, http.StatusAccepted, http.StatusNoContent, http.StatusPartialContent:
		return answer, nil
	}
	defer func() { _ = answer.Body.Close() }()
	return nil, refused(answer, key)
}

// learned tells whether a refusal named the region that the bucket is in, and
// it is not the one that was tried.
func (l *line) learned(err error) bool {
	var no *refusal
	if l.told || !errors.As(err, &no) || no.Region == "" || !no.aboutRegion() {
		return false
	}
	if was := l.region.Load(); was != nil && *was == no.Region {
		return false
	}
	l.region.Store(&no.Region)
	return true
}

// pause waits a random time, so that many who failed together do not come back
// together.
func pause(ctx context.Context, trial int) error {
	longest := min(firstPause<<(trial-1), time.Second)
	select {
	case <-time.After(rand.N(longest)): //nolint:gosec // nobody gains by guessing it
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
