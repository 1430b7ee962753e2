package book_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
)

func ids(rows []book.Row) []string {
	out := []string{}
	for _, r := range rows {
		out = append(out, r.ID)
	}
	return out
}

// TestPagesHoldEverythingOnce makes objects at random times, also several at
// one time and out of order, and walks them forward and backward.
func TestPagesHoldEverythingOnce(t *testing.T) {
	t.Parallel()
	b, _ := setup(t, "?_pragma=synchronous(OFF)")
	ctx, round := context.Background(), 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		kind := fmt.Sprintf("kind%d", round)
		times := rapid.SliceOfN(rapid.Int64Range(1, 5), 0, 12).Draw(rt, "times")
		var want []string
		err := b.Write(ctx, func(tx *book.Tx) error {
			for i, at := range times {
				c := customer(fmt.Sprintf("%s_%d", kind, i), "")
				c.Object, c.Created = kind, at
				if _, _, err := tx.Put(c); err != nil {
					return err
				}
				want = append(want, c.ID)
			}
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		at := map[string]int64{}
		for i, id := range want {
			at[id] = times[i]
		}
		slices.Reverse(want) // newest first: later made comes first within one time
		slices.SortStableFunc(want, func(a, b string) int { return int(at[b] - at[a]) })
		limit := rapid.IntRange(1, 5).Draw(rt, "limit")
		forward, backward := walk(rt, b, kind, limit, false), walk(rt, b, kind, limit, true)
		if !slices.Equal(forward, want) || !slices.Equal(backward, want) {
			rt.Fatalf("forward %v, backward %v, want %v", forward, backward, want)
		}
	})
}

