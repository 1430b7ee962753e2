package outward

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// ErrForbidden says that an address may not be called.
var ErrForbidden = errors.New("outward: the address is not a public one")

// The times a far server has.
const (
	dialTime   = 5 * time.Second
	answerTime = 15 * time.Second
)

// New makes a client. allowed names private addresses and ranges that may be
// called all the same: "10.1.2.3", "10.1.0.0/16", "127.0.0.1:9000".
func New(allowed []string) (*http.Client, error) { return With(allowed, nil) }

// With is New with names looked up by somebody else than the system.
func With(allowed []string, names *net.Resolver) (*http.Client, error) {
	g, err := parse(allowed)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: dialTime, KeepAlive: -1, Control: g.control, Resolver: names}
	transport := &http.Transport{
		Proxy: nil, DialContext: dialer.DialContext, TLSHandshakeTimeout: dialTime, ResponseHeaderTimeout: answerTime,
		DisableKeepAlives: true, // each call is checked anew
		ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 32 << 10,
	}
	return &http.Client{
		Transport: transport, Timeout: dialTime + answerTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

type exception struct {
	net  netip.Prefix
	port string // "" for all
}

type guard struct{ allowed []exception }

// Check tells whether a list of allowed addresses can be read.
func Check(allowed []string) error {
	_, err := parse(allowed)
	return err
}

func parse(allowed []string) (guard, error) {
	var g guard
	for _, text := range allowed {
		text = strings.TrimSpace(text)
		if p, err := netip.ParsePrefix(text); err == nil && !p.Addr().Is4In6() {
			g.allowed = append(g.allowed, exception{net: p.Masked()})
			continue
		}
		host, port := text, ""
		if h, p, err := net.SplitHostPort(text); err == nil {
			host, port = h, p
		}
		a, err := netip.ParseAddr(host)
		if err != nil {
			return guard{}, fmt.Errorf("%q is no address, such as 10.1.2.3, 10.1.0.0/16 or 127.0.0.1:9000", text)
		}
		g.allowed = append(g.allowed, exception{netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), port})
	}
	return g, nil
}

// control sees the address that is dialled, after its name was looked up.
func (g guard) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrForbidden, err)
	}
	ip := to.Addr().Unmap().WithZone("")
	for _, e := range g.allowed {
		if e.net.Contains(ip) && (e.port == "" || e.port == fmt.Sprint(to.Port())) {
			return nil
		}
	}
	if !public(ip) {
		return ErrForbidden
	}
	return nil
}

// special are ranges that lead to machines nearby, to nobody, or that hide a
// private address in a longer one (IANA special-purpose registries, RFC 6890).
var special = ranges(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

// global6 is all that is given out of IPv6 (RFC 4291, section 2.4; IANA).
var global6 = netip.MustParsePrefix("2000::/3")

func ranges(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

func public(ip netip.Addr) bool {
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Is6() && !global6.Contains(ip) {
		return false
	}
	for _, r := range special {
		if r.Contains(ip) {
			return false
		}
	}
	return true
}

// Forbidden tells whether a call failed because its address may not be called.
func Forbidden(err error) bool { return errors.Is(err, ErrForbidden) }
