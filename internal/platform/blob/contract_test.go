package blob_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/fault"
)

func TestAFileComesBackAsItWasPut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		big := make([]byte, 3<<20+17)
		_, _ = rand.NewChaCha8([32]byte{1}).Read(big)
		for key, text := range map[string]string{"a": "x", "media/1/full.jpg": "bytes", "empty": "", "media/big.bin": string(big)} {
			put(t, s, key, text)
			if get(t, s, key) != text {
				t.Errorf("%s came back changed", key)
			}
			info, err := s.Stat(t.Context(), key)
			if err != nil || info.Key != key || info.Size != int64(len(text)) || time.Since(info.Modified).Abs() > time.Hour || info.Modified.Location() != time.UTC {
				t.Errorf("%s: %+v %v", key, info, err)
			}
		}
		put(t, s, "a", "another")
		if got := get(t, s, "a"); got != "another" {
			t.Errorf("a second Put left %q", got)
		}
	})
}

func TestPartsOfAFileCanBeRead(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		text := strings.Repeat("0123456789", 5000)
		put(t, s, "f", text)
		f, _, err := s.Get(t.Context(), "f")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		size, err := f.Seek(0, io.SeekEnd)
		if err != nil || size != int64(len(text)) {
			t.Fatal(size, err)
		}
		for _, at := range []int64{3, 49_990, 0, 31_337, 50_000, 60_000} {
			if _, err := f.Seek(at, io.SeekStart); err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(io.LimitReader(f, 25))
			want := text[min(at, size):min(at+25, size)]
			if err != nil || string(got) != want {
				t.Errorf("from %d: %q, want %q (%v)", at, got, want, err)
			}
		}
		if _, err := f.Seek(-5, io.SeekStart); err == nil {
			t.Error("a seek before the beginning worked")
		}
		if at, err := f.Seek(-10, io.SeekEnd); err != nil || at != size-10 {
			t.Errorf("at %d: %v", at, err)
		}
		if at, err := f.Seek(4, io.SeekCurrent); err != nil || at != size-6 {
			t.Errorf("at %d: %v", at, err)
		}
		if rest, err := io.ReadAll(f); err != nil || string(rest) != "456789" {
			t.Errorf("the rest is %q: %v", rest, err)
		}
	})
}

func TestAReaderThatGoesWrongLeavesWhatWasThere(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		put(t, s, "old", "before")
		over := strings.NewReader("half read")
		_, _ = over.Seek(5, io.SeekStart)
		for name, r := range map[string]io.Reader{
			"too few":            plain{strings.NewReader("1234")},
			"too many":           plain{strings.NewReader("123456")},
			"too many by far":    plain{strings.NewReader(strings.Repeat("x", 1<<20))},
			"byte by byte":       iotest.OneByteReader(plain{strings.NewReader("123456")}),
			"none":               plain{strings.NewReader("")},
			"breaks in between":  broken("123"),
			"breaks at the end":  broken("12345"),
			"seekable, too few":  strings.NewReader("1234"),
			"seekable, too many": strings.NewReader("123456"),
			"seekable, rest":     over,
		} {
			for _, key := range []string{"old", "new"} {
				if err := s.Put(t.Context(), key, r, 5, ""); fault.Of(err) == nil || fault.Of(err).Kind != fault.Unavailable {
					t.Errorf("%s: %v", name, err)
				}
			}
			if got := get(t, s, "old"); got != "before" {
				t.Fatalf("%s: now it is %q", name, got)
			}
			absent(t, s, "new")
		}
		if err := s.Put(t.Context(), "new", iotest.DataErrReader(plain{strings.NewReader("12345")}), 5, ""); err != nil {
			t.Errorf("a reader that ends with its last bytes: %v", err)
		}
		if got := keys(t, s, ""); !cmp.Equal(got, map[string]int64{"old": 6, "new": 5}) {
			t.Errorf("the store holds %v", got)
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		put(t, s, "folder/file", "x")
		for _, key := range []string{"nothing", "folder", "folder/other", "folder/file/below"} {
			absent(t, s, key)
			if err := s.Delete(t.Context(), key); err != nil {
				t.Errorf("Delete %s: %v", key, err)
			}
		}
		if got := get(t, s, "folder/file"); got != "x" {
			t.Errorf("got %q", got)
		}
		for range 2 {
			if err := s.Delete(t.Context(), "folder/file"); err != nil {
				t.Error(err)
			}
			absent(t, s, "folder/file")
		}
		if got := keys(t, s, ""); len(got) != 0 {
			t.Errorf("left over: %v", got)
		}
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		want := map[string]int64{}
		for i := range 30 {
			key := fmt.Sprintf("media/%02d/full.jpg", i)
			put(t, s, key, strings.Repeat("x", i))
			want[key] = int64(i)
		}
		put(t, s, "media-other/1", "x")
		put(t, s, "z", "x")
		if diff := cmp.Diff(want, keys(t, s, "media/")); diff != "" {
			t.Error(diff)
		}
		if got := len(keys(t, s, "")); got != 32 {
			t.Errorf("%d files in all", got)
		}
		if got := keys(t, s, "nothing/"); len(got) != 0 {
			t.Errorf("below nothing: %v", got)
		}
		n := 0
		for range s.List(t.Context(), "media/") {
			if n++; n == 3 {
				break
			}
		}
		for info, err := range s.List(t.Context(), "media/") {
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Delete(t.Context(), info.Key); err != nil {
				t.Fatal(err)
			}
		}
		if got := keys(t, s, "media/"); len(got) != 0 {
			t.Errorf("deleted while listing, and still there: %v", got)
		}
	})
}

func TestBadKeysReachNoStore(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		for _, key := range []string{
			"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", ".hidden", "a/.b", ".growing/x", "A", "ä", "a b", "a\\b", "a\x00", "a%2e",
			"a\n", strings.Repeat("a", blob.MaxKey+1),
		} {
			_, _, getErr := s.Get(t.Context(), key)
			_, statErr := s.Stat(t.Context(), key)
			for i, err := range []error{getErr, statErr, s.Delete(t.Context(), key), s.Put(t.Context(), key, strings.NewReader("x"), 1, "")} {
				if !fault.HasCode(err, "bad_file_key") {
					t.Errorf("%q, call %d: %v", key, i, err)
				}
			}
		}
		for _, folder := range []string{"a", "/", "../", "a//"} {
			for _, err := range s.List(t.Context(), folder) {
				if !fault.HasCode(err, "bad_file_key") {
					t.Errorf("List %q: %v", folder, err)
				}
			}
		}
		long := strings.Repeat("a", blob.MaxKey)
		put(t, s, long, "x")
		if get(t, s, long) != "x" {
			t.Error("the longest key does not work")
		}
	})
}
