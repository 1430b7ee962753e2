package media_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// halves is red on the left and blue on the right, and too wide for a card.
func halves() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 1500, 400))
	for x := range 1500 {
		for y := range 400 {
			c := color.RGBA{200, uint8((x*7 + y*3) % 40), 0, 255}
			if x >= 750 {
				c = color.RGBA{0, uint8((x*7 + y*3) % 40), 200, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return picturetest.JPEG(img)
}

func TestTheCardKeepsTheFocus(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.jpg", halves())
		if _, f := h.at(t, item.CardAddress()); f.Settled {
			t.Error("a card that is not cut yet is kept for ever")
		}
		if err := h.MakeWidths(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
		left, err := h.FocusOn(editor(t.Context()), item.ID, media.Focus{X: 0, Y: 50})
		if err != nil || h.jobs(t, "media.card") != 1 {
			t.Fatal(err, h.jobs(t, "media.card"))
		}
		if _, f := h.at(t, left.CardAddress()); f.Settled {
			t.Error("before the job")
		}
		if err := h.CutCard(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
		raw, f := h.at(t, left.CardAddress())
		card, err := jpeg.Decode(bytes.NewReader(raw))
		if err != nil || !f.Settled || card.Bounds().Dx() != 761 || card.Bounds().Dy() != 400 {
			t.Fatal(card.Bounds(), f, err)
		}
		if r, _, b, _ := card.At(700, 200).RGBA(); r < b {
			t.Error("the left of the picture is not in the card")
		}
		// The old mark is no address of this card.
		if _, f := h.at(t, item.CardAddress()); f.Settled {
			t.Error("an old card's address gives another for ever")
		}
		for _, bad := range []media.Focus{{X: -1, Y: 0}, {X: 0, Y: 101}} {
			if _, err := h.FocusOn(editor(t.Context()), item.ID, bad); fault.Of(err).Kind != fault.Invalid {
				t.Errorf("%v: %v", bad, err)
			}
		}
		if _, err := h.FocusOn(t.Context(), item.ID, media.Focus{}); fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}
	})
}

func TestSmallAndMovingPicturesHaveNoCard(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	for _, raw := range [][]byte{small(1), picturetest.Animation(700, 400, 2, "x")} {
		item := h.upload(t, "a", raw)
		if item.CardAddress() != item.Address(0) {
			t.Errorf("%s", item.CardAddress())
		}
		if _, err := h.FocusOn(editor(t.Context()), item.ID, media.Focus{X: 1, Y: 2}); err != nil || h.jobs(t, "media.card") != 0 {
			t.Error(err)
		}
	}
}
