package app

import (
	"time"

	"github.com/google/uuid"
)

// write does what the firm's daily jobs do about letters, and sends what waits.
func (y *year) write(noon time.Time) {
	y.t.Helper()
	for _, p := range y.people {
		p.noon(noon)
	}
	y.ok(y.billing.Dun(y.staff))
	y.ok(y.billing.DeliverGifts(y.staff))
	y.ok(y.billing.RemindOfEnds(y.staff))
	y.ok(y.billing.TellOverdue(y.staff))
	var waiting []uuid.UUID
	y.ok(y.db.Read(y.staff).Raw("SELECT id FROM billing_letters WHERE state = 'queued'").Scan(&waiting).Error)
	for _, id := range waiting {
		y.ok(y.billing.SendLetter(y.staff, id))
	}
}

// letters holds what was written to each member against the model, kind by
// kind, and what was asked for of the letters that have no row of their own.
func (y *year) letters() {
	y.t.Helper()
	var rows []struct {
		OwnerID     uuid.UUID
		Kind, State string
		N           int
	}
	y.ok(y.db.Read(y.staff).Raw("SELECT owner_id, kind, state, COUNT(*) AS n FROM billing_letters GROUP BY owner_id, kind, state").Scan(&rows).Error)
	got, all := map[uuid.UUID]map[string]int{}, map[string]int{}
	for _, r := range rows {
		all[r.Kind] += r.N
		if r.State == "dropped" {
			y.t.Errorf("%d letters about %s were dropped", r.N, r.Kind)
		}
		if got[r.OwnerID] == nil {
			got[r.OwnerID] = map[string]int{}
		}
		got[r.OwnerID][r.Kind] += r.N
	}
	wholes := map[string]*span{"welcome": {}, "gift": {}, "term_ending": {}, "quote": {}}
	for _, p := range y.people {
		wholes["welcome"].least += p.opened
		wholes["welcome"].most += p.opened
		for kind, want := range p.life.letters {
			if whole := wholes[kind]; whole != nil {
				whole.least, whole.most = whole.least+want.least, whole.most+want.most
				continue
			}
			if n := got[p.id][kind]; n < want.least || n > want.most {
				y.t.Errorf("%s has %d letters about %s, the model says from %d to %d; script %+v", p.email, n, kind, want.least, want.most, p.script)
			}
			delete(got[p.id], kind)
		}
		for kind, n := range got[p.id] {
			y.t.Errorf("%s has %d letters about %s, the model knows of none; script %+v", p.email, n, kind, p.script)
		}
	}
	for kind, whole := range wholes {
		all[kind] = whole.least
	}
	y.t.Logf("letters: %v", all)
	for kind, job := range map[string]string{"welcome": "app.welcome", "gift": "app.gift_letter", "term_ending": "app.term_ending", "quote": "app.quote_letter"} {
		y.asked(kind, job, *wholes[kind])
	}
}

// asked counts the letters of a kind that were asked for, each once.
func (y *year) asked(kind, job string, want span) {
	y.t.Helper()
	var asked []string
	y.ok(y.db.Read(y.staff).Raw("SELECT args FROM river_job WHERE kind = ?", job).Scan(&asked).Error)
	once := map[string]bool{}
	for _, a := range asked {
		once[a] = true
	}
	if len(asked) < want.least || len(asked) > want.most || len(once) != len(asked) {
		y.t.Errorf("%d letters about %s, %d different ones; the model says from %d to %d", len(asked), kind, len(once), want.least, want.most)
	}
}
