package library_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// must stops at a fault.
func (b *bundle) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bundle) refused(err error, code string) {
	b.Helper()
	if !fault.HasCode(err, code) {
		b.Errorf("%v, not %s", err, code)
	}
}

func TestSavedNotesAndFolders(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		var notes []uuid.UUID
		for range 5 {
			notes = append(notes, db.NewID())
			b.must(b.Save(b.me, b.member, notes[len(notes)-1]))
			b.clock.Advance(time.Minute)
		}
		b.must(b.Save(b.me, b.member, notes[0])) // again: it stays where it is
		list := func(folder uuid.UUID) (out []uuid.UUID) {
			t.Helper()
			for after := ""; ; {
				rows, next, err := b.Kept(b.me, b.member, folder, after, 2)
				b.must(err)
				for _, r := range rows {
					out = append(out, r.NoteID)
				}
				if after = next; next == "" {
					return out
				}
			}
		}
		if got := list(uuid.Nil); len(got) != 5 || got[4] != notes[0] || got[0] != notes[4] {
			t.Errorf("%v", got)
		}
		if m := ok(b.Mark(b.me, b.member, notes[1])); !m.Saved || m.Version != 0 {
			t.Errorf("%+v", m)
		}
		sodium := ok(b.AddFolder(b.me, b.member, "  Sodium   cells "))
		_, err := b.AddFolder(b.me, b.member, "SODIUM CELLS")
		b.refused(err, "folder_exists")
		for _, bad := range []string{" ", strings.Repeat("x", 61), "a\x00b"} {
			if _, err := b.AddFolder(b.me, b.member, bad); fault.Of(err).Kind != fault.Invalid {
				t.Errorf("%q: %v", bad, err)
			}
		}
		b.must(b.Move(b.me, b.member, notes[1], sodium.ID))
		b.must(b.Move(b.me, b.member, notes[2], sodium.ID))
		if got := list(sodium.ID); len(got) != 2 || got[0] != notes[2] {
			t.Errorf("%v", got)
		}
		b.must(b.Move(b.me, b.member, notes[2], uuid.Nil))
		b.refused(b.Move(b.me, b.member, db.NewID(), sodium.ID), "not_saved")
		f := ok(b.RenameFolder(b.me, b.member, sodium.ID, "Iron"))
		if all := ok(b.Folders(b.me, b.member)); len(all) != 1 || all[0].Name != "Iron" || f.Name != "Iron" || all[0].Notes != 1 {
			t.Errorf("%+v", all)
		}
		t.Run("somebody else's folder does not exist", func(t *testing.T) {
			other, as := b.somebody()
			b.must(b.Save(as, other, notes[0]))
			b.refused(b.Move(as, other, notes[0], sodium.ID), "folder_not_found")
			b.refused(b.DropFolder(as, other, sodium.ID), "folder_not_found")
			_, err := b.RenameFolder(as, other, sodium.ID, "Mine")
			b.refused(err, "folder_not_found")
			if rows, _, err := b.Kept(as, other, sodium.ID, "", 10); err != nil || len(rows) != 0 {
				t.Errorf("%v, %v", rows, err)
			}
			_, _, err = b.Kept(as, b.member, uuid.Nil, "", 10)
			b.refused(err, "sign_in_required")
		})
		t.Run("what was in a folder stays when it goes", func(t *testing.T) {
			b.must(b.DropFolder(b.me, b.member, sodium.ID))
			if got := list(uuid.Nil); len(got) != 5 {
				t.Errorf("%v", got)
			}
		})
		b.must(b.Unsave(b.me, b.member, notes[0]))
		b.must(b.Unsave(b.me, b.member, notes[0]))
		if among := ok(b.KeptAmong(b.me, b.member, notes)); len(among) != 4 || among[notes[0]] {
			t.Errorf("%v", among)
		}
		b.must(b.Forget(t.Context(), b.member))
		if n := b.rows(b.member); n != 0 {
			t.Errorf("%d rows are left of who left", n)
		}
	})
}

// TestTheLimitHoldsForWhatIsNew fills the lists by the tables, which is faster.
func TestTheLimitHoldsForWhatIsNew(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		now := b.clock.Now()
		var saved []library.Saved
		var follows []library.Follow
		for range library.MostSaved {
			saved = append(saved, library.Saved{MemberID: b.member, NoteID: db.NewID(), SavedAt: now})
		}
		for range library.MostFollows {
			follows = append(follows, library.Follow{MemberID: b.member, Kind: library.Topic, SubjectID: db.NewID(), Since: now})
		}
		b.must(b.db.Tx(t.Context(), func(ctx context.Context) error {
			w := b.db.Write(ctx)
			return errors.Join(w.CreateInBatches(saved, 500).Error, w.CreateInBatches(follows, 500).Error)
		}))
		b.refused(b.Save(b.me, b.member, db.NewID()), "too_many_saved")
		b.must(b.Save(b.me, b.member, saved[0].NoteID))
		b.refused(b.StartFollowing(b.me, b.member, library.Author, follows[0].SubjectID), "too_many_follows")
		b.must(b.StartFollowing(b.me, b.member, library.Topic, follows[0].SubjectID))
	})
}

func TestFollowing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		topic, author := db.NewID(), db.NewID()
		since := b.clock.Now()
		b.must(b.StartFollowing(b.me, b.member, library.Topic, topic))
		b.clock.Advance(time.Hour)
		b.must(b.StartFollowing(b.me, b.member, library.Topic, topic))
		b.must(b.StartFollowing(b.me, b.member, library.Author, author))
		b.refused(b.StartFollowing(b.me, b.member, "planet", author), "unknown_kind")
		all := ok(b.Follows(b.me, b.member))
		if len(all) != 2 || all[0].Kind != library.Author || !all[1].Since.Equal(since) {
			t.Errorf("%+v", all)
		}
		b.must(b.StopFollowing(b.me, b.member, library.Author, author))
		if all := ok(b.Follows(b.me, b.member)); len(all) != 1 {
			t.Errorf("%+v", all)
		}
		_, other := b.somebody()
		b.refused(b.StartFollowing(other, b.member, library.Topic, topic), "sign_in_required")
		b.must(b.Forget(t.Context(), b.member))
		if n := b.rows(b.member); n != 0 {
			t.Errorf("%d rows are left of who left", n)
		}
	})
}
