package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/db/dbtest"
)

// builder keeps what a builder of a static site would: everything that is
// there, by what it is and where.
type builder struct {
	s     *shelf
	since string
	has   map[string]string
}

type toldChange struct {
	Type, Resource, ID, Slug, Href string
	Former                         []string `json:"former_slugs"`
}

// follow reads all changes there are, a few at a time, and builds.
func (b *builder) follow(t *testing.T, limit int) (told []string) {
	t.Helper()
	for {
		resp, body := b.s.ask(fmt.Sprintf("/changes?limit=%d&since=%s", limit, b.since))
		var got struct {
			Changes []toldChange
			Next    string
			More    bool
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil || resp.StatusCode != 200 || got.Next == "" {
			t.Fatalf("%d %s", resp.StatusCode, body)
		}
		for _, c := range got.Changes {
			name := strings.TrimSuffix(c.Resource+" "+c.Slug, " ")
			told = append(told, c.Type+" "+name)
			key := c.Resource + c.Slug
			if c.ID != "" {
				key = c.ID
			}
			if b.has[key] = name; c.Type == "removed" {
				delete(b.has, key)
			}
		}
		if b.since = got.Next; !got.More {
			return told
		}
	}
}

func TestABuilderFollows(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		b := &builder{s: s, has: map[string]string{}}
		all := strings.Join(b.follow(t, 2), "\n")
		for _, has := range []string{"created note alpha", "created note epsilon", "created issue letter/2026-07", "created topic film", "created author ada-lind", "created series letter"} {
			if strings.Count(all+"\n", has+"\n") != 1 {
				t.Errorf("%q is told %d times: %s", has, strings.Count(all+"\n", has+"\n"), all)
			}
		}
		if strings.Contains(all, "2026-08") || strings.Contains(all, "updated") || strings.Contains(all, "removed") {
			t.Error(all)
		}
		if again := b.follow(t, 100); len(again) != 0 {
			t.Error(again)
		}
		step := func(name string, want ...string) {
			t.Helper()
			if got := b.follow(t, 100); strings.Join(got, ", ") != strings.Join(want, ", ") {
				t.Errorf("%s: %v", name, got)
			}
		}
		beta := s.idOf(t, "beta")
		save := func(change func(*content.Input)) {
			in := must(s.desk.Draft(s.staff, beta)).Input()
			change(&in)
			must(s.desk.Save(s.staff, beta, 0, in))
		}
		save(func(in *content.Input) { in.Title = "In the making" })
		must(s.desk.Create(s.staff, content.Input{Title: "Never seen", Body: "x"}))
		step("drafts are nobody's business")
		must(s.desk.Publish(s.staff, beta, content.Publish{}))
		step("an update", "updated issue letter/2026-07", "updated note beta")
		for _, slug := range []string{"beta-two", "beta-three"} {
			save(func(in *content.Input) { in.Slug = slug })
			must(s.desk.Publish(s.staff, beta, content.Publish{}))
		}
		_, body := s.ask("/changes?since=" + b.since)
		if !strings.Contains(body, `"slug":"beta-three","former_slugs":["beta","beta-two"]`) {
			t.Error(body)
		}
		step("two new addresses are one change", "updated issue letter/2026-07", "updated note beta-three")
		must(s.desk.Retract(s.staff, beta, 0, "Wrong."))
		step("a retraction", "updated issue letter/2026-07", "removed note beta-three")
		must(s.desk.Archive(s.staff, beta, 0))
		step("what is gone stays gone")
		must(s.desk.Unarchive(s.staff, beta, 0))
		must(s.desk.Publish(s.staff, beta, content.Publish{}))
		step("and comes back", "updated issue letter/2026-07", "created note beta-three")
		must(s.desk.PutTopic(s.staff, content.Label{Name: "Film", Slug: "film", Description: "Other foils."}))
		step("a topic", "updated topic film")
		must(s.billing.PriceNote(s.staff, beta, 900, "eur"))
		step("a price", "updated issue letter/2026-07", "updated note beta-three")
		fresh := &builder{s: s, has: map[string]string{}}
		fresh.follow(t, 3)
		if fmt.Sprint(fresh.has) != fmt.Sprint(b.has) {
			t.Errorf("who followed has %v, who begins %v", b.has, fresh.has)
		}
		if resp, body := s.ask("/changes?since=YwAAAAAAAP__"); resp.StatusCode != 410 || !strings.Contains(body, "cursor_expired") {
			t.Errorf("a cursor of the future: %d %s", resp.StatusCode, body)
		}
	})
}

