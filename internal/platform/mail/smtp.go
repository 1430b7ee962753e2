package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// smtpTimeout bounds one conversation. It is shorter than a job may take.
const smtpTimeout = 30 * time.Second

// SMTPOptions says which server takes the letters.
type SMTPOptions struct {
	URL      string // see [SMTP]
	Composer *Composer
	Roots    *x509.CertPool // nil: the machine's own
}

// SMTP sends letters through a mail server. The server is given as a URL:
//
//	smtp://user:password@host:587    STARTTLS is demanded
//	smtps://user:password@host:465   TLS from the first byte
//
// Port and user may be left out. STARTTLS is not used towards a loopback
// address. ?starttls=required, offered or never says otherwise; a password is
// never sent in clear to another machine.
type SMTP struct {
	server   server
	composer *Composer
	roots    *x509.CertPool
	secrets  []string
}

// NewSMTP reads the URL; it does not connect. Its error does not repeat the URL.
func NewSMTP(o SMTPOptions) (*SMTP, error) {
	srv, err := parseServer(o.URL)
	if err != nil {
		return nil, err
	}
	return &SMTP{server: srv, composer: o.Composer, roots: o.Roots, secrets: srv.secrets()}, nil
}

// Send hands one letter to the server. Errors are faults without the password
// and the recipient; see [Permanent].
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	m, err := s.composer.Compose(ctx, l)
	if err != nil {
		return err
	}
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	client, err := gomail.NewClient(s.server.host, s.options(ctx)...)
	if err != nil {
		return s.unavailable(err)
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return s.unavailable(err)
	}
	err = client.SendWithSMTPClient(conn, m.msg)
	_ = client.CloseWithSMTPClient(conn)
	// What goes wrong after the server took the letter is not the letter's
	// affair: sending it again would only make a second one.
	if err == nil || m.msg.IsDelivered() {
		return nil
	}
	return s.refusal(err, m)
}

// options sets the library up for one conversation. The line closes when ctx
// ends: the library itself leaves it open when the greeting fails, and does
// not look at the context once the line stands.
func (s *SMTP) options(ctx context.Context) []gomail.Option {
	trust := &tls.Config{ServerName: s.server.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
	o := []gomail.Option{
		gomail.WithPort(s.server.port),
		gomail.WithTimeout(smtpTimeout),
		gomail.WithHELO(s.composer.domain),
		gomail.WithTLSPolicy(s.server.starttls),
		gomail.WithTLSConfig(trust),
		gomail.WithoutNoop(),
		gomail.WithDialContextFunc(func(dialing context.Context, network, address string) (net.Conn, error) {
			line, err := s.server.dial(dialing, network, address, trust)
			if err == nil {
				context.AfterFunc(ctx, func() { _ = line.Close() })
			}
			return line, err
		}),
	}
	if s.server.user != "" {
		// Best first. The library refuses PLAIN and LOGIN without TLS, except
		// towards this machine.
		o = append(o, gomail.WithUsername(s.server.user), gomail.WithPassword(s.server.password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1,
				gomail.SMTPAuthCramMD5, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return o
}
