package copies_test

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/copies"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

type house struct {
	*copies.Copier
	t       testing.TB
	db      *db.DB
	clock   *clock.Manual
	desk    *content.Desk
	library *content.Library
	staff   context.Context
	set     atomic.Int32  // how often pages were set
	hold    chan struct{} // keeps pages from being set until it is closed
}

func setup(t testing.TB, e dbtest.Engine) *house {
	t.Helper()
	h := &house{t: t, clock: clock.NewManual(time.Date(2026, 7, 14, 9, 0, 0, 0, time.UTC)), staff: actor.With(t.Context(), actor.Machine("test"))}
	h.db = e.Open(t, h.clock)
	index := search.New(h.db)
	book := journal.New(h.db, h.clock, nil)
	h.desk = content.NewDesk(content.Deps{DB: h.db, Clock: h.clock, Journal: book, Search: index})
	h.library = content.NewLibrary(h.db, h.clock, index)
	var err error
	h.Copier, err = copies.New(copies.Deps{
		DB: h.db, Clock: h.clock, Journal: book, Library: h.library, BaseURL: "https://notes.example",
		Imprint: func(context.Context) (copies.Imprint, error) { return copies.Imprint{Name: "LightTrends"}, nil },
		Picture: func(context.Context, string, time.Time) ([]byte, error) {
			h.set.Add(1)
			if h.hold != nil {
				<-h.hold
			}
			return nil, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// note publishes a paid note. Its picture lets the test count how often pages
// are set.
func (h *house) note() *content.Teaser {
	h.t.Helper()
	v, err := h.desk.Create(h.staff, content.Input{Title: "Optics", Abstract: "Short.", Gate: access.Paid, Body: "Open.\n\n<!-- paywall -->\n\nGated words.\n\n![A picture](/media/x.png)\n"})
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.desk.Publish(h.staff, v.Note.ID, content.Publish{}); err != nil {
		h.t.Fatal(err)
	}
	return h.find()
}

func (h *house) find() *content.Teaser {
	h.t.Helper()
	teaser, err := h.library.Note(h.t.Context(), "optics")
	if err != nil {
		h.t.Fatal(err)
	}
	return teaser
}

func (h *house) ask(t *content.Teaser, grants ...access.Grant) copies.Ask {
	return copies.Ask{
		Note: t, Decision: access.Decide(t.Access(), grants, h.clock.Now()), Reader: copies.Reader{Member: uuid.MustParse("018f0000-0000-7000-8000-000000000001"), Name: "Ada Lind"}, Paper: copies.A4,
	}
}

// pays is what a subscriber holds.
var pays = access.Grant{Kind: access.Complimentary}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Code
}

func TestCopies(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		teaser := h.note()
		member := actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: h.ask(teaser).Reader.Member})

		t.Run("are refused without a full decision", func(t *testing.T) {
			if _, err := h.Make(member, h.ask(teaser)); code(err) != "no_access" {
				t.Errorf("%v", err)
			}
		})
		t.Run("are refused to nobody in particular", func(t *testing.T) {
			a := h.ask(teaser, pays)
			a.Reader.Member = uuid.Nil
			if _, err := h.Make(t.Context(), a); code(err) != "sign_in_required" {
				t.Errorf("%v", err)
			}
		})
		t.Run("are refused for a decision about another note", func(t *testing.T) {
			a := h.ask(teaser, pays)
			gate := teaser.Access()
			gate.Note = uuid.New()
			a.Decision = access.Decide(gate, []access.Grant{pays}, h.clock.Now())
			if _, err := h.Make(member, a); code(err) != "no_access" {
				t.Errorf("%v", err)
			}
		})
		t.Run("are refused on paper we do not have", func(t *testing.T) {
			a := h.ask(teaser, pays)
			a.Paper = "a3"
			if _, err := h.Make(member, a); code(err) != "unknown_paper" {
				t.Errorf("%v", err)
			}
		})
		var rows int64
		if err := h.db.Read(t.Context()).Model(&copies.Copy{}).Count(&rows).Error; err != nil || rows != 0 {
			t.Fatalf("a refusal left %d rows, %v", rows, err)
		}

		first, err := h.Make(member, h.ask(teaser, pays))
		if err != nil {
			t.Fatal(err)
		}
		second, err := h.Make(member, h.ask(teaser, pays))
		if err != nil {
			t.Fatal(err)
		}
		t.Run("have serials of their own", func(t *testing.T) {
			if first.Serial == second.Serial || !regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$`).MatchString(first.String()) {
				t.Errorf("%s %s", first.String(), second.String())
			}
			if first.Name != "optics-v1.pdf" || !bytes.Contains(first.PDF, []byte(hexOf(first.String()))) {
				t.Error("the serial is not in the file's properties")
			}
		})
		t.Run("are set once and stamped for each", func(t *testing.T) {
			if h.set.Load() != 1 {
				t.Errorf("set %d times", h.set.Load())
			}
			a := h.ask(teaser, pays)
			a.Paper = copies.Letter
			if _, err := h.Make(member, a); err != nil || h.set.Load() != 2 {
				t.Errorf("another paper: set %d times, %v", h.set.Load(), err)
			}
		})
		t.Run("are set anew for a new version", func(t *testing.T) {
			v, err := h.desk.Draft(h.staff, teaser.ID)
			if err != nil {
				t.Fatal(err)
			}
			in := v.Input()
			in.Body += "\n\nMore.\n"
			if _, err := h.desk.Save(h.staff, teaser.ID, 0, in); err != nil {
				t.Fatal(err)
			}
			if _, err := h.desk.Publish(h.staff, teaser.ID, content.Publish{Change: content.Major, Notice: "Mended."}); err != nil {
				t.Fatal(err)
			}
			made, err := h.Make(member, h.ask(h.find(), pays))
			if err != nil || h.set.Load() != 3 || made.Version != 2 || made.Name != "optics-v2.pdf" {
				t.Errorf("set %d times, %v", h.set.Load(), err)
			}
		})
		t.Run("are found by their serial, however it is typed", func(t *testing.T) {
			for _, typed := range []string{first.String(), " " + first.Serial + " ", lower(first.String())} {
				found, err := h.Find(h.staff, typed)
				if err != nil || found.MemberID != first.MemberID || found.NoteID != teaser.ID || found.Version != 1 || !found.At.Equal(h.clock.Now()) {
					t.Errorf("%q: %+v %v", typed, found, err)
				}
			}
			for _, typed := range []string{"", "0000-0000-0000-0000", "%", first.Serial[:15]} {
				if _, err := h.Find(h.staff, typed); code(err) != "copy_not_found" {
					t.Errorf("%q: %v", typed, err)
				}
			}
			if _, err := h.Find(member, first.Serial); fault.Of(err).Kind != fault.Forbidden {
				t.Errorf("a member: %v", err)
			}
		})
		t.Run("are listed to the member and to nobody else", func(t *testing.T) {
			all, err := h.Of(member, first.MemberID, 10)
			if err != nil || len(all) != 4 {
				t.Errorf("%d %v", len(all), err)
			}
			other := actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: uuid.New()})
			if _, err := h.Of(other, first.MemberID, 10); fault.Of(err).Kind != fault.Forbidden {
				t.Errorf("%v", err)
			}
		})
		t.Run("are in the journal", func(t *testing.T) {
			var verbs []string
			err := h.db.Read(t.Context()).Model(&journal.Entry{}).Where("verb = ? AND actor_id = ?", "note.copied", first.MemberID).Pluck("verb", &verbs).Error
			if err != nil || len(verbs) != 4 {
				t.Errorf("%v %v", verbs, err)
			}
		})
		t.Run("are limited in an hour", func(t *testing.T) {
			for range 26 {
				if _, err := h.Make(member, h.ask(h.find(), pays)); err != nil {
					t.Fatal(err)
				}
			}
			_, err := h.Make(member, h.ask(h.find(), pays))
			if code(err) != "too_many_copies" || fault.Of(err).RetryAfter <= 0 || fault.Of(err).RetryAfter > time.Hour+time.Second {
				t.Errorf("%v", err)
			}
			h.clock.Advance(time.Hour + time.Second)
			if _, err := h.Make(member, h.ask(h.find(), pays)); err != nil {
				t.Error(err)
			}
		})
	})
}

// crowd makes copies at once and counts how they ended.
func (h *house) crowd(asks ...copies.Ask) func() map[string]int {
	over := make(chan error, len(asks))
	for _, a := range asks {
		member := actor.With(h.t.Context(), actor.Actor{Kind: actor.Member, ID: a.Reader.Member})
		go func() {
			_, err := h.Make(member, a)
			over <- err
		}()
	}
	return func() map[string]int {
		out := map[string]int{}
		for range asks {
			out[code(<-over)]++
		}
		return out
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		a := h.ask(h.note(), pays)
		letter := a
		letter.Paper = copies.Letter
		shut := func(set int32) (open func()) { // until so many are being set, and a little longer
			h.hold = make(chan struct{})
			h.set.Store(0)
			return func() {
				for h.set.Load() < set {
					time.Sleep(time.Millisecond)
				}
				time.Sleep(100 * time.Millisecond)
				if n := h.set.Load(); n != set {
					t.Errorf("%d are set at once, want %d", n, set)
				}
				close(h.hold)
			}
		}
		t.Run("wait for the same pages", func(t *testing.T) {
			open := shut(1)
			wait := h.crowd(a, a, a, a)
			open()
			if got := wait(); got[""] != 4 || h.set.Load() != 1 {
				t.Errorf("%v, set %d times", got, h.set.Load())
			}
		})
		t.Run("are set two at a time", func(t *testing.T) {
			other := h.other()
			third := other
			third.Paper = copies.Letter
			open := shut(2)
			wait := h.crowd(letter, other, third)
			open()
			if got := wait(); got[""] != 3 || h.set.Load() != 3 {
				t.Errorf("%v, set %d times", got, h.set.Load())
			}
		})
		t.Run("are counted one by one", func(t *testing.T) {
			h.hold = nil
			for range 22 { // with those above 29
				if got := h.crowd(a)(); got[""] != 1 {
					t.Fatal(got)
				}
			}
			var wait func() map[string]int
			err := h.db.Tx(t.Context(), func(ctx context.Context) error { // as a thirtieth that is being written
				if err := h.db.Lock(ctx, "copies of "+a.Reader.Member.String()); err != nil {
					return err
				}
				wait = h.crowd(a)
				if e.Name == db.Postgres {
					untilWaiting(t, h.db)
				}
				return h.db.Write(ctx).Create(&copies.Copy{ID: db.NewID(), Serial: "0000000000000000", MemberID: a.Reader.Member, NoteID: a.Note.ID, Version: 1, Paper: a.Paper, At: h.clock.Now()}).Error
			})
			if got := wait(); err != nil || got["too_many_copies"] != 1 {
				t.Error(got, err)
			}
		})
		t.Run("are not set for who has had enough", func(t *testing.T) {
			h.set.Store(0)
			last := h.other()
			if got := h.crowd(last)(); got["too_many_copies"] != 1 || h.set.Load() != 0 {
				t.Errorf("%v, set %d times", got, h.set.Load())
			}
		})
	})
}

// untilWaiting comes back when a transaction waits for another.
func untilWaiting(t *testing.T, d *db.DB) {
	t.Helper()
	const asked = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
	for waits, began := false, time.Now(); !waits; time.Sleep(5 * time.Millisecond) {
		if err := d.SQL().QueryRowContext(t.Context(), asked).Scan(&waits); err != nil || time.Since(began) > 10*time.Second {
			t.Error("nobody waits", err)
			return
		}
	}
}

// other asks for a note beside the first.
func (h *house) other() copies.Ask {
	h.t.Helper()
	slug := fmt.Sprint("other-", h.clock.Advance(time.Second).Unix())
	v, err := h.desk.Create(h.staff, content.Input{Slug: slug, Title: "Other", Abstract: "Short.", Gate: access.Paid, Body: "Open.\n\n<!-- paywall -->\n\nGated.\n\n![A picture](/media/x.png)\n"})
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.desk.Publish(h.staff, v.Note.ID, content.Publish{}); err != nil {
		h.t.Fatal(err)
	}
	teaser, err := h.library.Note(h.t.Context(), slug)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.ask(teaser, pays)
}

// hexOf is how a text stands in the properties of a PDF.
func hexOf(s string) (out string) {
	for _, r := range s {
		out += fmt.Sprintf("%04X", r)
	}
	return out
}

func lower(s string) string { return string(bytes.ToLower([]byte(s))) }
