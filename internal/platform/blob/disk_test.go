package blob_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/fault"
)

func TestDiskRemovesHalfFilesOnlyWhenTheyAreOld(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hidden := filepath.Join(dir, ".growing")
	if err := os.MkdirAll(hidden, 0o700); err != nil {
		t.Fatal(err)
	}
	old, young := filepath.Join(hidden, "OLD"), filepath.Join(hidden, "YOUNG")
	for _, name := range []string{old, young} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(old, before, before); err != nil {
		t.Fatal(err)
	}
	d, err := blob.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the old half file is still there: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("the young half file is gone: %v", err)
	}
	if got := keys(t, d, ""); len(got) != 0 {
		t.Errorf("half files are listed: %v", got)
	}
}

func TestDiskShowsNothingUnderAKeyUntilItIsWhole(t *testing.T) {
	t.Parallel()
	d := openDisk(t)
	reader, writer := io.Pipe()
	done := make(chan error)
	go func() { done <- d.Put(context.Background(), "a/b", reader, 6, "") }()
	if _, err := writer.Write([]byte("half")); err != nil {
		t.Fatal(err)
	}
	absent(t, d, "a/b")
	if _, err := writer.Write([]byte("42")); err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
	if err := <-done; err != nil || get(t, d, "a/b") != "half42" {
		t.Error(err)
	}
}

func TestDiskLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := blob.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	put(t, d, "a/b/c", "x")
	_ = d.Put(t.Context(), "a/b/d", broken("123"), 5, "")
	if err := d.Delete(t.Context(), "a/b/c"); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && path != dir && e.Name() != ".growing" {
			t.Errorf("left behind: %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDiskFollowsNoLinkOutOfItsFolder(t *testing.T) {
	t.Parallel()
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	d, err := blob.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(outside), filepath.Join(dir, "folder")); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"link", "folder/secret"} {
		if f, _, err := d.Get(t.Context(), key); fault.Of(err) == nil {
			b, _ := io.ReadAll(f)
			t.Errorf("read %q through %s", b, key)
		}
	}
	if err := d.Put(t.Context(), "folder/new", strings.NewReader("x"), 1, ""); fault.Of(err) == nil {
		t.Error("wrote outside of the folder")
	}
	if got := keys(t, d, ""); len(got) != 0 {
		t.Errorf("links are listed: %v", got)
	}
}

func TestDiskThatCannotWriteIsUnavailable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := blob.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if err := os.WriteFile(filepath.Join(dir, ".growing"), nil, 0o600); err != nil { // in the way
		t.Fatal(err)
	}
	err = d.Put(t.Context(), "a", strings.NewReader("x"), 1, "")
	if f := fault.Of(err); f == nil || f.Kind != fault.Unavailable || strings.Contains(f.Message, dir) {
		t.Errorf("got %v", err)
	}
	if _, err := blob.OpenDisk(filepath.Join(dir, ".growing")); err == nil {
		t.Error("a file was opened as the folder")
	}
}
