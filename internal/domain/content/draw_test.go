package content_test

import (
	"context"
	"strings"
	"testing"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestATextIsDrawnForItsWriters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		d, err := b.desk.Draw(b.staff, "Two **words**.\n\n<script>alert(1)</script>\n")
		if err != nil || !strings.Contains(d.HTML, "<strong>words</strong>") || strings.Contains(d.HTML, "<script") || d.Words < 2 {
			t.Errorf("drawn: %+v, %v", d, err)
		}
		d, err = b.desk.Draw(b.staff, "```chart\nno: chart\n```\n")
		if err != nil || len(d.Problems) == 0 || d.Problems[0].Code != "chart_invalid" {
			t.Errorf("a broken chart: %+v, %v", d.Problems, err)
		}
		if _, err := b.desk.Draw(b.staff, strings.Repeat("x", 200_001)); !fault.HasCode(err, "body_too_large") {
			t.Errorf("a text too long: %v", err)
		}
		reader := actor.With(context.Background(), actor.Actor{Kind: actor.Staff, Capabilities: []actor.Capability{actor.NotesRead}})
		if _, err := b.desk.Draw(reader, "x"); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("somebody who may not write: %v", err)
		}
	})
}
