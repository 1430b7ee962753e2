package media_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// names walks all pages of a question.
func (h *house) names(t *testing.T, q media.Query) string {
	t.Helper()
	var out []string
	for q.Limit = 2; ; {
		p, err := h.Library(editor(t.Context()), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.Entries {
			if e.Item != nil {
				out = append(out, e.Item.Filename)
			} else {
				out = append(out, e.Attachment.Filename)
			}
		}
		if q.After = p.Next; q.After == "" {
			return strings.Join(out, " ")
		}
	}
}

// attached puts the row of a file beside a note that is nowhere.
func (h *house) attached(t *testing.T, name, contentType string, bytes int64) {
	t.Helper()
	h.clock.Advance(time.Second)
	a := &media.Attachment{ID: uuid.New(), NoteID: h.note(t), Title: "Title of " + name, Filename: name, ContentType: contentType, Bytes: bytes, SHA256: []byte{1},
		Stored: uuid.New(), Words: strings.ToLower(name) + " title", NameKey: strings.ToLower(name), Access: media.AsNote, CreatedAt: h.clock.Now()}
	err := h.db.Tx(t.Context(), func(ctx context.Context) error { return h.db.Write(ctx).Create(a).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheLibraryIsSearchedFilteredAndSorted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		staff := editor(t.Context())
		var items []*media.Item
		for n, name := range []string{"Überblick.jpg", "chart 2.jpg", "100%_sure.jpg", "Zebra.jpg"} {
			h.clock.Advance(time.Second)
			items = append(items, h.upload(t, name, small(uint64(n))))
		}
		if _, err := h.Describe(staff, items[1].ID, media.Texts{Alt: "Film prices", Caption: "Figure 3: Straße", Filename: "chart.jpg"}); err != nil {
			t.Fatal(err)
		}
		h.attached(t, "report.pdf", "application/pdf", 900_000)
		h.attached(t, "Prices.csv", "text/csv; charset=utf-8", 10)
		h.refer(t, media.InRevision, uuid.New(), &items[0].ID)
		folder, err := h.MakeFolder(staff, media.FolderInput{Name: "Charts"})
		if err != nil {
			t.Fatal(err)
		}
		inner, err := h.MakeFolder(staff, media.FolderInput{Name: "2026", Parent: &folder.ID})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Move(staff, items[1].ID, &inner.ID); err != nil {
			t.Fatal(err)
		}
		for q, want := range map[*media.Query]string{
			{}:                                   "Prices.csv report.pdf Zebra.jpg 100%_sure.jpg chart.jpg Überblick.jpg",
			{Reverse: true}:                      "Überblick.jpg chart.jpg 100%_sure.jpg Zebra.jpg report.pdf Prices.csv",
			{Order: media.ByName}:                "100%_sure.jpg chart.jpg Prices.csv report.pdf Überblick.jpg Zebra.jpg",
			{Order: media.BySize, Kind: "pdf"}:   "report.pdf",
			{Kind: media.Pictures, Limit: 1}:     "Zebra.jpg 100%_sure.jpg chart.jpg Überblick.jpg",
			{Kind: media.Data}:                   "Prices.csv",
			{Kind: media.Sheets}:                 "",
			{Words: "uberBLICK"}:                 "Überblick.jpg",
			{Words: "PRICES"}:                    "Prices.csv chart.jpg",
			{Words: "film figure"}:               "chart.jpg",
			{Words: "strasse"}:                   "",
			{Words: "straße"}:                    "chart.jpg",
			{Words: "%"}:                         "100%_sure.jpg",
			{Words: "_"}:                         "100%_sure.jpg",
			{Words: `\`}:                         "",
			{Words: "'; DROP TABLE media; --"}:   "",
			{Words: "chart\xff\x00film"}:         "chart.jpg",
			{Unused: true}:                       "Zebra.jpg 100%_sure.jpg chart.jpg",
			{Loose: true}:                        "Zebra.jpg 100%_sure.jpg Überblick.jpg",
			{Folder: &folder.ID}:                 "",
			{Folder: &inner.ID}:                  "chart.jpg",
			{Folder: &folder.ID, Words: "chart"}: "chart.jpg",
		} {
			if got := h.names(t, *q); got != want {
				t.Errorf("%+v: %q, want %q", *q, got, want)
			}
		}
		for q, code := range map[*media.Query]string{
			{Order: "colour"}: "invalid_input", {Kind: "svg"}: "invalid_input", {Words: strings.Repeat("a ", 11)}: "invalid_input",
			{Folder: ptr(uuid.New())}: "folder_not_found",
		} {
			if _, err := h.Library(staff, *q); !fault.HasCode(err, code) {
				t.Errorf("%+v: %v", *q, err)
			}
		}
		p, err := h.Library(staff, media.Query{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Library(staff, media.Query{Order: media.ByName, After: p.Next}); !fault.HasCode(err, "bad_cursor") {
			t.Errorf("the cursor of another order: %v", err)
		}
	})
}

// note makes a note to attach something to.
func (h *house) note(t *testing.T) uuid.UUID {
	t.Helper()
	desk := content.NewDesk(content.Deps{DB: h.db, Clock: h.clock, Journal: h.journal, Search: search.New(h.db)})
	v, err := desk.Create(actor.With(t.Context(), actor.Machine("test")), content.Input{Title: uuid.NewString()})
	if err != nil {
		t.Fatal(err)
	}
	return v.Note.ID
}

func ptr[T any](v T) *T { return &v }

func TestFolders(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		staff := editor(t.Context())
		mk := func(name string, parent *media.Folder) *media.Folder {
			t.Helper()
			in := media.FolderInput{Name: name}
			if parent != nil {
				in.Parent = &parent.ID
			}
			f, err := h.MakeFolder(staff, in)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		a, b := mk(" Charts / 2026 ", nil), mk("Covers", nil)
		inner := mk("Old", a)
		item := h.upload(t, "a.jpg", small(1))
		if _, err := h.Move(staff, item.ID, &inner.ID); err != nil {
			t.Fatal(err)
		}
		all, loose, err := h.Folders(staff)
		if err != nil || len(all) != 3 || all[0].Name != "2026" && all[0].Name != "Charts 2026" || loose != 0 {
			t.Fatalf("%+v %d %v", all[0], loose, err)
		}
		refused := func(what string, err error, code string) {
			t.Helper()
			if !fault.HasCode(err, code) {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err = h.MakeFolder(staff, media.FolderInput{Name: "covers"})
		refused("a name that is taken", err, "folder_exists")
		_, err = h.ChangeFolder(staff, inner.ID, media.FolderInput{Name: "COVERS"})
		refused("moved to where the name is taken", err, "folder_exists")
		_, err = h.ChangeFolder(staff, a.ID, media.FolderInput{Name: "x", Parent: &inner.ID})
		refused("into itself", err, "folder_inside_itself")
		_, err = h.ChangeFolder(staff, a.ID, media.FolderInput{Name: "x", Parent: &a.ID})
		refused("into itself at once", err, "folder_inside_itself")
		_, err = h.MakeFolder(staff, media.FolderInput{Name: "x", Parent: ptr(uuid.New())})
		refused("nowhere", err, "folder_not_found")
		_, err = h.MakeFolder(staff, media.FolderInput{Name: " / "})
		refused("no name", err, "invalid_input")
		_, err = h.Move(staff, item.ID, ptr(uuid.New()))
		refused("a picture nowhere", err, "folder_not_found")
		refused("a folder with a folder", h.RemoveFolder(staff, a.ID, false), "folder_not_empty")
		refused("a folder with a picture", h.RemoveFolder(staff, inner.ID, false), "folder_not_empty")
		_, err = h.MakeFolder(t.Context(), media.FolderInput{Name: "mine"})
		if fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}

		mk("Old", b) // a namesake is in the way only where it lies
		if f, err := h.ChangeFolder(staff, inner.ID, media.FolderInput{Name: "Older", Parent: &b.ID}); err != nil || *f.ParentID != b.ID {
			t.Error(err)
		}
		if err := h.RemoveFolder(staff, inner.ID, true); err != nil {
			t.Fatal(err)
		}
		if got, _ := h.Item(t.Context(), item.ID); got.FolderID == nil || *got.FolderID != b.ID {
			t.Errorf("the picture did not move up: %+v", got.FolderID)
		}
		if err := h.RemoveFolder(staff, a.ID, false); err != nil {
			t.Errorf("an empty one: %v", err)
		}
		refused("one that is gone", h.RemoveFolder(staff, a.ID, false), "folder_not_found")

		deep := b
		for n := range 7 {
			deep = mk(fmt.Sprint("d", n), deep)
		}
		_, err = h.MakeFolder(staff, media.FolderInput{Name: "too deep", Parent: &deep.ID})
		refused("too deep", err, "folder_too_deep")
		// A deleted picture does not hold its folder.
		if err := h.Delete(staff, item.ID); err != nil {
			t.Fatal(err)
		}
		lone := mk("Lone", nil)
		gone := h.upload(t, "g.jpg", small(2))
		if _, err := h.Move(staff, gone.ID, &lone.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.Delete(staff, gone.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.RemoveFolder(staff, lone.ID, false); err != nil {
			t.Errorf("only a deleted picture is in it: %v", err)
		}
	})
}

// TestTwoMovesMakeNoCircle: each is fine by itself. The second begins while the
// first has moved its folder and not committed.
func TestTwoMovesMakeNoCircle(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		staff := editor(context.Background())
		a, err := h.MakeFolder(staff, media.FolderInput{Name: "A"})
		if err != nil {
			t.Fatal(err)
		}
		b, err := h.MakeFolder(staff, media.FolderInput{Name: "B"})
		if err != nil {
			t.Fatal(err)
		}
		second := make(chan error, 1)
		err = h.db.Tx(staff, func(ctx context.Context) error {
			if _, err := h.ChangeFolder(ctx, a.ID, media.FolderInput{Name: "A", Parent: &b.ID}); err != nil {
				return err
			}
			h.meanwhile(t, second, func() error {
				_, err := h.ChangeFolder(staff, b.ID, media.FolderInput{Name: "B", Parent: &a.ID})
				return err
			})
			return nil
		})
		if got := <-second; err != nil || !fault.HasCode(got, "folder_inside_itself") {
			t.Errorf("first %v, second %v", err, got)
		}
	})
}

// TestTenThousandPicturesAreSearchedFast measures; -short skips it.
func TestTenThousandPicturesAreSearchedFast(t *testing.T) {
	t.Parallel()
	if os.Getenv("MEDIA_SPEED") == "" {
		t.Skip("set MEDIA_SPEED to measure")
	}
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		first := h.upload(t, "first.jpg", small(1))
		var rows []*media.Item
		for n := range 10_000 {
			i := *first
			i.ID, i.Prints, i.SHA256 = uuid.New(), uuid.New(), fmt.Append(nil, n)
			i.Filename = fmt.Sprintf("Chart %05d of the film market.png", n)
			i.Words, i.NameKey = strings.ToLower(i.Filename)+" what it shows at length, in a sentence or two that say what can be seen", strings.ToLower(i.Filename)
			i.CreatedAt = i.CreatedAt.Add(time.Duration(n) * time.Second)
			rows = append(rows, &i)
		}
		err := h.db.Tx(t.Context(), func(ctx context.Context) error { return h.db.Write(ctx).CreateInBatches(rows, 500).Error })
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []media.Query{{Limit: 60}, {Limit: 60, Words: "09999"}, {Limit: 60, Words: "nowhere"}, {Limit: 60, Unused: true, Order: media.ByName}, {Limit: 60, Words: "film", Order: media.BySize}} {
			began := time.Now()
			for range 10 {
				if _, err := h.Library(editor(t.Context()), q); err != nil {
					t.Fatal(err)
				}
			}
			t.Logf("%s %+v: %v", e.Name, q, time.Since(began)/10)
		}
	})
}

func TestNothingIsDoubledByPaging(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		for n := range 9 { // all at the same moment, with the same name
			h.upload(t, "same.jpg", small(uint64(n)))
		}
		for _, order := range []media.Order{media.ByAge, media.ByName, media.BySize} {
			seen := map[uuid.UUID]int{}
			q := media.Query{Limit: 4, Order: order}
			for {
				p, err := h.Library(editor(t.Context()), q)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range p.Entries {
					seen[e.Item.ID]++
				}
				if q.After = p.Next; q.After == "" {
					break
				}
			}
			if diff := cmp.Diff(9, len(seen)); diff != "" {
				t.Errorf("%s: %s", order, diff)
			}
		}
	})
}
