package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/db/dbtest"
)

// TestCopiesAreToldOfAReplacedFile: a picture whose file is replaced marks all
// that readers see it in, and nothing else.
func TestCopiesAreToldOfAReplacedFile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		grey := uint8(0)
		picture := func(name string) *media.Item {
			grey += 5
			return must(s.media.Import(s.staff, name+".png", bytes.NewReader(painted(t, color.Gray{grey}))))
		}
		replace := func(i *media.Item) {
			grey += 5
			must(s.media.Replace(s.staff, i.ID, media.Upload{Filename: "new.png", Body: bytes.NewReader(painted(t, color.Gray{grey}))}))
		}
		text, above, logo, idle := picture("text"), picture("above"), picture("logo"), picture("idle")
		show := func(slug string, change func(*content.Input)) {
			id := s.idOf(t, slug)
			in := must(s.desk.Draft(s.staff, id)).Input()
			change(&in)
			must(s.desk.Save(s.staff, id, 0, in))
			if slug != "delta" { // has it in its draft only
				must(s.desk.Publish(s.staff, id, content.Publish{}))
			}
		}
		shown := "![Units](" + text.Path() + ")\n\n"
		show("alpha", func(in *content.Input) { in.Body = shown + in.Body })
		show("beta", func(in *content.Input) { in.Body, in.Cover = in.Body+"\n\n"+shown, &above.ID })
		show("delta", func(in *content.Input) { in.Body = shown + in.Body })
		show("epsilon", func(in *content.Input) { in.Body = shown + in.Body })
		show("epsilon", func(in *content.Input) { in.Body = strings.TrimPrefix(in.Body, shown) }) // no longer
		gone := s.publish(t, content.Input{Title: "Gone", Abstract: "A.", Body: shown, Gate: access.Public})
		must(s.desk.Retract(s.staff, gone.Note.ID, 0, ""))
		must(s.desk.PutIssue(s.staff, content.IssueInput{Series: "letter", Label: "July 2026", Title: "Seven", Cover: &above.ID}))
		must(s.desk.PutIssue(s.staff, content.IssueInput{Series: "letter", Label: "August 2026", Title: "Secretly held", Cover: &above.ID, Held: true}))
		if resp, got := s.script(t).call("PATCH", "/settings", `{"logo":"`+logo.ID.String()+`"}`); resp.StatusCode != 200 {
			t.Fatal(got)
		}
		table := must(s.media.Attach(s.staff, s.idOf(t, "gamma-ray"), media.Upload{Filename: "units.csv", Body: strings.NewReader("a,b\n1,2\n")}, media.AttachmentInput{Access: media.AsNote}))

		s.tellCache(t)
		keys := func(path string) []string {
			resp, _ := s.ask(path)
			return strings.Fields(resp.Header.Get("Surrogate-Key"))
		}
		b := &builder{s: s, has: map[string]string{}}
		b.follow(t, 100)
		for _, act := range []struct {
			name   string
			do     func()
			told   string
			purged []string // paths of which a key is named
			kept   []string
		}{
			{"in texts", func() { replace(text) }, "updated issue letter/2026-07, updated note alpha, updated note beta", []string{"/notes/alpha", "/notes/beta", "/notes", "/issues/letter/2026-07", "/changes"}, []string{"/notes/gamma-ray", "/settings", "/notes/delta", "/notes/epsilon"}},
			{"above a note and an issue", func() { replace(above) }, "updated issue letter/2026-07, updated note beta", []string{"/notes/beta", "/notes", "/issues/letter/2026-07"}, []string{"/settings", "/notes/alpha"}},
			{"the logo", func() { replace(logo) }, "updated settings", []string{"/settings", "/changes"}, []string{"/notes/alpha", "/notes"}},
			{"shown nowhere", func() { replace(idle) }, "", nil, []string{"/settings", "/changes", "/notes"}},
			{"a file beside a note", func() {
				must(s.media.ReplaceAttachment(s.staff, table.NoteID, table.ID, media.Upload{Filename: "units.csv", Body: strings.NewReader("a,b\n1,3\n")}))
			}, "updated note gamma-ray", []string{"/notes/gamma-ray", "/notes"}, []string{"/notes/alpha", "/settings"}},
		} {
			before := len(purgedBy(t, s))
			act.do()
			told := b.follow(t, 100)
			slices.Sort(told)
			if got := strings.Join(told, ", "); got != act.told {
				t.Errorf("%s: told %q", act.name, got)
			}
			fresh := purgedBy(t, s)[before:]
			for _, p := range act.purged {
				if !slices.ContainsFunc(keys(p), func(k string) bool { return slices.Contains(fresh, k) }) {
					t.Errorf("%s: %v does not tell of %s", act.name, fresh, p)
				}
			}
			for _, p := range act.kept {
				if own := keys(p); slices.ContainsFunc(own, func(k string) bool { return slices.Contains(fresh, k) }) {
					t.Errorf("%s: %v tells of %s", act.name, fresh, p)
				}
			}
		}
	})
}

