package source_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/surface/transfer/source"
)

func TestMoments(t *testing.T) {
	t.Parallel()
	want := time.Date(2025, 6, 30, 15, 31, 36, 0, time.UTC)
	for _, s := range []string{"2025-06-30T15:31:36.000Z", "2025-06-30 15:31:36", "2025-06-30T17:31:36+02:00", "1751297496000", "Mon, 30 Jun 2025 15:31:36 +0000", " 2025-06-30T15:31:36 "} {
		if at, ok := source.When(s); !ok || !at.Equal(want) {
			t.Errorf("%q: %v %v", s, at, ok)
		}
	}
	for _, s := range []string{"", "0000-00-00 00:00:00", "null"} {
		if at, ok := source.When(s); !ok || !at.IsZero() {
			t.Errorf("%q: %v %v", s, at, ok)
		}
	}
	for _, s := range []string{"yesterday", "2025-13-01", "9999-01-01", "12"} {
		if at, ok := source.When(s); ok || !at.IsZero() {
			t.Errorf("%q: %v %v", s, at, ok)
		}
	}
}

func TestTextsOfJSONMayBeNumbers(t *testing.T) {
	t.Parallel()
	var x []source.Text
	if err := json.Unmarshal([]byte(`["a",5,true,null,1.5]`), &x); err != nil || x[0] != "a" || x[1] != "5" || !x[2].Yes() || x[3] != "" {
		t.Error(x, err)
	}
	if err := json.Unmarshal([]byte(`[{}]`), &x); err == nil {
		t.Error("an object is a text")
	}
}

func packed(t *testing.T, files ...string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = io.WriteString(w, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

func TestAZipIsLookedThroughBeforeItIsRead(t *testing.T) {
	t.Parallel()
	r := packed(t, "site/content/images/2024/a.png", "one", "site/content/images/2025/a.png", "two", "../outside.txt", "no", "wp/b.JPG", "three")
	a, err := source.OpenArchive(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Names()) != 3 {
		t.Error(a.Names())
	}
	for ref, want := range map[string]string{
		"__GHOST_URL__/content/images/2025/a.png": "two", "https://x.example/content/images/2024/a.png?v=1": "one", "https://x.example/wp/b-300x200.jpg": "three",
	} {
		p, err := a.Picture(ref)
		if err != nil {
			t.Errorf("%s: %v", ref, err)
			continue
		}
		f, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(f); string(got) != want {
			t.Errorf("%s is %s", ref, got)
		}
		_ = f.Close()
	}
	for _, ref := range []string{"https://x.example/other.png", "", "%zz", "../outside.txt"} {
		if _, err := a.Picture(ref); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", ref, err)
		}
	}
	if _, err := a.Read("wp/b.JPG", 3); err == nil {
		t.Error("five bytes were read where three are allowed")
	}
	if _, err := source.OpenArchive(strings.NewReader("PK no"), 5); err == nil {
		t.Error("that was a zip")
	}
}

func TestAZipThatUnpacksToTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	r := packed(t, "a.txt", "a")
	raw, _ := io.ReadAll(r)
	// The list says four gigabytes, as a bomb's does.
	at := bytes.LastIndex(raw, []byte("PK\x01\x02"))
	copy(raw[at+24:], "\xff\xff\xff\xfe")
	if _, err := source.OpenArchive(bytes.NewReader(raw), int64(len(raw))); err == nil || !strings.Contains(err.Error(), "unpacks") {
		t.Error(err)
	}
	// The list says less than there is.
	raw, _ = io.ReadAll(packed(t, "a.txt", strings.Repeat("a", 1000)))
	at = bytes.LastIndex(raw, []byte("PK\x01\x02"))
	copy(raw[at+24:], "\x02\x00\x00\x00")
	a, err := source.OpenArchive(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := a.Read("a.txt", 100); err == nil || len(got) > 100 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestOneEntryMayNotFillTheMemory(t *testing.T) {
	t.Parallel()
	g := source.NewGuard(endless{})
	n, err := io.Copy(io.Discard, g)
	if err == nil || n > source.MaxEntry+1<<20 {
		t.Error(n, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestBrokenLettersDoNotEndAStream(t *testing.T) {
	t.Parallel()
	c := source.NewClean(strings.NewReader("a\x00b\x0bc\xffd é\n\t日"))
	got, err := io.ReadAll(c)
	if err != nil || string(got) != "a b c\uFFFDd é\n\t日" || c.Broken != 1 {
		t.Errorf("%q, %v, %d", got, err, c.Broken)
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	var got []string
	for r := range source.Table(strings.NewReader("\xef\xbb\xbfEmail;Name\na@b.example;\"A; B\"\n\nc@d.example\n\xff;x\n"), "email") {
		if r.Err != nil {
			got = append(got, source.Line("f", r.Line)+" "+r.Err.Error())
			continue
		}
		got = append(got, source.Line("f", r.Line)+" "+r.Get("email")+" "+r.Get("nothing", "name"))
	}
	if s := strings.Join(got, "|"); s != "f:2 a@b.example A; B|f:4 c@d.example |f:5 the line is not in UTF-8" {
		t.Error(s)
	}
	for text, want := range map[string]string{"": "empty", "name\nx\n": "no column email"} {
		for r := range source.Table(strings.NewReader(text), "email") {
			if r.Err == nil || !strings.Contains(r.Err.Error(), want) {
				t.Errorf("%q: %v", text, r.Err)
			}
		}
	}
}

func TestAZipWithTooLongAListIsRefused(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range 600 {
		if _, err := z.Create(strings.Repeat("a", 60000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := source.OpenArchive(bytes.NewReader(b.Bytes()), int64(b.Len())); err == nil || !strings.Contains(err.Error(), "names are too long") {
		t.Error(err)
	}
}

func TestNoRoomIsMadeForWhatAFileOnlySays(t *testing.T) {
	t.Parallel()
	raw, _ := io.ReadAll(packed(t, "notes/a.md", "a"))
	at := bytes.LastIndex(raw, []byte("PK\x01\x02"))
	copy(raw[at+24:], "\x00\x00\x00\x10") // 256 MB
	a, err := source.OpenArchive(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := a.Folder()
	if err != nil {
		t.Fatal(err)
	}
	var f *source.Fault
	if _, err := fs.ReadFile(dir, "notes/a.md"); !errors.As(err, &f) || f.Text != "a.md is too large" {
		t.Error(err)
	}
}
