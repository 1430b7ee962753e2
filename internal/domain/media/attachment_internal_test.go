package media

import (
	"archive/zip"
	"bytes"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/fault"
)

func zipped(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		if _, err := z.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTypeIsFoundByContent(t *testing.T) {
	t.Parallel()
	book := []string{"[Content_Types].xml", "xl/workbook.xml"}
	for name, tt := range map[string]struct {
		raw  []byte
		want string
		code string
	}{
		"a PDF":                      {[]byte("%PDF-1.7\n..."), ".pdf", ""},
		"a workbook":                 {zipped(t, book...), ".xlsx", ""},
		"commas":                     {[]byte("a,b\n1,\"x\ny\"\n"), ".csv", ""},
		"semicolons behind a mark":   {[]byte("\xef\xbb\xbfa;b\r\n1;2\r\n"), ".csv", ""},
		"tabs":                       {[]byte("a\tb\n1\t2\n"), ".csv", ""},
		"a workbook with macros":     {zipped(t, append(book, "xl/vbaProject.bin")...), "", "attachment_type"},
		"another zip":                {zipped(t, "a.txt"), "", "attachment_type"},
		"a broken zip":               {[]byte("PK\x03\x04 and no more"), "", "attachment_type"},
		"rows of different lengths":  {[]byte("a,b\n1,2,3\n"), "", "attachment_type"},
		"a web page":                 {[]byte("<!doctype html>\n<p>Hello, you\n<script>x</script>\n"), "", "attachment_type"},
		"a picture":                  {[]byte("\x89PNG\r\n\x1a\n,"), "", "attachment_type"},
		"text of another encoding":   {[]byte("a,\xfc\n"), "", "attachment_type"},
		"bytes that look like a row": {[]byte("a,b\x00\n"), "", "attachment_type"},
		"nothing":                    {nil, "", "attachment_empty"},
	} {
		got, err := typeOf(tt.raw)
		if got.ext != tt.want || tt.code != "" && !fault.HasCode(err, tt.code) || tt.code == "" && err != nil {
			t.Errorf("%s: %q, %v", name, got.ext, err)
		}
	}
}

func TestNamesFitTheType(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"data.exe": "data.pdf", "a.b.PDF": "a.b.pdf", ".pdf": "file.pdf", "none": "none.pdf"} {
		if got := typePDF.fit(name); got != want {
			t.Errorf("%s became %s", name, got)
		}
	}
}

func TestRoughSizeHasTwoFigures(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]int64{7: 7, 99: 99, 104: 100, 1234: 1200, 1_250_000: 1_300_000} {
		if got := (&Attachment{Bytes: n}).RoughBytes(); got != want {
			t.Errorf("%d became %d", n, got)
		}
	}
}

func TestAPublicFileKeepsTheNoteInFrontOfIt(t *testing.T) {
	t.Parallel()
	note := access.Gate{Note: uuid.New(), Kind: access.Paid, Retracted: true}
	if g := (&Attachment{Access: Everyone}).Gate(note); g.Kind != access.Public || !g.Retracted || !g.Opens.IsZero() {
		t.Errorf("%+v", g)
	}
	if g := (&Attachment{Access: AsNote}).Gate(note); g.Kind != access.Paid {
		t.Errorf("%+v", g)
	}
}
