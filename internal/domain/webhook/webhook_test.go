package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func ptr[T any](v T) *T { return &v }

func TestAnEventIsToldOnceToEachWhoAskedForIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		_, all := b.make("*")
		_, notes := b.make("note.*")
		_, _ = b.make("member.deleted", "note.updated")
		b.tell(webhook.Happening{Kind: "note.published", SubjectID: "n1", Data: map[string]any{"slug": "film"}})
		if n := b.work(); n != 2 {
			t.Fatalf("%d calls", n)
		}
		if b.work() != 0 {
			t.Error("told again")
		}
		c := b.calls[0]
		if c.body.Type != "note.published" || string(c.body.Data) != `{"slug":"film"}` || c.body.ID != c.header.Get("Webhook-Id") {
			t.Errorf("%+v", c.body)
		}
		if !genuine(t, c, all) && !genuine(t, c, notes) || genuine(t, c, all) == genuine(t, b.calls[1], all) {
			t.Error("the signatures are not those of the two secrets")
		}
		c.raw = append([]byte(" "), c.raw...)
		if genuine(t, c, all) || genuine(t, c, notes) {
			t.Error("another body has the same signature")
		}
	})
}

// TestAnEventThatIsRolledBackIsNotTold: the event stands in the transaction of
// what happened.
func TestAnEventThatIsRolledBackIsNotTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.make("*")
		boom := errors.New("boom")
		err := b.db.Tx(t.Context(), func(ctx context.Context) error {
			return errors.Join(b.outlet.Tell(ctx, webhook.Happening{Kind: "note.published", At: b.clock.Now(), Data: map[string]int{}}), boom)
		})
		if !errors.Is(err, boom) || b.work() != 0 {
			t.Errorf("%v, and %d calls", err, len(b.calls))
		}
	})
}

func TestADeliveryIsTriedForThreeDays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, _ := b.make("*")
		b.answers(http.StatusInternalServerError)
		b.tell(webhook.Happening{Kind: "note.published"})
		began := b.clock.Now()
		for range 200 {
			b.work()
			b.clock.Advance(30 * time.Minute)
		}
		if len(b.calls) != 10 {
			t.Errorf("%d calls", len(b.calls))
		}
		ids := map[string]bool{}
		for _, c := range b.calls {
			ids[c.header.Get("Webhook-Id")] = true
		}
		if len(ids) != 1 {
			t.Errorf("a repeat looks like another event: %v", ids)
		}
		list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: end.ID, Limit: 10})
		if err != nil || len(list) != 1 || list[0].State != webhook.Failed || list[0].Attempts != 10 || list[0].Status != 500 || list[0].NextAt != nil {
			t.Fatalf("%v %+v", err, list)
		}
		if took := list[0].DoneAt.Sub(began); took < 70*time.Hour || took > 82*time.Hour {
			t.Errorf("tried for %s", took)
		}
		got, err := b.outlet.Endpoint(b.staff, end.ID)
		if err != nil || got.State != webhook.Paused || got.Why == "" {
			t.Errorf("%v %+v", err, got)
		}
		if len(b.letters) != 1 || !strings.Contains(b.letters[0].Subject, "Front end") || b.letters[0].To.Email != "olga@example.com" || b.letters[0].Validate() != nil {
			t.Errorf("%+v", b.letters)
		}
		if v := b.verbs(); !slices.Equal(v, []string{"webhook.created", "webhook.paused"}) {
			t.Error(v)
		}
		// Nothing is sent to it now, and what it missed can be sent later.
		b.tell(webhook.Happening{Kind: "note.updated"})
		if n := b.work(); n != 0 {
			t.Errorf("%d calls to a paused webhook", n)
		}
		if _, err := b.outlet.Replay(b.staff, end.ID, list[0].ID); !fault.HasCode(err, "webhook_not_on") {
			t.Error(err)
		}
		b.answers(http.StatusOK)
		if _, err := b.outlet.Change(b.staff, end.ID, 0, webhook.Input{On: ptr(true)}); err != nil {
			t.Fatal(err)
		}
		n, err := b.outlet.ReplaySpan(b.staff, end.ID, webhook.Span{From: began.Add(-time.Hour), To: b.clock.Now().Add(time.Hour), Missed: true})
		if err != nil || n != 2 || b.work() != 2 {
			t.Errorf("%d, %v; %d calls", n, err, len(b.calls))
		}
		n, err = b.outlet.ReplaySpan(b.staff, end.ID, webhook.Span{From: began.Add(-time.Hour), To: b.clock.Now().Add(time.Hour), Missed: true})
		if err != nil || n != 0 {
			t.Errorf("%d were sent again that had arrived; %v", n, err)
		}
	})
}

