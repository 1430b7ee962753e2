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

// TestAPictureIsNotDeletedUnderASave: whoever comes second waits for the first.
func TestAPictureIsNotDeletedUnderASave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.png", small(1))
		deleted := make(chan error, 1)
		err := h.db.Tx(t.Context(), func(ctx context.Context) error {
			if err := h.Refer(ctx, "revision", uuid.New(), &item.ID); err != nil {
				return err
			}
			go func() { deleted <- h.Delete(editor(context.Background()), item.ID) }()
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-deleted; !fault.HasCode(err, "media_in_use") {
			t.Errorf("the delete: %v", err)
		}
		err = h.db.Tx(t.Context(), func(ctx context.Context) error {
			if err := h.Refer(ctx, "revision", uuid.New(), &item.ID); err != nil {
				return err
			}
			return errors.New("rolled back")
		})
		if places, _ := h.Uses(editor(t.Context()), item.ID); err == nil || len(places) != 0 {
			t.Errorf("%v %v", places, err)
		}
	})
}
