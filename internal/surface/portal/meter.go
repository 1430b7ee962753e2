package portal

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
)

// freeLeft says what is left to a free member who reads a paid note.
func freeLeft(d access.Decision) string {
	a := d.Allowance()
	if a == nil || !a.Open {
		return ""
	}
	text := "You are reading one of your " + plural(a.Limit, "free note", "free notes") + " of this month. "
	if a.Left == 0 {
		return text + "It is the last one; more come on " + a.Resets.Format("2 January") + "."
	}
	return text + plural(a.Left, "is left", "are left") + "."
}

// meterGate tells a free member on the card that the month is used up. A page
// that was fetched ahead of its reader has something left and says so.
func meterGate(g *gateView, slug string, d access.Decision) {
	switch a := d.Allowance(); {
	case a == nil:
	case a.Left > 0:
		g.Heading, g.Text = "Read this note for free", plural(a.Left, "free note is left", "free notes are left")+" of this month."
		g.Actions = append([]action{{"Read it now", notePath(slug)}}, g.Actions...)
	default:
		g.Heading = "You have read your " + plural(a.Limit, "free note", "free notes") + " of this month"
		g.Text = "More come on " + a.Resets.Format("2 January") + ". Subscribers read everything, at once."
	}
}

// freeNotes says on the account page how many notes are left this month; ""
// where none are given away.
func (p *Portal) freeNotes(ctx context.Context, member uuid.UUID) (string, error) {
	m, err := p.Billing.Meter(ctx, member, uuid.Nil, false)
	if err != nil || m.Limit == 0 {
		return "", err
	}
	return "Of " + plural(m.Limit, "subscribers’ note", "subscribers’ notes") + " you may read for free each month, " +
		plural(m.Left, "is left", "are left") + ". The next month begins on " + m.Resets.Format("2 January") + ".", nil
}