// TestAWebhookThatWorksIsNotPaused: one success begins the three days anew.
func TestAWebhookThatWorksIsNotPaused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, _ := b.make("*")
		for i := range 20 {
			b.answers(http.StatusBadGateway)
			b.tell(webhook.Happening{Kind: "note.updated", SubjectID: fmt.Sprint(i)})
			b.work()
			b.clock.Advance(6 * time.Hour)
			b.answers(http.StatusOK)
			b.work()
		}
		got, err := b.outlet.Endpoint(b.staff, end.ID)
		if err != nil || got.State != webhook.On || got.FailingSince != nil || got.LastOK == nil {
			t.Errorf("%v %+v", err, got)
		}
	})
}

func TestWhatAReceiverAnswers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, _ := b.make("*")
		last := func() webhook.Logged {
			t.Helper()
			list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: end.ID, Limit: 1})
			if err != nil || len(list) != 1 {
				t.Fatal(list, err)
			}
			return list[0]
		}
		// A redirect is not followed: it may lead to a private address.
		b.answer = func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusPermanentRedirect)
		}
		b.tell(webhook.Happening{Kind: "note.updated"})
		if n := b.work(); n != 1 || last().State != webhook.Waiting || last().Status != 308 {
			t.Errorf("%d calls, %+v", n, last())
		}
		// It may ask us to wait.
		b.answer = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, "slow\x00ly \xff")
		}
		b.tell(webhook.Happening{Kind: "note.updated"})
		b.work()
		if wait := last().NextAt.Sub(b.clock.Now()); wait < 119*time.Minute {
			t.Errorf("it waits %s", wait)
		}
		rec, err := b.outlet.Delivery(b.staff, end.ID, last().ID)
		if err != nil || len(rec.Attempts) != 1 || rec.Attempts[0].Answer != "slowly " || !strings.Contains(rec.Attempts[0].Request, "webhook-id: "+rec.EventID.String()) || strings.Contains(rec.Attempts[0].Request, "v1,") {
			t.Errorf("%v %+v", err, rec)
		}
		// 410 means that it wants no more.
		b.answers(http.StatusGone)
		b.tell(webhook.Happening{Kind: "note.updated"})
		b.work()
		if got, err := b.outlet.Endpoint(b.staff, end.ID); err != nil || got.State != webhook.Paused || !strings.Contains(got.Why, "410") {
			t.Errorf("%v %+v", err, got)
		}
	})
}

func TestAPrivateAddressIsNotCalled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for _, address := range []string{"http://127.0.0.2:80/", "http://169.254.169.254/latest/meta-data", "http://[::1]:80/"} {
			end, _, err := b.outlet.Create(b.staff, webhook.Input{Name: ptr("Inward"), URL: &address, Events: []string{"*"}})
			if err != nil {
				t.Fatal(err)
			}
			rec, err := b.outlet.Test(b.staff, end.ID)
			if err != nil || rec.State != webhook.Failed || rec.Attempts[0].Error != "The address is a private one, which is not called." {
				t.Errorf("%s: %v %+v", address, err, rec)
			}
		}
	})
}

