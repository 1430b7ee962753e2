package kit_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"testing"
)

// TestAPackedBodyIsRead: by the standard library, which stands in for the one
// that fasthttp names.
func TestAPackedBodyIsRead(t *testing.T) {
	t.Parallel()
	b := binderBench(t)
	for encoding, pack := range map[string]func(io.Writer) io.WriteCloser{
		"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	} {
		var body bytes.Buffer
		z := pack(&body)
		_, _ = io.WriteString(z, `{"name": "Ada"}`)
		_ = z.Close()
		answer := b.send(t, fmt.Sprintf("POST /api/t/v1/people HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", encoding, body.Len(), body.String()))
		text, _ := io.ReadAll(answer.Body)
		if answer.StatusCode != 201 || !bytes.Contains(text, []byte(`"Ada"`)) {
			t.Errorf("%s: %d %s", encoding, answer.StatusCode, text)
		}
	}
}
