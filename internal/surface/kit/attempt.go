package kit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// ErrAnswered says that a request was refused, and that the answer is written.
var ErrAnswered = errors.New("kit: the request was refused")

type attemptKey struct{}

// Attempt runs the rest of an operation in another context, such as one with a
// transaction. A handler's error is given instead of written, so that the
// caller can roll back and answer; [ErrAnswered] is one that is written.
func Attempt(ctx context.Context, hc huma.Context, next func(huma.Context)) error {
	var failed error
	next(huma.WithContext(hc, context.WithValue(ctx, attemptKey{}, &failed)))
	if failed == nil && Ctx(ctx).Response().StatusCode() >= http.StatusBadRequest {
		return ErrAnswered
	}
	return failed
}

// Refuse answers with an error, whatever was answered before.
func (a *API) Refuse(hc huma.Context, err error) {
	if errors.Is(err, ErrAnswered) {
		return
	}
	res := Ctx(hc.Context()).Response()
	res.ResetBody()
	for _, name := range contentHeaders {
		res.Header.Del(name)
	}
	_ = huma.WriteErr(a, hc, http.StatusInternalServerError, "unexpected error occurred", err) // a failed write is the client's loss
}

// Kept is what was answered to a request, to be given again.
type Kept struct {
	Status int               `json:"s"`
	Header map[string]string `json:"h"`
	Body   []byte            `json:"b"`
}

// contentHeaders are the headers that belong to an answer's content.
var contentHeaders = []string{fiber.HeaderContentType, fiber.HeaderETag, fiber.HeaderLocation}

// KeptOf copies what was answered.
func KeptOf(hc huma.Context) Kept {
	res := Ctx(hc.Context()).Response()
	a := Kept{Status: res.StatusCode(), Header: map[string]string{}, Body: bytes.Clone(res.Body())}
	for _, name := range contentHeaders {
		if v := res.Header.Peek(name); len(v) > 0 {
			a.Header[name] = string(v)
		}
	}
	return a
}

// Again gives an answer again, and says so.
func (a Kept) Again(hc huma.Context) {
	for name, value := range a.Header {
		hc.SetHeader(name, value)
	}
	hc.SetHeader("Idempotency-Replayed", "true")
	hc.SetStatus(a.Status)
	_, _ = hc.BodyWriter().Write(a.Body) // a failed write is the client's loss
}

// Fingerprint tells whether two requests ask for the same: by address, query
// and content. Neither the spelling of a JSON document counts nor the boundary
// of a form.
func Fingerprint(hc huma.Context) ([]byte, error) {
	h, u := sha256.New(), hc.URL()
	write(h, hc.Method(), u.Path, u.RawQuery)
	if strings.HasPrefix(hc.Header(fiber.HeaderContentType), fiber.MIMEMultipartForm) {
		form, err := hc.GetMultipartForm()
		if err != nil {
			return h.Sum(nil), nil //nolint:nilerr // it is refused when it is read
		}
		if err := printForm(h, form); err != nil {
			return nil, err
		}
		return h.Sum(nil), nil
	}
	raw, err := unpacked(Ctx(hc.Context()), hc.Operation().MaxBodyBytes)
	if err != nil {
		return h.Sum(nil), nil //nolint:nilerr // as above
	}
	var doc any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if dec.Decode(&doc) == nil {
		if raw, err = json.Marshal(doc); err != nil {
			return nil, err
		}
	}
	h.Write(raw)
	return h.Sum(nil), nil
}

func write(h hash.Hash, texts ...string) {
	for _, t := range texts {
		h.Write([]byte(t))
		h.Write([]byte{0})
	}
}

func printForm(h hash.Hash, form *multipart.Form) error {
	for _, name := range sortedKeys(form.Value) {
		write(h, append([]string{name}, form.Value[name]...)...)
	}
	for _, name := range sortedKeys(form.File) {
		for _, f := range form.File[name] {
			write(h, name, f.Filename)
			if err := printFile(h, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func printFile(h hash.Hash, sent *multipart.FileHeader) error {
	f, err := sent.Open()
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // it was only read
	_, err = io.Copy(h, f)
	return err
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
