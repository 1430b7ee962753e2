package library_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func TestTheAddressOfAFeed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		if f := ok(b.Feed(b.me, b.member)); f != nil {
			t.Errorf("%+v", f)
		}
		first := ok(b.MakeFeed(b.me, b.member))
		if who := ok(b.FeedOwner(t.Context(), first)); who != b.member || len(first) != 43 {
			t.Errorf("%v by %q", who, first)
		}
		second := ok(b.MakeFeed(b.me, b.member))
		for _, dead := range []string{first, "", "x", first + first + first, second[:42]} {
			_, err := b.FeedOwner(t.Context(), dead)
			b.refused(err, "feed_not_found")
		}
		t.Run("the address itself is not kept", func(t *testing.T) {
			var row library.FeedAddress
			b.must(b.db.Read(t.Context()).Take(&row).Error)
			if len(row.TokenHash) != 32 || strings.Contains(string(row.TokenHash), second) {
				t.Errorf("%q", row.TokenHash)
			}
		})
		_, other := b.somebody()
		b.refused(b.RevokeFeed(other, b.member), "sign_in_required")
		b.must(b.RevokeFeed(b.me, b.member))
		b.must(b.RevokeFeed(b.me, b.member))
		_, err := b.FeedOwner(t.Context(), second)
		b.refused(err, "feed_not_found")
		if got := b.verbs(); got != "member.feed_made member.feed_made member.feed_revoked" {
			t.Errorf("journal: %s", got)
		}
		b.must(b.Forget(t.Context(), b.member))
	})
}

// may is a decision of a member who may hand a note on, or not.
type may bool

func (m may) MayShare() bool { return bool(m) }

func TestSharing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		note := db.NewID()
		share := func(d may) (string, library.Share, error) { return b.ShareNote(b.me, b.member, note, "A note", d) }
		_, _, err := share(true)
		b.refused(err, "sharing_off")
		b.rules = library.ShareRules{Notes: 2, Openings: 2, Days: 7}
		_, _, err = share(false)
		b.refused(err, "no_access")
		token, s, err := share(true)
		b.must(err)
		if s.Most != 2 || !s.ExpiresAt.Equal(b.clock.Now().AddDate(0, 0, 7)) {
			t.Errorf("%+v", s)
		}
		if seen := ok(b.LookShare(t.Context(), token)); seen.NoteID != note || seen.OpenIn("") || seen.Full() {
			t.Errorf("%+v", seen)
		}
		cookie := ok(b.OpenShare(t.Context(), token, "203.0.113.0/24"))
		seen := ok(b.LookShare(t.Context(), token))
		if !seen.OpenIn(cookie) || seen.OpenIn(token) || seen.Openings[0].Network != "203.0.113.0/24" {
			t.Errorf("%+v", seen)
		}
		t.Run("it opens as often as it may and not once more, however many ask at once", func(t *testing.T) {
			var all sync.WaitGroup
			var opened atomic.Int32
			for range 6 {
				all.Go(func() {
					if _, err := b.OpenShare(t.Context(), token, ""); err == nil {
						opened.Add(1)
					}
				})
			}
			all.Wait()
			if opened.Load() != 1 {
				t.Errorf("%d times", opened.Load())
			}
			_, err := b.OpenShare(t.Context(), token, "")
			b.refused(err, "share_full")
		})
		t.Run("who lets it be revoked ends it, and it counts all the same", func(t *testing.T) {
			_, other := b.somebody()
			b.refused(b.RevokeShare(other, b.member, s.ID), "sign_in_required")
			b.must(b.RevokeShare(b.me, b.member, s.ID))
			b.must(b.RevokeShare(b.me, b.member, s.ID))
			_, err := b.LookShare(t.Context(), token)
			b.refused(err, "share_over")
			_, err = b.OpenShare(t.Context(), token, "")
			b.refused(err, "share_over")
			if _, left, err := b.Sharing(b.me, b.member); err != nil || left != 1 {
				t.Errorf("%d left, %v", left, err)
			}
		})
		token, _, err = share(true)
		b.must(err)
		_, _, err = share(true)
		b.refused(err, "shares_used_up")
		t.Run("an owner who switches sharing off ends every link", func(t *testing.T) {
			was := b.rules
			b.rules.Notes = 0
			_, err := b.LookShare(t.Context(), token)
			b.refused(err, "share_over")
			b.rules = was
		})
		b.clock.Advance(7 * 24 * time.Hour)
		_, err = b.LookShare(t.Context(), token)
		b.refused(err, "share_over")
		_, err = b.LookShare(t.Context(), "nonsense")
		b.refused(err, "share_not_found")
		b.clock.Advance(20 * 24 * time.Hour) // another month
		if _, left, _ := b.Sharing(b.me, b.member); left != 2 {
			t.Errorf("%d left in a new month", left)
		}
		if all := ok(b.SharesOf(actor.With(t.Context(), actor.Machine("test")), b.member, 10)); len(all) != 2 || len(all[1].Openings) != 2 {
			t.Errorf("%+v", all)
		}
		if got := b.verbs(); got != "note.shared note.share_revoked note.shared" {
			t.Errorf("journal: %s", got)
		}
		b.must(b.Forget(t.Context(), b.member))
		if n := b.rows(b.member); n != 0 {
			t.Errorf("%d rows are left of who left", n)
		}
		var openings int64
		b.must(b.db.Read(t.Context()).Model(&library.Opening{}).Count(&openings).Error)
		if openings != 0 {
			t.Errorf("%d openings are left", openings)
		}
	})
}
