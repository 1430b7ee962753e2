package media_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// refer lets a spot show pictures.
func (h *house) refer(t *testing.T, spot media.Spot, of uuid.UUID, cover *uuid.UUID, texts ...string) {
	t.Helper()
	if err := h.Refer(t.Context(), string(spot), of, cover, texts...); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsShownSomewhereIsNotDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		staff := editor(t.Context())
		inText, cover, logo := h.upload(t, "a.png", small(1)), h.upload(t, "b.png", small(2)), h.upload(t, "c.png", small(3))
		rev, note := uuid.New(), uuid.New()
		h.atlas[rev] = media.Place{Kind: "note", ID: note, Title: "Film", Draft: true}
		h.refer(t, media.InRevision, rev, &cover.ID, "![x]("+inText.Path()+") and /media/"+uuid.NewString()+"/full.png and /media/x/full.png")
		h.refer(t, media.InPublication, uuid.Nil, &logo.ID)

		for _, i := range []*media.Item{inText, cover, logo} {
			err := h.Delete(staff, i.ID)
			if !fault.HasCode(err, "media_in_use") || fault.Of(err).Kind != fault.Conflict {
				t.Errorf("%s: %v", i.Filename, err)
			}
		}
		want := []fault.Field{{Path: "/notes/" + note.String(), Code: "used_here", Message: "“Film”, draft"}}
		if got := fault.Of(h.Delete(staff, cover.ID)).Fields; !cmp.Equal(got, want) {
			t.Errorf("the places: %+v", got)
		}
		// Who may not read drafts is refused all the same, without their titles.
		blind := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: editorID, Capabilities: []actor.Capability{actor.MediaWrite}})
		if err := h.Delete(blind, cover.ID); !fault.HasCode(err, "media_in_use") || len(fault.Of(err).Fields) != 0 {
			t.Errorf("without the right to read: %+v", err)
		}
		if places, err := h.Uses(staff, inText.ID); err != nil || len(places) != 1 || places[0].ID != note {
			t.Errorf("%+v %v", places, err)
		}
		if _, err := h.Uses(blind, inText.ID); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("uses: %v", err)
		}

		t.Run("a spot that shows something else lets go", func(t *testing.T) {
			h.refer(t, media.InRevision, rev, nil, inText.Path()) // without a slash behind the id it is no picture
			h.refer(t, media.InRevision, rev, nil, "nothing")
			if err := errors.Join(h.Delete(staff, inText.ID), h.Delete(staff, cover.ID)); err != nil {
				t.Error(err)
			}
			h.refer(t, media.InRevision, rev, &cover.ID) // gone: it counts nothing and breaks nothing
			page, err := h.List(staff, media.Query{Unused: true})
			if err != nil || len(page.Items) != 0 {
				t.Errorf("%+v %v", page, err)
			}
		})
	})
}

// TestAPictureIsNotDeletedUnderASave: whoever comes second waits for the first,
// whichever of the two it is.
func TestAPictureIsNotDeletedUnderASave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		staff := editor(context.Background())
		item := h.upload(t, "a.png", small(1))
		second := make(chan error, 1)
		err := h.db.Tx(staff, func(ctx context.Context) error {
			if err := h.Refer(ctx, "revision", uuid.New(), &item.ID); err != nil {
				return err
			}
			h.meanwhile(t, second, func() error { return h.Delete(staff, item.ID) })
			return nil
		})
		if got := <-second; err != nil || !fault.HasCode(got, "media_in_use") {
			t.Errorf("a delete during a save: %v, %v", err, got)
		}

		other := h.upload(t, "b.png", small(2))
		err = h.db.Tx(staff, func(ctx context.Context) error {
			if err := h.Delete(ctx, other.ID); err != nil {
				return err
			}
			h.meanwhile(t, second, func() error { return h.Refer(staff, "revision", uuid.New(), &other.ID) })
			return nil
		})
		if got := <-second; err != nil || got != nil || h.uses(t, other.ID) != 0 {
			t.Errorf("a save during a delete: %v, %v, %d uses of what is gone", err, got, h.uses(t, other.ID))
		}
	})
}

func TestARolledBackSaveShowsNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.png", small(1))
		err := h.db.Tx(t.Context(), func(ctx context.Context) error {
			if err := h.Refer(ctx, "revision", uuid.New(), &item.ID); err != nil {
				return err
			}
			return errors.New("rolled back")
		})
		if n := h.uses(t, item.ID); err == nil || n != 0 {
			t.Errorf("%d uses, %v", n, err)
		}
	})
}

// uses counts the rows that say where a picture is shown.
func (h *house) uses(t *testing.T, id uuid.UUID) (n int64) {
	t.Helper()
	if err := h.db.Read(t.Context()).Table("media_uses").Where("media_id = ?", id).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}