func TestANewSecretAndTheOldOneSignForADay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, old := b.make("*")
		_, fresh, err := b.outlet.Rotate(b.staff, end.ID)
		if err != nil || fresh == old {
			t.Fatal(err)
		}
		for i, want := range []bool{true, false} {
			b.tell(webhook.Happening{Kind: "note.updated", SubjectID: fmt.Sprint(i)})
			b.work()
			c := b.calls[len(b.calls)-1]
			if !genuine(t, c, fresh) || genuine(t, c, old) != want {
				t.Errorf("after %d days: new %v, old %v", i, genuine(t, c, fresh), genuine(t, c, old))
			}
			b.clock.Advance(25 * time.Hour)
		}
		var sealed []struct{ Secret []byte }
		if err := b.db.Read(t.Context()).Raw("SELECT secret FROM webhook_endpoints").Scan(&sealed).Error; err != nil || len(sealed) != 1 || len(sealed[0].Secret) != 60 {
			t.Errorf("the secret is not sealed as it should be: %v %v", err, sealed)
		}
	})
}

// TestTheWholeTextIsForThoseWhoWereGivenIt: it is in no row of this room.
func TestTheWholeTextIsForThoseWhoWereGivenIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		note, revision := uuid.New(), uuid.New()
		b.texts[note] = &webhook.Text{HTML: "<p>hidden word</p>", Markdown: "hidden word"}
		open, _ := b.make("note.*")
		b.make("note.*")
		if _, err := b.outlet.Change(b.staff, open.ID, open.Version, webhook.Input{FullText: ptr(true)}); err != nil {
			t.Fatal(err)
		}
		b.tell(webhook.Happening{Kind: "note.published", Note: note, Revision: revision})
		b.work()
		var with int
		for _, c := range b.calls {
			if c.body.Text != nil && c.body.Text.Markdown == "hidden word" {
				with++
			} else if strings.Contains(string(c.raw), "hidden") {
				t.Error("the text went to who was not given it")
			}
		}
		if len(b.calls) != 2 || with != 1 {
			t.Errorf("%d of %d calls hold the text", with, len(b.calls))
		}
		var stored int64
		const rows = "SELECT count(*) FROM webhook_events e, webhook_attempts a WHERE e.data LIKE '%hidden%' OR a.request LIKE '%hidden%' OR a.answer LIKE '%hidden%'"
		if err := b.db.Read(t.Context()).Raw(rows).Scan(&stored).Error; err != nil || stored != 0 {
			t.Errorf("%d rows hold the text; %v", stored, err)
		}
		delete(b.texts, note) // the decision is no longer full
		list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: open.ID, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.outlet.Replay(b.staff, open.ID, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if b.work() != 1 || b.calls[len(b.calls)-1].body.Text != nil {
			t.Error("a closed text was told")
		}
	})
}

