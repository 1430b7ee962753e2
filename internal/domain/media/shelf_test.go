package media_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestDescribe(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		other := h.node(t)
		item := h.upload(t, "a.jpg", photo(1))
		for _, n := range []*house{h, other} { // both keep a copy
			if got, err := n.Item(t.Context(), item.ID); err != nil || got.Alt != "" {
				t.Fatal(got, err)
			}
		}
		got, err := h.Describe(editor(t.Context()), item.ID, media.Texts{Alt: " Lead times ", Caption: "Figure\n2"})
		if err != nil || got.Alt != "Lead times" || got.Caption != "Figure\n2" {
			t.Fatal(got, err)
		}
		if got, err := h.Item(t.Context(), item.ID); err != nil || got.Alt != "Lead times" {
			t.Errorf("here: %+v %v", got, err)
		}
		eventually(t, "the other node knows", func() bool {
			got, err := other.Item(context.Background(), item.ID)
			return err == nil && got.Alt == "Lead times"
		})
		id := item.ID.String()
		h.wantEvents(t, "media.uploaded "+id+` {"filename":"a.jpg"}`, "media.described "+id+` {"filename":"a.jpg"}`)

		if _, err := h.Describe(editor(t.Context()), uuid.New(), media.Texts{Alt: "a", Caption: ""}); !fault.HasCode(err, "media_not_found") {
			t.Errorf("nothing was described: %v", err)
		}
		if _, err := h.Describe(editor(t.Context()), item.ID, media.Texts{Alt: "a\x00", Caption: "b\xff"}); len(fault.Of(err).Fields) != 2 {
			t.Errorf("got %v", err)
		}
		if _, err := h.Describe(t.Context(), item.ID, media.Texts{Alt: "x"}); err == nil || fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}
		if got, _ := h.Item(t.Context(), item.ID); got.Alt != "Lead times" || len(h.events(t)) != 2 {
			t.Errorf("a refused change left %+v", got)
		}
		// A description does not undo what the job wrote, nor the other way round.
		if err := h.MakeWidths(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
		if got, _ := h.Describe(editor(t.Context()), item.ID, media.Texts{Alt: "Later", Caption: ""}); got.State != media.Ready || len(got.Variants) != 2 {
			t.Errorf("%+v", got)
		}
	})
}

func TestDelete(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.jpg", photo(1))
		if err := h.Delete(t.Context(), item.ID); err == nil || fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}
		h.read(t, item.ID, 0)
		if err := h.Delete(editor(t.Context()), item.ID); err != nil {
			t.Fatal(err)
		}
		_, itemErr := h.Item(t.Context(), item.ID)
		_, openErr := h.Open(t.Context(), item.ID, 0)
		_, nameErr := h.ByName(editor(t.Context()), "a.jpg")
		_, describeErr := h.Describe(editor(t.Context()), item.ID, media.Texts{Alt: "x", Caption: ""})
		for i, err := range []error{itemErr, openErr, nameErr, describeErr, h.Delete(editor(t.Context()), item.ID)} {
			if !fault.HasCode(err, "media_not_found") {
				t.Errorf("call %d: %v", i, err)
			}
		}
		page, err := h.List(editor(t.Context()), media.Query{})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("%+v %v", page, err)
		}
		again := h.upload(t, "a.jpg", photo(1))
		if again.ID == item.ID {
			t.Error("the deleted one came back")
		}
		id := item.ID.String()
		h.wantEvents(t, "media.uploaded "+id+` {"filename":"a.jpg"}`, "media.deleted "+id+` {"filename":"a.jpg"}`, "media.uploaded "+again.ID.String()+` {"filename":"a.jpg"}`)
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		var want []uuid.UUID
		for i := range 7 {
			item := h.upload(t, fmt.Sprint(i), small(uint64(i)))
			want = append([]uuid.UUID{item.ID}, want...)
			if i%2 == 0 { // some at the same moment
				h.clock.Advance(time.Microsecond)
			}
		}
		var got []uuid.UUID
		q := media.Query{Limit: 3}
		for pages := 1; ; pages++ {
			p, err := h.List(editor(t.Context()), q)
			if err != nil || len(p.Items) > 3 || pages > 3 {
				t.Fatal(pages, p, err)
			}
			for _, i := range p.Items {
				got = append(got, i.ID)
			}
			if q.After = p.Next; q.After == "" {
				break
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if p, err := h.List(editor(t.Context()), media.Query{Limit: 7}); err != nil || p.Next != "" || len(p.Items) != 7 {
			t.Errorf("%+v %v", p, err)
		}
		for _, after := range []string{"x", "AAAA", "////////////////////////////////", "________________________________"} {
			if _, err := h.List(editor(t.Context()), media.Query{After: after}); !fault.HasCode(err, "bad_cursor") {
				t.Errorf("%q: %v", after, err)
			}
		}
		if _, err := h.List(t.Context(), media.Query{}); err == nil || fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}
	})
}

