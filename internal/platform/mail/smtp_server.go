package mail

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net"
	"net/url"
	"slices"
	"strconv"

	gomail "github.com/wneessen/go-mail"
)

// server is what SMTP_URL says.
type server struct {
	host           string
	port           int
	tls            bool // from the first byte
	starttls       gomail.TLSPolicy
	user, password string
}

var errServer = errors.New("SMTP_URL is not of the form smtp://user:password@host:587 or smtps://user:password@host:465, with an optional ?starttls=required, offered or never")

func parseServer(raw string) (server, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || (u.Path != "" && u.Path != "/") {
		return server{}, errServer
	}
	s := server{host: u.Hostname(), user: u.User.Username()}
	s.password, _ = u.User.Password()
	switch u.Scheme {
	case "smtp":
		s.port = 587
	case "smtps":
		s.port, s.tls = 465, true
	default:
		return server{}, errServer
	}
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return server{}, errServer
		}
	}
	return s.withPolicy(u.Query())
}

func (s server) withPolicy(q url.Values) (server, error) {
	s.starttls = gomail.TLSMandatory
	if s.tls || s.local() {
		s.starttls = gomail.NoTLS
	}
	for name := range q {
		if name != "starttls" || s.tls {
			return server{}, errServer
		}
	}
	switch q.Get("starttls") {
	case "":
	case "required":
		s.starttls = gomail.TLSMandatory
	case "offered":
		s.starttls = gomail.TLSOpportunistic
	case "never":
		s.starttls = gomail.NoTLS
	default:
		return server{}, errServer
	}
	return s, nil
}

// local tells whether the server is this machine.
func (s server) local() bool {
	ip := net.ParseIP(s.host)
	return s.host == "localhost" || ip != nil && ip.IsLoopback()
}

// dial opens the line, under TLS from the first byte for smtps.
func (s server) dial(ctx context.Context, network, address string, trust *tls.Config) (net.Conn, error) {
	var plain net.Dialer
	if !s.tls {
		return plain.DialContext(ctx, network, address)
	}
	return (&tls.Dialer{NetDialer: &plain, Config: trust}).DialContext(ctx, network, address)
}

// secrets lists the forms in which the password travels.
func (s server) secrets() []string {
	if s.password == "" {
		return nil
	}
	enc := base64.StdEncoding.EncodeToString
	return slices.Compact([]string{
		enc([]byte("\x00" + s.user + "\x00" + s.password)), // AUTH PLAIN, RFC 4616
		enc([]byte(s.password)),                            // AUTH LOGIN
		url.QueryEscape(s.password), url.PathEscape(s.password), s.password,
	})
}