func walk(t *rapid.T, b *book.Book, kind string, limit int, back bool) []string {
	var all []string
	q := book.Query{Object: kind, Limit: limit}
	if back { // begin behind the last one
		rows, _, err := b.Read(context.Background()).List(book.Query{Object: kind})
		if err != nil || len(rows) == 0 {
			return nil
		}
		all = []string{rows[len(rows)-1].ID}
		q.Before = all[0]
	}
	for {
		rows, more, err := b.Read(context.Background()).List(q)
		if err != nil || len(rows) > limit {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		if back {
			all = append(ids(rows), all...)
		} else {
			all = append(all, ids(rows)...)
		}
		if !more {
			return all
		}
		q.After, q.Before = all[len(all)-1], ""
		if back {
			q.After, q.Before = "", all[0]
		}
	}
}

func TestFiltersNarrowAList(t *testing.T) {
	t.Parallel()
	b, _ := setup(t, "")
	ctx := context.Background()
	err := b.Write(ctx, func(tx *book.Tx) error {
		for i, status := range []string{"open", "paid", "open", "void"} {
			in := &object.Invoice{Head: object.Head{ID: fmt.Sprint("in_", i), Object: "invoice", Created: int64(i + 1)}, Status: status, Customer: fmt.Sprint("cus_", i%2)}
			if i == 3 {
				in.Subscription = "sub_1"
			}
			if _, _, err := tx.Put(in); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		q    book.Query
		want []string
	}{
		"all":              {book.Query{}, []string{"in_3", "in_2", "in_1", "in_0"}},
		"one value":        {book.Query{Filters: []book.Filter{book.Is("status", "open")}}, []string{"in_2", "in_0"}},
		"any of two":       {book.Query{Filters: []book.Filter{book.Is("status", "paid", "void")}}, []string{"in_3", "in_1"}},
		"both conditions":  {book.Query{Filters: []book.Filter{book.Is("status", "open"), book.Is("customer", "cus_0")}}, []string{"in_2", "in_0"}},
		"none of":          {book.Query{Filters: []book.Filter{book.IsNot("status", "open", "void")}}, []string{"in_1"}},
		"has it at all":    {book.Query{Filters: []book.Filter{book.Is("subscription")}}, []string{"in_3"}},
		"has it not":       {book.Query{Filters: []book.Filter{book.IsNot("subscription")}}, []string{"in_2", "in_1", "in_0"}},
		"from":             {book.Query{From: 3}, []string{"in_3", "in_2"}},
		"to":               {book.Query{To: 2}, []string{"in_1", "in_0"}},
		"from and to":      {book.Query{From: 2, To: 3}, []string{"in_2", "in_1"}},
		"nothing there":    {book.Query{Filters: []book.Filter{book.Is("status", "lost")}}, []string{}},
		"a filtered page":  {book.Query{Filters: []book.Filter{book.Is("status", "open")}, Limit: 1}, []string{"in_2"}},
		"the page after":   {book.Query{Filters: []book.Filter{book.Is("status", "open")}, After: "in_2"}, []string{"in_0"}},
		"after one beside": {book.Query{Filters: []book.Filter{book.Is("status", "open")}, After: "in_1"}, []string{"in_0"}},
	} {
		c.q.Object = "invoice"
		rows, _, err := b.Read(ctx).List(c.q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, ids(rows)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if n, err := b.Read(ctx).Count(c.q); err != nil || c.q.After == "" && c.q.Limit == 0 && n != len(c.want) {
			t.Errorf("%s: counted %d, %v", name, n, err)
		}
	}
	for _, q := range []book.Query{{Object: "invoice", After: "in_9"}, {Object: "customer", After: "in_1"}, {Object: "invoice", Before: "x"}} {
		if _, _, err := b.Read(ctx).List(q); !errors.Is(err, book.ErrNone) {
			t.Errorf("%+v: %v, want ErrNone", q, err)
		}
	}
}

func TestWhatIsDueComesInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	b, _ := setup(t, "")
	ctx := context.Background()
	visit := func(id, clock string, expires int64) *object.Session {
		return &object.Session{Head: object.Head{ID: id, Object: "checkout.session", Clock: clock}, Status: "open", ExpiresAt: expires}
	}
	err := b.Write(ctx, func(tx *book.Tx) error {
		for _, v := range []*object.Session{visit("c", "", 30), visit("a", "", 10), visit("x", "clock_1", 5), visit("b", "", 20), visit("b2", "", 20)} {
			if _, _, err := tx.Put(v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	err = b.Write(ctx, func(tx *book.Tx) error {
		for {
			id, kind, at, err := tx.Due("", 25)
			if err != nil || id == "" {
				return err
			}
			order = append(order, fmt.Sprint(id, " ", kind, " ", at))
			if err := tx.ForgetDue(id); err != nil {
				return err
			}
		}
	})
	want := []string{"a checkout.session 10", "b checkout.session 20", "b2 checkout.session 20"}
	if diff := cmp.Diff(want, order); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestDeliveriesWaitForTheirTime(t *testing.T) {
	t.Parallel()
	b, _ := setup(t, "")
	ctx, now := context.Background(), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	err := b.Write(ctx, func(tx *book.Tx) error {
		for i := range 3 {
			if err := tx.Queue(fmt.Sprint("evt_", i), "t", "we_1", now.Add(time.Duration(i)*time.Minute)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-b.Wake():
	default:
		t.Error("nobody was woken")
	}
	for after, want := range map[time.Duration]int{-time.Second: 0, 0: 1, 90 * time.Second: 2, time.Hour: 3} {
		due, err := b.Read(ctx).DueDeliveries(now.Add(after), 10)
		if err != nil || len(due) != want {
			t.Errorf("after %s %d are due, want %d (%v)", after, len(due), want, err)
		}
	}
	if due, _ := b.Read(ctx).DueDeliveries(now.Add(time.Hour), 2); len(due) != 2 || due[0].Event != "evt_0" {
		t.Errorf("the first two are %+v", due)
	}
	if n, err := b.Read(ctx).Waiting(); err != nil || n != 3 {
		t.Errorf("%d wait, %v", n, err)
	}
	err = b.Write(ctx, func(tx *book.Tx) error { return tx.QueueAgain(99, now) })
	if !errors.Is(err, book.ErrNone) {
		t.Errorf("a delivery nobody knows: %v", err)
	}
}

func TestSwitchesAreKept(t *testing.T) {
	t.Parallel()
	b, db := setup(t, "")
	ctx := context.Background()
	if v, err := b.Read(ctx).Setting("x"); v != "" || err != nil {
		t.Errorf("%q %v", v, err)
	}
	for _, value := range []string{"on", "off"} {
		if err := b.Write(ctx, func(tx *book.Tx) error { return tx.Set("x", value) }); err != nil {
			t.Fatal(err)
		}
	}
	again, err := book.Open(ctx, db) // tables that are there stay as they are
	if err != nil {
		t.Fatal(err)
	}
	if v, err := again.Read(ctx).Setting("x"); v != "off" || err != nil {
		t.Errorf("%q %v", v, err)
	}
}

func TestAClockTakesEverythingUnderItAlong(t *testing.T) {
	t.Parallel()
	b, _ := setup(t, "")
	ctx := context.Background()
	under, beside := customer("cus_1", "a@example.com"), customer("cus_2", "a@example.com")
	under.Clock = "clock_1"
	event := &object.Event{Head: object.Head{ID: "evt_1", Object: "event", Clock: "clock_1"}, Type: "t", Data: object.EventData{Object: []byte(`{}`)}}
	err := b.Write(ctx, func(tx *book.Tx) error {
		for _, rec := range []object.Record{under, beside, event} {
			if _, _, err := tx.Put(rec); err != nil {
				return err
			}
		}
		return tx.BuryUnder("clock_1")
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, _, err := b.Read(ctx).List(book.Query{Object: "customer", Filters: []book.Filter{book.Is("email", "a@example.com")}})
	if got := ids(rows); err != nil || !slices.Equal(got, []string{"cus_2"}) {
		t.Errorf("left are %v, %v", got, err)
	}
	if doc, _, err := b.Read(ctx).Doc("cus_1"); err != nil || string(doc) != `{"id":"cus_1","object":"customer","deleted":true}` {
		t.Errorf("%s %v", doc, err)
	}
	if doc, _, err := b.Read(ctx).Doc("evt_1"); err != nil || len(doc) < 100 {
		t.Errorf("the event is gone: %s %v", doc, err)
	}
}