func TestByName(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		find := func(name string) uuid.UUID {
			t.Helper()
			item, err := h.ByName(editor(t.Context()), name)
			if err != nil {
				if !fault.HasCode(err, "media_not_found") {
					t.Error(err)
				}
				return uuid.Nil
			}
			return item.ID
		}
		upload := func(name string, seed uint64) uuid.UUID {
			h.clock.Advance(time.Second)
			return h.upload(t, name, small(seed)).ID
		}
		first := upload("figure.jpg", 1)
		if find("figure.jpg") != first || find("images/figure.jpg") != first || find("Figure.jpg") != uuid.Nil || find("") != uuid.Nil {
			t.Error("the first is not found by its name alone")
		}
		second := upload("figure.jpg", 2)
		if find("figure.jpg") != second {
			t.Error("the newest does not win")
		}
		if upload("copy.jpg", 1) != first || find("copy.jpg") != first || find("figure.jpg") != second {
			t.Error("the same bytes under another name are lost")
		}
		if upload("figure.jpg", 1) != first || find("figure.jpg") != first {
			t.Error("bytes that come again under their name are not the newest")
		}
		if err := h.Delete(editor(t.Context()), first); err != nil {
			t.Fatal(err)
		}
		if find("figure.jpg") != second || find("copy.jpg") != uuid.Nil {
			t.Error("a deleted one stands in the way")
		}
		decomposed, composed := "Gro\u0308ße.png", "Größe.png"
		if id := upload(decomposed, 3); find(composed) != id || find(decomposed) != id {
			t.Error("two spellings of one name are two")
		}
		if item, err := h.ByName(editor(t.Context()), composed); err != nil || item.Filename != composed {
			t.Errorf("the name is kept as %+q, %v", item.Filename, err)
		}
		if _, err := h.ByName(t.Context(), "figure.jpg"); err == nil || fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}
	})
}

func TestImportActsForWhoCalls(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	ctx := actor.With(t.Context(), actor.Machine("import"))
	item, err := h.Import(ctx, "images/a.jpg", bytes.NewReader(small(1)))
	if err != nil || item.Filename != "a.jpg" || item.CreatedBy != nil {
		t.Fatalf("%+v %v", item, err)
	}
	again, err := h.Import(ctx, "images/a.jpg", bytes.NewReader(small(1)))
	if err != nil || again.ID != item.ID {
		t.Errorf("%+v %v", again, err)
	}
}

func TestItemsAreReadTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		a, b := h.upload(t, "a", small(1)), h.upload(t, "b", small(2))
		unknown := uuid.New()
		for range 2 {
			got, err := h.Items(t.Context(), a.ID, unknown, b.ID, a.ID)
			if err != nil || len(got) != 2 || got[a.ID].Filename != "a" || got[b.ID].Filename != "b" {
				t.Errorf("%v %v", got, err)
			}
		}
		if got, err := h.Items(t.Context()); err != nil || len(got) != 0 {
			t.Errorf("%v %v", got, err)
		}
		if _, err := h.Item(t.Context(), unknown); !fault.HasCode(err, "media_not_found") {
			t.Error(err)
		}
	})
}

func TestPicturesAreFoundBySize(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		here, gone := h.upload(t, "here.jpg", small(1)), h.upload(t, "gone.jpg", small(2))
		if err := h.Delete(editor(t.Context()), gone.ID); err != nil {
			t.Fatal(err)
		}
		for size, want := range map[int64]bool{here.Bytes: true, here.Bytes + 1: false, gone.Bytes: gone.Bytes == here.Bytes} {
			found, err := h.OfSize(editor(t.Context()), size)
			if err != nil || (len(found) == 1 && found[0].ID == here.ID) != want || len(found) > 1 {
				t.Errorf("%d bytes: %v %v", size, found, err)
			}
		}
		if _, err := h.OfSize(t.Context(), here.Bytes); !fault.HasCode(err, "sign_in_required") {
			t.Errorf("a stranger: %v", err)
		}
	})
}
