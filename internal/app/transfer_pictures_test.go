package app

import (
	"bytes"
	"fmt"
	"image/color"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
)

func TestAnExportCarriesWhatNothingShows(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		a, b := newHouse(t, e), newHouse(t, e)
		// Three of one name; nothing shows the first two.
		var ids []uuid.UUID
		for y := range 3 {
			item, _, err := a.media.Upload(a.staff, media.Upload{Filename: "image.png", Body: bytes.NewReader(painted(t, color.Gray{Y: uint8(y * 90)}))})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, item.ID)
		}
		// Three whose names an export cannot keep.
		odd := ""
		for _, up := range []media.Upload{
			{Filename: "a b.PNG", Alt: "Bars", Body: bytes.NewReader(painted(t, color.Gray{Y: 50}))},
			{Filename: "x.jpeg", Body: bytes.NewReader(picturetest.JPEG(picturetest.Photo(300, 200, 1)))},
			{Filename: "IMG.JPG", Body: bytes.NewReader(picturetest.JPEG(picturetest.Photo(300, 200, 2)))},
		} {
			item, fresh, err := a.media.Upload(a.staff, up)
			if err != nil || !fresh {
				t.Fatal(fresh, err)
			}
			odd += "\n\n![x](" + item.Path() + ")"
		}
		if _, _, err := a.publication.Change(a.staff, "", func(s *publication.Settings) { s.Logo = ids[1].String() }); err != nil {
			t.Fatal(err)
		}
		a.publish(t, paid("Numbers", "![x]("+must(a.media.Item(a.staff, ids[2])).Path()+")"+odd+"\n"))

		dir := t.TempDir()
		if done := a.export(t, dir); done.Pictures != 6 {
			t.Errorf("%+v", done)
		}
		b.take(t, dir)
		page := must(b.media.List(b.staff, media.Query{}))
		logo := must(b.publication.Profile(b.staff)).Logo
		shown := 0
		for _, item := range page.Items {
			_, want, _ := a.gallery().Fetch(a.staff, ids[1])
			if _, got, _ := b.gallery().Fetch(b.staff, item.ID); item.ID.String() == logo && bytes.Equal(got, want) {
				shown++
			}
		}
		if len(page.Items) != 6 || shown != 1 {
			t.Errorf("%d pictures, logo %q", len(page.Items), logo)
		}

		for name, h := range map[string]*house{"the place it came from": a, "the place it went to": b} {
			before := h.changes(t)
			if r := h.take(t, dir); r.Unchanged != 1 {
				t.Errorf("%s: %+v", name, r)
			}
			if after := h.changes(t); after != before {
				t.Errorf("%s changed: %s", name, after)
			}
		}
		again := t.TempDir()
		b.export(t, again)
		want, got := tree(t, dir), tree(t, again)
		for _, photo := range []string{"/media/x.jpg", "/media/IMG.jpg"} { // each place makes its own print of a photograph
			want[photo], got[photo] = want[photo][:2], got[photo][:2]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOnePrintOfTwoUploadsIsTwoPictures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		drawn := picturetest.PNG(picturetest.Chart(300, 200))
		marked := slices.Insert(slices.Clone(drawn), 33, picturetest.PNGChunk("tEXt", []byte("Comment\x00second"))...)
		for name, body := range map[string][]byte{"a b.PNG": drawn, "c d.PNG": marked} {
			if _, fresh, err := h.media.Upload(h.staff, media.Upload{Filename: name, Alt: name, Body: bytes.NewReader(body)}); err != nil || !fresh {
				t.Fatal(fresh, err)
			}
		}
		dir := t.TempDir()
		h.export(t, dir)
		before := h.changes(t)
		h.take(t, dir)
		if after := h.changes(t); after != before {
			t.Errorf("something changed: %s", after)
		}
	})
}

func TestAnImportReadsFoldersOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		dir, said := t.TempDir(), ""
		if err := os.Mkdir(dir+"/media", 0o750); err != nil {
			t.Fatal(err)
		}
		for i := range 4 {
			name := fmt.Sprintf("%d.png", i)
			said += fmt.Sprintf("%s:\n  alt: Bars\n  folder: Charts/%d\n  logo: true\n", name, i/2)
			if err := os.WriteFile(dir+"/media/"+name, painted(t, color.Gray{Y: uint8(i)}), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(dir+"/media/pictures.yaml", []byte(said), 0o600); err != nil {
			t.Fatal(err)
		}
		h.take(t, dir)
		if all, loose, err := h.media.Folders(h.staff); err != nil || len(all) != 3 || loose != 0 {
			t.Errorf("%d folders, %d pictures in none", len(all), loose)
		}
		lists := 0
		err := h.db.Read(t.Context()).Callback().Query().After("gorm:query").Register("watch", func(tx *gorm.DB) {
			if strings.Contains(tx.Statement.SQL.String(), "FROM \"media_folders\"") || strings.Contains(tx.Statement.SQL.String(), "FROM `media_folders`") {
				lists++
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if h.take(t, dir); lists != 1 {
			t.Errorf("the folders were read %d times", lists)
		}
	})
}
