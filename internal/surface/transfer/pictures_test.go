package transfer_test

import (
	"errors"
	"io/fs"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

// locked is a folder in which one name cannot be read.
type locked struct {
	fs.FS
	name string
}

func (l locked) Open(name string) (fs.File, error) {
	if name == l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.FS.Open(name)
}

func TestWhatCannotBeReadIsNotTakenForMissing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		dir := folder(map[string]string{"n.md": "---\ntitle: N\n---\n\nText.\n"})
		if r := b.in(t, dir); r.Failed != 0 {
			t.Errorf("without pictures: %+v", r)
		}
		if _, err := b.Import(b.staff, locked{dir, "media"}, nil); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("pictures that cannot be listed: %v", err)
		}
		if r := b.in(t, locked{dir, "media/pictures.yaml"}); r.Failed != 1 || r.Lines[0].File != "media/pictures.yaml" {
			t.Errorf("facts that cannot be read: %+v", r)
		}
	})
}
