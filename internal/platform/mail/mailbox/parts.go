package mailbox

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
)

// parts is a raw message taken apart.
type parts struct {
	Header   string // as it was sent, unfolded nowhere
	Category string
	HTML     string
	Text     string
}

// takeApart reads what the composer wrote: two parts, quoted-printable.
func takeApart(raw []byte) (p parts, err error) {
	header, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	p.Header = string(header)
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return p, err
	}
	p.Category = msg.Header.Get("X-Category")
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		return p, err
	}
	reader := multipart.NewReader(msg.Body, params["boundary"])
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return p, err
		}
		if err := p.add(part); err != nil {
			return p, err
		}
	}
}

func (p *parts) add(part *multipart.Part) error {
	var r io.Reader = part
	if part.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		r = quotedprintable.NewReader(part)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	body := strings.ReplaceAll(string(b), "\r\n", "\n")
	if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
		p.HTML = body
	} else {
		p.Text = body
	}
	return nil
}