// TestAJobThatIsLateDoesNothing: an attempt is made once, also when the job is
// there twice or the delivery was sent again meanwhile.
func TestAJobThatIsLateDoesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, _ := b.make("*")
		b.answers(http.StatusBadGateway)
		b.tell(webhook.Happening{Kind: "note.updated"})
		b.work()
		list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: end.ID, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.outlet.Replay(b.staff, end.ID, list[0].ID); err != nil {
			t.Fatal(err)
		}
		b.answers(http.StatusOK)
		if n := b.work(); n != 1 {
			t.Errorf("%d calls", n)
		}
		b.clock.Advance(time.Hour)
		if n := b.work(); n != 0 {
			t.Errorf("the attempt of before the replay was made: %d calls", n)
		}
		late := fmt.Sprintf(`{"delivery":%q,"round":1,"attempt":0}`, list[0].ID)
		if err := webhook.WorkForTest(t.Context(), b.outlet, "webhook.deliver", []byte(late)); err != nil || b.work() != 0 {
			t.Error("a repeated job called again", err)
		}
		if err := b.outlet.Delete(b.staff, end.ID); err != nil {
			t.Fatal(err)
		}
		if err := webhook.WorkForTest(t.Context(), b.outlet, "webhook.deliver", []byte(late)); err != nil {
			t.Error("a deleted webhook keeps its jobs failing", err)
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		good := func() webhook.Input {
			return webhook.Input{Name: ptr("A"), URL: ptr("https://example.com/in"), Events: []string{"note.*"}}
		}
		for name, spoil := range map[string]func(*webhook.Input){
			"name": func(in *webhook.Input) { in.Name = ptr(" ") }, "scheme": func(in *webhook.Input) { in.URL = ptr("ftp://example.com") },
			"no host": func(in *webhook.Input) { in.URL = ptr("https:///x") }, "password": func(in *webhook.Input) { in.URL = ptr("https://a:b@example.com") },
			"no events": func(in *webhook.Input) { in.Events = nil }, "unknown": func(in *webhook.Input) { in.Events = []string{"note.eaten"} },
			"bad pattern": func(in *webhook.Input) { in.Events = []string{"no*"} },
		} {
			in := good()
			spoil(&in)
			if _, _, err := b.outlet.Create(b.staff, in); !fault.HasCode(err, "invalid_input") {
				t.Errorf("%s: %v", name, err)
			}
		}
		end, _, err := b.outlet.Create(b.staff, good())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.outlet.Change(b.staff, end.ID, end.Version+7, webhook.Input{Name: ptr("B")}); !fault.HasCode(err, "stale_version") {
			t.Error(err)
		}
		other := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Capabilities: []actor.Capability{actor.SettingsWrite}})
		_, err1 := b.outlet.Endpoints(other)
		_, _, err2 := b.outlet.Create(other, good())
		_, err3 := b.outlet.Change(other, end.ID, 0, good())
		_, _, err4 := b.outlet.Rotate(other, end.ID)
		_, err5 := b.outlet.Test(other, end.ID)
		_, _, err6 := b.outlet.Log(other, webhook.Filter{Endpoint: end.ID, Limit: 1})
		_, err7 := b.outlet.ReplaySpan(other, end.ID, webhook.Span{})
		for i, err := range []error{err1, err2, err3, err4, err5, err6, err7, b.outlet.Delete(other, end.ID)} {
			if fault.Of(err) == nil || fault.Of(err).Kind != fault.Forbidden {
				t.Errorf("%d: %v", i, err)
			}
		}
		if _, err := b.outlet.Delivery(b.staff, end.ID, uuid.New()); !fault.HasCode(err, "delivery_not_found") {
			t.Error(err)
		}
	})
}

func TestOldEventsAreDropped(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, _ := b.make("*")
		for range 2 {
			b.tell(webhook.Happening{Kind: "note.updated"})
			b.work()
			b.clock.Advance(20 * 24 * time.Hour)
		}
		if err := webhook.PruneForTest(t.Context(), b.outlet); err != nil {
			t.Fatal(err)
		}
		list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: end.ID, Limit: 10})
		var calls int64
		err = errors.Join(err, b.db.Read(t.Context()).Raw("SELECT count(*) FROM webhook_attempts").Scan(&calls).Error)
		if err != nil || len(list) != 1 || calls != 1 {
			t.Errorf("%d deliveries and %d calls are left; %v", len(list), calls, err)
		}
	})
}

// TestReplayAndDeliveriesAtOnce: they take their locks in one order. Postgres
// would end one of two that wait for each other.
func TestReplayAndDeliveriesAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, _ := b.make("*")
		for i := range 6 {
			b.tell(webhook.Happening{Kind: "note.updated", SubjectID: fmt.Sprint(i)})
		}
		list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: end.ID, Limit: 10})
		if err != nil || len(list) != 6 {
			t.Fatal(list, err)
		}
		for round := range 3 {
			var all sync.WaitGroup
			for _, d := range list {
				all.Go(func() {
					job := fmt.Sprintf(`{"delivery":%q,"round":%d,"attempt":0}`, d.ID, round)
					if err := webhook.WorkForTest(t.Context(), b.outlet, "webhook.deliver", []byte(job)); err != nil {
						t.Error("an attempt:", err)
					}
				})
			}
			all.Go(func() {
				if _, err := b.outlet.ReplaySpan(b.staff, end.ID, webhook.Span{From: b.clock.Now().Add(-time.Hour), To: b.clock.Now().Add(time.Hour)}); err != nil {
					t.Error("a replay:", err)
				}
			})
			all.Wait()
		}
	})
}

