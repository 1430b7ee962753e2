package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const someChart = "```chart\ntype: bar\ntitle: Units & more\nunit: thousand\nsource: filings\nforecast: Q2\nx: [Q1, Q2]\nseries:\n  - {name: Datacom, data: [1200, null]}\n  - {name: Telecom, data: [-30.5, 4]}\n```\n"

func TestChartFigure(t *testing.T) {
	t.Parallel()
	r := Render([]byte("## Model\n\n"+someChart), Options{})
	checkRendered(t, r)
	at := 0
	for _, part := range []string{
		`<figure class="chart">`, `<svg class="chart-wide" `, `role="img" aria-label="Bar chart: Units &amp; more, thousand; Q1 to Q2; Datacom and Telecom; highest 1,200 (Datacom Q1), lowest −30.5 (Telecom Q1); faded bars are estimates, from Q2."`,
		"</svg>\n", `<svg class="chart-narrow" `, "</svg>\n",
		`<figcaption><span class="chart-source">Source: filings.</span> <span class="chart-note">Faded bars are estimates, from Q2.</span></figcaption>`,
		"<details class=\"chart-data\">\n<summary>Data</summary>\n<div class=\"tablewrap\" role=\"region\" tabindex=\"0\" aria-label=\"Data: Units &amp; more, thousand\">\n<table>\n<caption>Units &amp; more, thousand</caption>",
		`<tr><td></td><th scope="col" align="right">Datacom</th><th scope="col" align="right">Telecom</th></tr>`,
		`<tr><th scope="row">Q1</th><td align="right">1,200</td><td align="right">−30.5</td></tr>`,
		`<tr><th scope="row">Q2</th><td align="right">n/a</td><td align="right">4.0</td></tr>`,
		"</table>\n</div>\n</details>\n</figure>\n",
	} {
		i := strings.Index(r.FullHTML[at:], part)
		if i < 0 {
			t.Fatalf("%s is missing after %q in\n%s", part, r.FullHTML[:at], r.FullHTML)
		}
		at += i + len(part)
	}
	if r.Stats.Charts != 1 || r.Stats.Figures != 1 || r.Stats.Tables != 0 || len(r.Problems) != 0 {
		t.Errorf("%+v, %v", r.Stats, r.Problems)
	}
}

func TestPlainChart(t *testing.T) {
	t.Parallel()
	r := Render([]byte(someChart), Options{Plain: true})
	checkRendered(t, r)
	if strings.Contains(r.FullHTML, "<svg") || strings.Contains(r.FullHTML, "<details") || !strings.Contains(r.FullHTML, "1,200") || !strings.Contains(r.FullHTML, "Source: filings") {
		t.Error(r.FullHTML)
	}
	if same := Render([]byte(someChart), Options{}); same.FullText != r.FullText || same.Stats != r.Stats {
		t.Error("the text must not depend on the option")
	}
}

func TestBrokenCharts(t *testing.T) {
	t.Parallel()
	src := "a\n\n> ```chart\n> type: bar\n> title: <script>T</script>\n> colour: red\n> ```\n\n```chart\n```\n\n```chart\n{\"type\": \"bar\",\n\n\"x\": [}\n```\n\n<!-- paywall -->\n\n" + strings.Repeat("```chart\n[\n```\n\n", 2)
	r := Render([]byte(src), Options{})
	checkRendered(t, r)
	if diff := cmp.Diff([]string{"6 chart_invalid", "9 chart_invalid", "15 chart_invalid", "21 chart_invalid", "25 chart_invalid"}, codes(r)); diff != "" {
		t.Error(diff, r.Problems)
	}
	want := "<div class=\"chart-error\">\n<p>This chart cannot be drawn: &quot;colour&quot; is not a setting of a chart; known are type, title, unit, source, forecast, x, series and data.</p>\n" +
		"<pre tabindex=\"0\"><code>type: bar\ntitle: &lt;script&gt;T&lt;/script&gt;\ncolour: red\n</code></pre>\n</div>\n"
	if !strings.Contains(r.TeaserHTML, want) {
		t.Errorf("%s\nwant\n%s", r.TeaserHTML, want)
	}
	if r.Stats.Charts != 0 {
		t.Errorf("%d broken charts count", r.Stats.Charts)
	}
}

func TestAHundredChartsAreEnough(t *testing.T) {
	t.Parallel()
	r := Render([]byte(strings.Repeat("```chart\ntype: bar\ntitle: T\nx: [1]\nseries: [{name: n, data: [1]}]\n```\n\n", 101)), Options{})
	if r.Stats.Charts != 100 || len(r.Problems) != 1 || r.Problems[0].Line != 100*7+2 {
		t.Errorf("%d charts, %v", r.Stats.Charts, r.Problems)
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	src := "> [!HINT]\n> a\n\n> [!NOTE] a\n> b\n\n[^x] [^y](/z) c[^d]\n\n![](/e.png)\n\n[^d]: f\n\n[^d]: g\n"
	r := Render([]byte(src), Options{})
	if diff := cmp.Diff([]string{"1 callout_unknown", "4 callout_title", "7 footnote_undefined", "9 image_alt_missing", "13 footnote_duplicate"}, codes(r)); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(r.FullHTML, "[!HINT]") || !strings.Contains(r.FullHTML, "[^x]") || strings.Contains(r.FullHTML, "g\n") {
		t.Error(r.FullHTML)
	}
	many := Render([]byte(strings.Repeat("[^x]\n\n", 5000)), Options{})
	if len(many.Problems) != maxProblems || many.Problems[maxProblems-1].Line != 2*maxProblems-1 {
		t.Errorf("%d problems, the last %+v", len(many.Problems), many.Problems[len(many.Problems)-1])
	}
}