// TestNoChangeIsMissed: builders who read while many publish end up with all of
// it, whatever was committed in which order.
func TestNoChangeIsMissed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := &shelf{h, h.contentKey(t), h.stranger(t)}
		must(h.desk.PutSeries(h.staff, content.Label{Name: "Letter"}))
		must(h.desk.PutIssue(h.staff, content.IssueInput{Series: "letter", Label: "July 2026"}))
		const publishers, notes = 4, 6
		var writing, reading sync.WaitGroup
		for p := range publishers {
			writing.Go(func() {
				for n := range notes {
					in := content.Input{Title: fmt.Sprintf("n %d %d", p, n), Abstract: "A.", Body: "Open.", Gate: access.Public, Series: "letter", Issue: "2026-07"}
					v, err := h.desk.Create(h.staff, in)
					if err == nil {
						_, err = h.desk.Publish(h.staff, v.Note.ID, content.Publish{})
					}
					if err == nil && n%3 == 0 {
						_, err = h.desk.Retract(h.staff, v.Note.ID, 0, "")
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		done := make(chan struct{})
		builders := make([]*builder, 2)
		for i := range builders {
			b := &builder{s: &shelf{h, s.key, h.stranger(t)}, has: map[string]string{}}
			builders[i] = b
			reading.Go(func() {
				for {
					b.follow(t, 3)
					select {
					case <-done:
						return
					default:
					}
				}
			})
		}
		writing.Wait()
		close(done)
		reading.Wait()
		want, _ := s.slugs(t, "/notes?limit=100")
		for _, b := range builders {
			b.follow(t, 100)
			var got int
			for _, name := range b.has {
				if slug, note := strings.CutPrefix(name, "note "); note {
					if got++; !strings.Contains(" "+strings.Join(want, " ")+" ", " "+slug+" ") {
						t.Errorf("%s is not there any more", slug)
					}
				}
			}
			if got != len(want) || got != publishers*notes*2/3 {
				t.Errorf("a builder has %d notes of %d", got, len(want))
			}
		}
	})
}

// TestCachesAreToldWhatIsOld: the keys of the event are those that the answers
// carry.
func TestCachesAreToldWhatIsOld(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		purges := func() (keys [][]string) {
			var events []webhook.Event
			if err := s.db.Read(t.Context()).Where("kind = ?", webhook.Purge).Order("id").Find(&events).Error; err != nil {
				t.Fatal(err)
			}
			for _, x := range events {
				var data struct{ Keys []string }
				if err := json.Unmarshal([]byte(x.Data), &data); err != nil {
					t.Fatal(err)
				}
				keys = append(keys, data.Keys)
			}
			return keys
		}
		if got := purges(); len(got) != 0 {
			t.Fatal("an event that nobody asks for is kept:", got)
		}
		for _, in := range []string{"*", webhook.Purge} {
			name, address := "for "+in, "https://hooks.example/"
			if _, _, err := s.webhooks.Create(s.staff, webhook.Input{Name: &name, URL: &address, Events: []string{in}}); err != nil {
				t.Fatal(err)
			}
		}
		carried := func(path string) string {
			resp, _ := s.ask(path)
			return " " + resp.Header.Get("Surrogate-Key") + " "
		}
		note, list, issue, topic, settings := carried("/notes/beta"), carried("/notes"), carried("/issues/letter/2026-07"), carried("/topics/film"), carried("/settings")
		changes, related := carried("/changes"), carried("/notes/alpha?include=related")
		beta := s.idOf(t, "beta")
		in := must(s.desk.Draft(s.staff, beta)).Input()
		in.Title = "Other"
		must(s.desk.Save(s.staff, beta, 0, in))
		for _, act := range []struct {
			name  string
			do    func()
			stale []string
			fresh []string
		}{
			{"a topic", func() { must(s.desk.PutTopic(s.staff, content.Label{Name: "Film", Slug: "film", Description: "x"})) }, []string{note, list, topic, changes}, []string{settings}},
			{"the issue", func() {
				must(s.desk.PutIssue(s.staff, content.IssueInput{Series: "letter", Label: "July 2026", Title: "8"}))
			}, []string{note, list, issue}, []string{topic, settings}},
			{"an update", func() { must(s.desk.Publish(s.staff, beta, content.Publish{})) }, []string{note, list, issue, changes, related}, []string{topic, settings}},
			{"a retraction", func() { must(s.desk.Retract(s.staff, beta, 0, "")) }, []string{note, list, issue, changes}, []string{topic, settings}},
		} {
			before := len(purges())
			act.do()
			got := purges()
			if len(got) != before+1 {
				t.Errorf("%s: %d events", act.name, len(got)-before)
				continue
			}
			hit := func(carried string) bool {
				for _, k := range got[len(got)-1] {
					if strings.Contains(carried, " "+k+" ") {
						return true
					}
				}
				return false
			}
			for _, keys := range act.stale {
				if !hit(keys) {
					t.Errorf("%s: %v does not tell of %q", act.name, got[len(got)-1], keys)
				}
			}
			for _, keys := range act.fresh {
				if hit(keys) {
					t.Errorf("%s: %v tells of %q", act.name, got[len(got)-1], keys)
				}
			}
		}
		var owed int64
		s.db.Read(t.Context()).Table("webhook_deliveries").Joins("JOIN webhook_events e ON e.id = event_id").Where("e.kind = ?", webhook.Purge).Count(&owed)
		if owed != int64(len(purges())) {
			t.Errorf("%d deliveries of %d events: who asks for all gets them, too", owed, len(purges()))
		}
	})
}
