package transfer

import (
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/surface/transfer/markup"
	"lighttrends/internal/surface/transfer/source"
)

func TestWhatIsBehindAPaywallStaysThere(t *testing.T) {
	t.Parallel()
	run := &porter.Run{}
	run.Options.MoreIsPaywall = true
	for name, n := range map[string]*source.Note{
		"in Markdown":                       {Gate: "paid", Markdown: "Open.\n\n<!-- paywall -->\n\nHidden.\n"},
		"in Markdown, on the first line":    {Gate: "paid", Markdown: "<!-- paywall -->\n\nHidden.\n"},
		"in HTML":                           {HTML: "<p>Open.</p><!--more--><p>Hidden.</p>"},
		"in HTML, with a mark that is lost": {HTML: "<p>Open.</p><form><!--more--></form><p>Hidden.</p>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := &intake{Carrier: &Carrier{}, run: run, md: markup.New()}
			text, err := in.text(n)
			p := &plan{Title: "Title", Live: true}
			if err == nil {
				err = in.gate(t.Context(), p, n, text.Paywall || text.Lost)
			}
			p.abstract(n, text)
			if err != nil || p.Gate != access.Paid || p.Abstract != "Open." && p.Abstract != "Title" {
				t.Errorf("gate %s, abstract %q, %v", p.Gate, p.Abstract, err)
			}
		})
	}
}
