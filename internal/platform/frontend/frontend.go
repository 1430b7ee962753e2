// Package frontend judges addresses of a publication's other front ends: what
// an origin is, what may stand in a list of return addresses, and whether an
// address is one that a list allows.
//
// A page of ours must not lead people who trust it to strangers. So an address
// is compared as a text, and only one that every parser reads alike is compared
// at all: no user information, no backslash, nothing outside printable ASCII,
// no dot segment and no slash that is written in percent.
package frontend

import (
	"net/netip"
	"net/url"
	"strings"
)

// Longest is how many bytes an address may have.
const Longest = 1024

// Origin tells whether s is an origin as browsers send it in the Origin header
// (RFC 6454, section 6.2): https, or http on this machine, in small letters,
// without a path and without the port that goes without saying.
func Origin(s string) bool {
	scheme, authority, ok := strings.Cut(s, "://")
	return ok && len(s) <= Longest && site(scheme, authority)
}

// Address tells whether s may stand in a list of return addresses: a whole
// address with a path, at an origin of [Origin]. One that ends in a slash
// stands for everything below it and has no query.
func Address(s string) bool {
	_, ok := split(s)
	return ok && (!strings.HasSuffix(s, "/") || !strings.Contains(s, "?"))
}

// Allowed tells whether an address is one of a list, or lies below an entry
// that ends in a slash.
func Allowed(list []string, address string) bool {
	if _, ok := split(address); !ok {
		return false
	}
	for _, entry := range list {
		if address == entry || strings.HasSuffix(entry, "/") && strings.HasPrefix(address, entry) {
			return true
		}
	}
	return false
}

// OriginOf is the origin of an address, or "" when it is none of [Address].
func OriginOf(address string) string {
	origin, _ := split(address)
	return origin
}

// With adds parameters to an address, in the order they are given: names and
// values in turn. An empty value is left out.
func With(address string, pairs ...string) string {
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			address += sep + pairs[i] + "=" + url.QueryEscape(pairs[i+1])
			sep = "&"
		}
	}
	return address
}

// split takes the origin off an address that everybody reads alike.
func split(s string) (origin string, ok bool) {
	scheme, rest, ok := strings.Cut(s, "://")
	slash := strings.IndexByte(rest, '/')
	if !ok || slash < 0 || len(s) > Longest || strings.IndexFunc(s, unclear) >= 0 || !site(scheme, rest[:slash]) {
		return "", false
	}
	path, query, _ := strings.Cut(rest[slash:], "?")
	if !clearPath(path) || !clearQuery(query) {
		return "", false
	}
	return s[:len(scheme)+3+slash], true
}

// unclear is what parsers drop, turn into something else, or end an address at.
func unclear(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\\#\"<>^`{|}", r) }

func site(scheme, authority string) bool {
	host, port := authority, ""
	if i := strings.LastIndexByte(authority, ':'); i > strings.LastIndexByte(authority, ']') {
		if host, port = authority[:i], authority[i+1:]; !number(port) {
			return false
		}
	}
	switch {
	case scheme == "https" && port != "443":
		return local(host) || name(host)
	case scheme == "http" && port != "80":
		return local(host)
	}
	return false
}

// local tells whether a host is this machine, to which nobody can listen in.
func local(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") && name(host) {
		return true
	}
	ip, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
	return err == nil && ip.IsLoopback() && !ip.Is4In6() && ip.Is6() == strings.HasPrefix(host, "[") && ip.Zone() == ""
}

// name tells whether a host is a name in small ASCII letters; one in other
// letters is written in Punycode, as browsers send it.
func name(host string) bool {
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.Trim(label, "-") == "" {
			return false
		}
	}
	return len(host) <= 253
}

func number(s string) bool {
	return s != "" && len(s) <= 5 && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

// clearPath refuses what a server may take for another path: a dot segment, or
// a slash or a percent sign in percent.
func clearPath(path string) bool {
	for segment := range strings.SplitSeq(path[1:], "/") {
		plain, err := url.PathUnescape(segment)
		if err != nil || plain == "." || plain == ".." || strings.ContainsAny(plain, "/\\%") || strings.IndexFunc(plain, control) >= 0 {
			return false
		}
	}
	return !strings.HasPrefix(path, "//")
}

// clearQuery refuses what is added on the way back: then nobody can bring a
// code of their own along.
func clearQuery(query string) bool {
	values, err := url.ParseQuery(query)
	return err == nil && !values.Has("code") && !values.Has("state") && !values.Has("session_id")
}

func control(r rune) bool { return r < ' ' || r == 0x7f }
