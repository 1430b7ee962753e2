package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"strings"
	"syscall"
)

// Disk keeps files in a folder. Everything goes through an os.Root, so that
// neither a key nor a link in the folder leads out of it.
type Disk struct{ root *os.Root }

// OpenDisk opens the folder and makes it if need be. Half files that a crash
// left some time ago are removed.
func OpenDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder for files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("folder for files: %w", err)
	}
	d := &Disk{root}
	if err := d.clean(); err != nil {
		_ = root.Close()
		return nil, fmt.Errorf("folder for files: %w", err)
	}
	return d, nil
}

// Close lets go of the folder. Open files stay open.
func (d *Disk) Close() error { return d.root.Close() }

// Get implements Store.
func (d *Disk) Get(ctx context.Context, key string) (io.ReadSeekCloser, Info, error) {
	if err := CheckKey(key); err != nil {
		return nil, Info{}, err
	}
	if ctx.Err() != nil {
		return nil, Info{}, trouble(ctx, ctx.Err())
	}
	f, err := d.root.Open(key)
	if err != nil {
		return nil, Info{}, diskTrouble(ctx, err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		_ = f.Close()
		return nil, Info{}, diskTrouble(ctx, err)
	}
	return f, about(key, info), nil
}

// Stat implements Store.
func (d *Disk) Stat(ctx context.Context, key string) (Info, error) {
	if err := CheckKey(key); err != nil {
		return Info{}, err
	}
	if ctx.Err() != nil {
		return Info{}, trouble(ctx, ctx.Err())
	}
	info, err := d.root.Stat(key)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return Info{}, diskTrouble(ctx, err)
	}
	return about(key, info), nil
}

// Delete implements Store. Folders that it leaves empty go too.
func (d *Disk) Delete(ctx context.Context, key string) error {
	if _, err := d.Stat(ctx, key); err != nil {
		if errors.Is(err, errNotFound) {
			return nil
		}
		return err
	}
	if err := d.root.Remove(key); err != nil && !missing(err) {
		return trouble(ctx, err)
	}
	for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
		if gone := d.root.Remove(dir) == nil; !gone { // it holds other files
			break
		}
	}
	return nil
}

// List implements Store.
func (d *Disk) List(ctx context.Context, folder string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		if err := checkFolder(folder); err != nil {
			yield(Info{}, err)
			return
		}
		start := path.Clean(folder)
		err := fs.WalkDir(d.root.FS(), start, func(key string, e fs.DirEntry, err error) error {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case missing(err): // removed while we walk
				return nil
			case err != nil:
				return err
			case e.IsDir() && strings.HasPrefix(e.Name(), ".") && key != ".":
				return fs.SkipDir
			case !e.Type().IsRegular() || CheckKey(key) != nil:
				return nil //nolint:nilerr // no file of ours
			}
			info, err := e.Info()
			if missing(err) {
				return nil
			}
			if err != nil {
				return err
			}
			if !yield(about(key, info), nil) {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield(Info{}, trouble(ctx, err))
		}
	}
}

func about(key string, info fs.FileInfo) Info {
	return Info{Key: key, Size: info.Size(), Modified: info.ModTime().UTC()}
}

// missing also knows the error for a path that leads through a file.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func diskTrouble(ctx context.Context, err error) error {
	if missing(err) {
		return errNotFound.Because(err)
	}
	return trouble(ctx, err)
}
