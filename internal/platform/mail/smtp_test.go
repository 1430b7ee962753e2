package mail_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
)

const password = "open:sesame/42%"

// postOffice is a real SMTP server that keeps what it takes.
type postOffice struct {
	mu       sync.Mutex
	taken    [][]byte
	envelope []string
	secure   []bool // one per message: was the line encrypted
	users    []string
	refuse   map[string]error // by command
}

type visit struct {
	office *postOffice
	conn   *smtp.Conn
	user   string
}

func (o *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &visit{office: o, conn: c}, nil
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, pass string) error {
		if pass != password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "no: " + pass}
		}
		v.user = user
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.envelope = append(v.office.envelope, from)
	return v.office.refuse["MAIL"]
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.envelope = append(v.office.envelope, to)
	return v.office.refuse["RCPT"]
}

func (v *visit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if err := v.office.refuse["DATA"]; err != nil {
		return err
	}
	_, secure := v.conn.TLSConnectionState()
	v.office.taken = append(v.office.taken, raw)
	v.office.secure = append(v.office.secure, secure)
	v.office.users = append(v.office.users, v.user)
	return nil
}

// open starts the server on a loopback port; tlsFirst is smtps.
func (o *postOffice) open(t *testing.T, cert *tls.Config, tlsFirst bool) (address string) {
	t.Helper()
	s := smtp.NewServer(o)
	s.Domain, s.AllowInsecureAuth = "post.example", true
	s.ErrorLog = log.New(io.Discard, "", 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if tlsFirst {
		l = tls.NewListener(l, cert)
	} else {
		s.TLSConfig = cert
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return l.Addr().String()
}

// certificate makes a certificate for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, roots
}

func sender(t *testing.T, url string, roots *x509.CertPool) *mail.SMTP {
	t.Helper()
	s, err := mail.NewSMTP(mail.SMTPOptions{URL: url, Composer: composer(t, brand), Roots: roots})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const userInfo = "postman:open%3Asesame%2F42%25@"

func TestConversations(t *testing.T) {
	t.Parallel()
	cert, roots := certificate(t)
	cases := []struct {
		name             string
		scheme, user     string
		query            string
		tlsFirst, offers bool
		secure           bool
		as               string
	}{
		{name: "plain to this machine", scheme: "smtp"},
		{name: "plain with a password to this machine", scheme: "smtp", user: userInfo, as: "postman"},
		{name: "STARTTLS", scheme: "smtp", query: "?starttls=required", offers: true, secure: true},
		{name: "STARTTLS where it is offered", scheme: "smtp", query: "?starttls=offered", offers: true, secure: true},
		{name: "no STARTTLS where it is not offered", scheme: "smtp", query: "?starttls=offered"},
		{name: "STARTTLS with a password", scheme: "smtp", user: userInfo, query: "?starttls=required", offers: true, secure: true, as: "postman"},
		{name: "TLS from the first byte", scheme: "smtps", user: userInfo, tlsFirst: true, secure: true, as: "postman"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := &postOffice{}
			var offered *tls.Config
			if c.offers || c.tlsFirst {
				offered = cert
			}
			at := o.open(t, offered, c.tlsFirst)
			if err := sender(t, c.scheme+"://"+c.user+at+c.query, roots).Send(t.Context(), sample()); err != nil {
				t.Fatal(err)
			}
			if len(o.taken) != 1 || o.secure[0] != c.secure || o.users[0] != c.as {
				t.Fatalf("%d letters, secure %v, users %v", len(o.taken), o.secure, o.users)
			}
			if got := strings.Join(o.envelope, " "); got != "news@lighttrends.example Ada@reader.example" {
				t.Errorf("envelope %q", got)
			}
			h, text, html := read(t, o.taken[0])
			if h.Get("Message-Id") != "<issue-2026-03.ada@lighttrends.example>" || !strings.Contains(text, "042 917") || !strings.Contains(html, "042 917") {
				t.Errorf("not the letter: %v", h)
			}
			if h.Get("X-Mailer")+h.Get("User-Agent") != "" {
				t.Error("the program names itself")
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	say := func(code int, words string) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: words}
	}
	cases := []struct {
		name    string
		refuse  map[string]error
		forGood bool
	}{
		{"no such mailbox", map[string]error{"RCPT": say(550, "no Ada@reader.example here")}, true},
		{"mailbox busy", map[string]error{"RCPT": say(450, "try later")}, false},
		{"sender refused", map[string]error{"MAIL": say(553, "who are you")}, true},
		{"password wanted", map[string]error{"MAIL": say(530, "authenticate first")}, false},
		{"content refused", map[string]error{"DATA": say(554, "spam, says "+password)}, true},
		{"disk full", map[string]error{"DATA": say(452, "no room")}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := &postOffice{refuse: c.refuse}
			err := sender(t, "smtp://"+userInfo+o.open(t, nil, false), nil).Send(t.Context(), sample())
			if err == nil || mail.Permanent(err) != c.forGood || len(o.taken) != 0 {
				t.Fatalf("%v, %d letters", err, len(o.taken))
			}
			if want := map[bool]string{true: "mail_refused", false: "mail_unavailable"}[c.forGood]; !fault.HasCode(err, want) {
				t.Errorf("not %s: %v", want, err)
			}
			discreet(t, err)
		})
	}
}

// discreet fails when the error holds the password or the recipient.
func discreet(t *testing.T, err error) {
	t.Helper()
	plain := base64.StdEncoding.EncodeToString([]byte("\x00postman\x00" + password))
	for ; err != nil; err = errors.Unwrap(err) {
		for _, secret := range []string{password, "open%3Asesame", plain, "Ada@reader"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%q tells %q", err, secret)
			}
		}
	}
}

func TestALetterIsNotGivenToAStranger(t *testing.T) {
	t.Parallel()
	cert, roots := certificate(t)
	cases := []struct {
		name, url string
		offers    *tls.Config
		tlsFirst  bool
		roots     *x509.CertPool
	}{
		{"no STARTTLS though it is required", "smtp://%?starttls=required", nil, false, roots},
		{"a certificate nobody vouches for", "smtp://%?starttls=required", cert, false, x509.NewCertPool()},
		{"the same from the first byte", "smtps://%", cert, true, x509.NewCertPool()},
		{"a wrong password", "smtp://postman:wrong@%", nil, false, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := &postOffice{}
			at := o.open(t, c.offers, c.tlsFirst)
			err := sender(t, strings.ReplaceAll(c.url, "%", at), c.roots).Send(t.Context(), sample())
			if !fault.HasCode(err, "mail_unavailable") || mail.Permanent(err) || len(o.envelope) != 0 {
				t.Fatalf("%v, %v", err, o.envelope)
			}
			discreet(t, err)
			if strings.Contains(err.Error(), "wrong") {
				t.Errorf("%v tells the password", err)
			}
		})
	}
}