// TestWholeTextsGoThroughClosedLinesOnly and are not in the log, even if the
// receiver answers with what it was sent.
func TestWholeTextsGoThroughClosedLinesOnly(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := webhook.Input{Name: ptr("A"), URL: ptr("http://example.com/in"), Events: []string{"*"}, FullText: ptr(true)}
		if _, _, err := b.outlet.Create(b.staff, in); !fault.HasCode(err, "invalid_input") {
			t.Error("texts go out in clear:", err)
		}
		in.URL = ptr("https://example.com/in")
		if _, _, err := b.outlet.Create(b.staff, in); err != nil {
			t.Error(err)
		}
		note := uuid.New()
		b.texts[note] = &webhook.Text{Markdown: "hidden word"}
		b.answer = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hidden word") }
		end, _ := b.make("note.*")
		for _, full := range []bool{true, false} {
			if _, err := b.outlet.Change(b.staff, end.ID, 0, webhook.Input{FullText: &full}); err != nil {
				t.Fatal(err)
			}
			b.tell(webhook.Happening{Kind: "note.updated", Note: note, Revision: uuid.New()})
			b.work()
			list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: end.ID, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			rec, err := b.outlet.Delivery(b.staff, end.ID, list[0].ID)
			if err != nil || len(rec.Attempts) != 1 || (rec.Attempts[0].Answer == "") != full {
				t.Errorf("full %v: %v %+v", full, err, rec.Attempts)
			}
		}
	})
}

// TestAKeyThatChangedIsSaid: the log tells why nothing is sent, and another
// secret mends it.
func TestAKeyThatChangedIsSaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		end, _ := b.make("*")
		deps := b.outlet.Deps
		deps.Key = []byte(strings.Repeat("k", 32))
		b.outlet = webhook.New(deps)
		b.tell(webhook.Happening{Kind: "note.updated"})
		b.work()
		list, _, err := b.outlet.Log(b.staff, webhook.Filter{Endpoint: end.ID, Limit: 1})
		if err != nil || list[0].Attempts != 1 {
			t.Fatal(list, err)
		}
		if rec, err := b.outlet.Delivery(b.staff, end.ID, list[0].ID); err != nil || !strings.Contains(rec.Attempts[0].Error, "SECRET_KEY") {
			t.Errorf("%v %+v", err, rec)
		}
		if _, _, err := b.outlet.Rotate(b.staff, end.ID); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(time.Minute)
		if b.work() != 1 {
			t.Error("another secret mends nothing")
		}
	})
}

// TestTheEndpointsOfTheMoment: they are kept in memory, and every change of them
// counts from the next event on.
func TestTheEndpointsOfTheMoment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		told := func(when string, want int) {
			t.Helper()
			b.tell(webhook.Happening{Kind: "note.published", Data: map[string]int{}})
			if n := b.work(); n != want {
				t.Errorf("%s: %d calls, not %d", when, n, want)
			}
		}
		boom := errors.New("boom")
		err := b.db.Tx(b.staff, func(ctx context.Context) error {
			_, _, err := b.outlet.Create(ctx, webhook.Input{Name: ptr("undone"), URL: &b.server.URL, Events: []string{"*"}})
			return errors.Join(err, b.outlet.Tell(ctx, webhook.Happening{Kind: "note.published", Data: map[string]int{}}), boom)
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		told("after one that was taken back", 0)
		var owed int64
		if err := b.db.Read(t.Context()).Model(&webhook.Delivery{}).Count(&owed).Error; err != nil || owed != 0 {
			t.Errorf("%d deliveries to one that was taken back, %v", owed, err)
		}
		one, _ := b.make("note.*")
		told("after one was made", 1)
		if _, err := b.outlet.Change(b.staff, one.ID, 0, webhook.Input{Events: []string{"member.*"}}); err != nil {
			t.Fatal(err)
		}
		told("after it asks for others", 0)
		if _, err := b.outlet.Change(b.staff, one.ID, 0, webhook.Input{Events: []string{"*"}}); err != nil {
			t.Fatal(err)
		}
		told("after it asks for all", 1)
		if err := b.outlet.Delete(b.staff, one.ID); err != nil {
			t.Fatal(err)
		}
		told("after it was deleted", 0)
	})
}
