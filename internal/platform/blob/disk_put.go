package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// Files grow in a hidden folder, where no key leads, and move to their place
// when they are whole.
const (
	growing    = ".growing"
	abandoned  = time.Hour // a half file this old belongs to nobody any more
	moveTrials = 20
)

// Put implements Store: write aside, sync, rename, sync the folders.
func (d *Disk) Put(ctx context.Context, key string, r io.Reader, size int64, _ string) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return trouble(ctx, ctx.Err())
	}
	temp := path.Join(growing, rand.Text())
	err := d.write(ctx, temp, r, size)
	if err == nil {
		err = d.move(temp, key)
	}
	if err != nil {
		_ = d.root.Remove(temp)
		return trouble(ctx, err)
	}
	return nil
}

func (d *Disk) write(ctx context.Context, temp string, r io.Reader, size int64) error {
	r, err := sized(ctx, r, size)
	if err != nil {
		return err
	}
	if err := d.root.MkdirAll(growing, 0o700); err != nil {
		return err
	}
	f, err := d.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// move gives a whole file its name. A Delete that empties the folder may
// remove it in the midst of the two steps, so they are tried again.
func (d *Disk) move(temp, key string) error {
	dir := path.Dir(key)
	var err error
	for range moveTrials {
		if err = d.root.MkdirAll(dir, 0o700); err == nil {
			err = d.root.Rename(temp, key)
		}
		if err == nil {
			return d.syncUp(dir)
		}
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return err
}

// syncUp makes names durable: the file's in its folder, and that folder's in
// the ones above, which may be as new. A folder that is gone again took the
// file with it: somebody else deleted it in the meantime.
func (d *Disk) syncUp(dir string) error {
	for {
		if err := d.syncFolder(dir); err != nil && !missing(err) || dir == "." {
			return err
		}
		dir = path.Dir(dir)
	}
}

func (d *Disk) syncFolder(dir string) error {
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// clean removes half files. Young ones may belong to another process that
// works on the same folder, such as an import beside a running server.
func (d *Disk) clean() error {
	dir, err := d.root.Open(growing)
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }()
	names, err := dir.Readdirnames(-1)
	for _, name := range names {
		name = path.Join(growing, name)
		if info, err := d.root.Stat(name); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = d.root.Remove(name)
		}
	}
	return err
}