// A server that takes the letter and then drops the line has taken it.
func TestATakenLetterIsNotSentAgain(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		script(c)
	}()
	if err := sender(t, "smtp://"+l.Addr().String(), nil).Send(t.Context(), sample()); err != nil {
		t.Errorf("got %v", err)
	}
}

// script answers a conversation up to the end of the letter and hangs up.
func script(c net.Conn) {
	say := func(s string) { _, _ = io.WriteString(c, s+"\r\n") }
	say("220 hello")
	var heard bytes.Buffer
	buf := make([]byte, 4096)
	data := false
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		heard.Write(buf[:n])
		switch {
		case data && bytes.HasSuffix(heard.Bytes(), []byte("\r\n.\r\n")):
			say("250 taken")
			return
		case data:
		case bytes.HasSuffix(heard.Bytes(), []byte("DATA\r\n")):
			data = true
			say("354 go on")
		case bytes.HasSuffix(heard.Bytes(), []byte("\r\n")):
			say("250 ok")
		}
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	_ = l.Close()
	if err := sender(t, "smtp://"+at, nil).Send(t.Context(), sample()); !fault.HasCode(err, "mail_unavailable") {
		t.Errorf("got %v", err)
	}
}

// A server that falls silent is left when the job is called off, and not
// only after the long timeout.
func TestASilentServerDoesNotHoldTheJob(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		_, _ = io.WriteString(c, "220 hello\r\n")
		_, _ = c.Read(make([]byte, 100))
		cancel()
		_, _ = io.Copy(io.Discard, c) // ends when the other side hangs up
	}()
	s := sender(t, "smtp://"+l.Addr().String(), nil)
	result := make(chan error, 1)
	go func() { result <- s.Send(ctx, sample()) }()
	select {
	case err := <-result:
		if !fault.HasCode(err, "mail_unavailable") {
			t.Errorf("got %v", err)
		}
	case <-time.After(15 * time.Second):
		t.Error("still waiting")
	}
}

func TestServerURLs(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"", "mail.example", "http://mail.example", "smtp://", "smtp://host:0", "smtp://host:99999", "smtp://u:secret-word@host:port",
		"smtp://host?starttls=maybe", "smtp://host?insecure=1", "smtps://host?starttls=never", "smtp://host/path", "smtp://u:secret-word@ho st",
	} {
		if _, err := mail.NewSMTP(mail.SMTPOptions{URL: url, Composer: composer(t, brand)}); err == nil {
			t.Errorf("%q was taken", url)
		} else if strings.Contains(err.Error(), "secret-word") {
			t.Errorf("%v repeats the URL", err)
		}
	}
	for _, url := range []string{"smtp://host", "smtp://u:p@host:2525", "smtps://host", "smtp://host:25/?starttls=never"} {
		if _, err := mail.NewSMTP(mail.SMTPOptions{URL: url, Composer: composer(t, brand)}); err != nil {
			t.Errorf("%q: %v", url, err)
		}
	}
}
