package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"lighttrends/internal/surface/transfer/source"
)

// Visit asks a far server, at public addresses only and for a bounded time. It
// follows no redirect. A source.Fault it fails with is for the report.
type Visit func(*http.Request) (*http.Response, error)

// The bounds of fetching, for one run.
const (
	mostFetched  = 5000
	mostBytes    = 4 << 30
	mostFailures = 20 // one after the other: then the site is taken to be down
	mostHops     = 3
)

// site is the one site whose pictures are fetched.
type site struct {
	root    *url.URL
	visit   Visit
	asked   int
	bytes   int64
	failed  int             // one after the other
	here    map[string]kept // by address, of this run
	counted map[string]bool // by address, in a dry run
}

// openSite gives nil when nothing is to be fetched.
func (c *Carrier) openSite(address string) (*site, error) {
	if address == "" || c.Visit == nil {
		return nil, nil //nolint:nilnil // nothing is no error
	}
	root, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	return &site{root: root, visit: c.Visit, here: map[string]kept{}, counted: map[string]bool{}}, nil
}

// ghostRoot is what Ghost writes for the address of its site.
const ghostRoot = "__GHOST_URL__"

// address is where the site has a picture; "" when it is not one of this site.
// Texts are older than certificates: the scheme is the site's.
func (s *site) address(src string) string {
	if rest, ok := strings.CutPrefix(src, ghostRoot); ok {
		src = strings.TrimRight(s.root.String(), "/") + rest
	}
	u, err := url.Parse(src)
	if err != nil || len(src) > 2000 || u.User != nil || u.Opaque != "" {
		return ""
	}
	if u.Host == "" && !strings.HasPrefix(u.Path, "/") || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u = s.root.ResolveReference(u)
	if !strings.EqualFold(u.Host, s.root.Host) {
		return ""
	}
	u.Scheme, u.Fragment = s.root.Scheme, ""
	return u.String()
}

// fetch reads a picture. What it fails with is for the report.
func (s *site) fetch(ctx context.Context, address string) ([]byte, error) {
	switch {
	case s.asked >= mostFetched:
		return nil, source.Wrong("not fetched: an import fetches no more than %d pictures; import again for the rest", mostFetched)
	case s.bytes >= mostBytes:
		return nil, source.Wrong("not fetched: an import fetches no more than %d GB; import again for the rest", mostBytes>>30)
	case s.failed >= mostFailures:
		return nil, source.Wrong("not fetched: the site failed %d times, one after the other", mostFailures)
	}
	s.asked++
	raw, err := s.get(ctx, address)
	s.bytes += int64(len(raw))
	if s.failed++; err == nil {
		s.failed = 0
	}
	return raw, err
}

func (s *site) get(ctx context.Context, address string) ([]byte, error) {
	for range mostHops {
		res, err := s.ask(ctx, address)
		if err != nil {
			return nil, err
		}
		to := res.Header.Get("Location")
		if res.StatusCode < 300 || res.StatusCode >= 400 || to == "" {
			return body(res)
		}
		_ = res.Body.Close()
		next, err := res.Request.URL.Parse(to)
		if err != nil || !s.leads(next) {
			return nil, source.Wrong("not fetched: it leads to another site")
		}
		address = next.String()
	}
	return nil, source.Wrong("not fetched: it leads on and on")
}

// leads tells whether a redirect stays at the site.
func (s *site) leads(to *url.URL) bool {
	return strings.EqualFold(to.Hostname(), s.root.Hostname()) && (to.Port() == "" || to.Port() == s.root.Port()) && (to.Scheme == "http" || to.Scheme == "https")
}

func (s *site) ask(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, source.Wrong("not fetched: this is no address")
	}
	req.Header.Set("User-Agent", "lighttrends-import/1")
	req.Header.Set("Accept", "image/*")
	res, err := s.visit(req)
	var said *source.Fault
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && !errors.As(err, &said):
		return nil, source.Wrong("not fetched: the site did not answer")
	}
	return res, err
}

// body reads an answer, but no more than a picture may have.
func body(res *http.Response) ([]byte, error) {
	defer res.Body.Close() //nolint:errcheck // it was read
	if res.StatusCode != http.StatusOK {
		return nil, source.Wrong("not fetched: the site answered %d", res.StatusCode)
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, source.MaxPicture+1))
	switch {
	case len(raw) > source.MaxPicture:
		return nil, source.Wrong("not fetched: larger than %d MB", source.MaxPicture>>20)
	case errors.Is(err, context.Canceled):
		return nil, err
	case err != nil:
		return nil, source.Wrong("not fetched: it did not come to its end")
	}
	return raw, nil
}

// nameOf is the file name of a picture by its address.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "picture"
	}
	return path.Base(u.Path)
}

// would says what a dry run does not fetch.
func (s *site) would(p *plan, addresses []string) {
	fresh := 0
	for _, a := range addresses {
		if !s.counted[a] {
			fresh++
		}
		s.counted[a] = true
	}
	if len(addresses) > 0 {
		p.say(fmt.Sprintf("%d of its pictures would be fetched from %s, %d of them for the first time", len(addresses), s.root.Host, fresh))
	}
}
