package media

import (
	"bytes"
	"context"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"lighttrends/internal/platform/fault"
)

// MaxUpload is the largest file that is taken, in bytes.
const MaxUpload = 20 << 20

// Upload is a file that somebody sends.
type Upload struct {
	Filename string // as the sender's computer calls it; folders in it are dropped
	Alt      string // what the picture shows, for those who do not see it
	Caption  string
	Folder   *uuid.UUID // of the library; nil for none
	// Body is read to its end or to MaxUpload. The context is asked between
	// reads; a read that blocks is for the owner of the reader to end.
	Body io.Reader
}

// Validate tidies the texts and lists every broken rule.
func (u *Upload) Validate() error {
	u.Filename = cleanName(u.Filename)
	var f fault.Fields
	f.Required("/filename", u.Filename)
	f.MaxRunes("/filename", u.Filename, 200)
	checkTexts(&f, &u.Alt, &u.Caption)
	return f.Err()
}

func checkTexts(f *fault.Fields, alt, caption *string) {
	*alt, *caption = strings.TrimSpace(*alt), strings.TrimSpace(*caption)
	f.MaxRunes("/alt", *alt, 500)
	f.MaxRunes("/caption", *caption, 1000)
	f.Check(printable(*alt), "/alt", "bad_characters", "Control characters and broken text are not allowed.")
	f.Check(printable(*caption), "/caption", "bad_characters", "Control characters and broken text are not allowed.")
}

// folded gives a text as it is compared: small letters without accents, so
// that "Uberblick" finds "Überblick" on every database.
func folded(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s)))
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
}

// cleanName keeps the last part of a path in one spelling: computers write the
// same letters differently (Unicode NFC and NFD), and notes refer to pictures
// by name. What cannot be seen is dropped.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, norm.NFC.String(name))
	name = strings.TrimSpace(name)
	if strings.Trim(name, ".") == "" {
		return ""
	}
	return name
}

var (
	errTooLarge = fault.New(fault.TooLarge, "media_too_large", "The file is too large. At most 20 MB.")
	errBroken   = fault.New(fault.BadRequest, "upload_broken", "The upload broke off.")
	errStopped  = fault.New(fault.Timeout, "interrupted", "This took too long and was stopped.")
)

func (u *Upload) read(ctx context.Context) ([]byte, error) {
	if u.Body == nil {
		return nil, nil
	}
	var buf bytes.Buffer
	n, err := buf.ReadFrom(io.LimitReader(&attentive{ctx, u.Body}, MaxUpload+1))
	switch {
	case ctx.Err() != nil:
		return nil, errStopped.Because(ctx.Err())
	case err != nil:
		return nil, errBroken.Because(err)
	case n > MaxUpload:
		return nil, errTooLarge
	}
	return buf.Bytes(), nil
}

// attentive asks the context before each read.
type attentive struct {
	ctx context.Context // lives for one upload
	r   io.Reader
}

// Read implements io.Reader.
func (a *attentive) Read(p []byte) (int, error) {
	if err := a.ctx.Err(); err != nil {
		return 0, err
	}
	return a.r.Read(p)
}
