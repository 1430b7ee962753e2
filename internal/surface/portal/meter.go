package portal

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/phrase"
)

// freeLeft says what is left to a free member who reads a paid note.
func freeLeft(l *phrase.Language, d access.Decision) string {
	a := d.Allowance()
	if a == nil || !a.Open {
		return ""
	}
	text := l.Count("meter.reading", a.Limit) + " "
	if a.Left == 0 {
		return text + l.Text("meter.last", "day", l.Day(a.Resets))
	}
	return text + l.Count("meter.left", a.Left)
}

// meterGate tells a free member on the card that the month is used up. A page
// that was fetched ahead of its reader has something left and says so.
func meterGate(l *phrase.Language, g *gateView, slug string, d access.Decision) {
	switch a := d.Allowance(); {
	case a == nil:
	case a.Left > 0:
		g.Heading, g.Text = l.Text("meter.free"), l.Count("meter.free_left", a.Left)
		g.Actions = append([]action{{l.Text("meter.now"), notePath(slug)}}, g.Actions...)
	default:
		g.Heading = l.Count("meter.spent", a.Limit)
		g.Text = l.Text("meter.more", "day", l.Day(a.Resets))
	}
}

// freeNotes says on the account page how many notes are left this month; ""
// where none are given away.
func (p *Portal) freeNotes(ctx context.Context, member uuid.UUID) (string, error) {
	m, err := p.Billing.Meter(ctx, member, uuid.Nil, false)
	if err != nil || m.Limit == 0 {
		return "", err
	}
	l := p.language(ctx)
	return l.Count("meter.account", m.Limit, "left", m.Left, "day", l.Day(m.Resets)), nil
}