// tellCache makes a webhook for a shared cache.
func (s *shelf) tellCache(t *testing.T) {
	t.Helper()
	name, address := "cache", "https://hooks.example/"
	if _, _, err := s.webhooks.Create(s.staff, webhook.Input{Name: &name, URL: &address, Events: []string{webhook.Purge}}); err != nil {
		t.Fatal(err)
	}
}

// purgedBy lists the keys of all events so far.
func purgedBy(t *testing.T, s *shelf) (keys []string) {
	t.Helper()
	var events []webhook.Event
	if err := s.db.Read(t.Context()).Where("kind = ?", webhook.Purge).Order("id").Find(&events).Error; err != nil {
		t.Fatal(err)
	}
	for _, x := range events {
		var data struct{ Keys []string }
		if err := json.Unmarshal([]byte(x.Data), &data); err != nil || len(data.Keys) == 0 || len(data.Keys) > keysAtOnce {
			t.Fatal(x.Data, err)
		}
		keys = append(keys, data.Keys...)
	}
	return keys
}

// TestAPictureOfManyNotes: what one event cannot hold goes in several, and what
// is rolled back is not told.
func TestAPictureOfManyNotes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := &shelf{h, h.contentKey(t), h.stranger(t)}
		pic := must(h.media.Import(h.staff, "map.png", bytes.NewReader(painted(t, color.Gray{7}))))
		const notes = keysAtOnce + 20
		for i := range notes {
			h.publish(t, content.Input{Title: fmt.Sprintf("Note %d", i), Abstract: "A.", Body: "![Map](" + pic.Path() + ")", Gate: access.Public})
		}
		s.tellCache(t)
		b := &builder{s: s, has: map[string]string{}}
		b.follow(t, 500)
		boom := errors.New("boom")
		replace := func(then error) error {
			return h.db.Tx(h.staff, func(ctx context.Context) error {
				_, err := h.media.Replace(ctx, pic.ID, media.Upload{Filename: "new.png", Body: bytes.NewReader(painted(t, color.Gray{9}))})
				return errors.Join(err, then)
			})
		}
		if err := replace(boom); !errors.Is(err, boom) || len(b.follow(t, 500)) != 0 || len(purgedBy(t, s)) != 0 {
			t.Errorf("what was rolled back is told: %v", err)
		}
		if err := replace(nil); err != nil {
			t.Fatal(err)
		}
		keys := purgedBy(t, s)
		if told := b.follow(t, 500); len(told) != notes || len(keys) != notes+2 {
			t.Errorf("%d told, %d keys", len(told), len(keys))
		}
	})
}

// TestAChangedPictureShowsAtOnce: what was made of a note is made anew, not only
// when the picture's file is another one.
func TestAChangedPictureShowsAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		item := must(h.media.Import(h.staff, "units.png", bytes.NewReader(painted(t, color.Gray{9}))))
		h.publish(t, content.Input{Title: "Units", Slug: "units", Abstract: "A.", Body: "![Units](" + item.Path() + ")\n", Gate: access.Public})
		edition := func() string { return must(h.library.Note(t.Context(), "units")).Edition }
		eventually(t, "its sizes are made", func() bool {
			return must(h.media.ItemsAt(t.Context(), h.clock.Now(), item.ID))[item.ID].State == media.Ready
		})
		before := edition()
		must(h.media.Describe(h.staff, item.ID, media.Texts{Alt: "Units by year"}))
		if edition() == before {
			t.Error("a picture was described, and what was made of the note is still given out")
		}
	})
}
