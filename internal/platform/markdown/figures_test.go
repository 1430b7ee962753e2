package markdown_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/markdown"
)

const twoCharts = "Text with `<figure class=\"chart\">` in it.\n\n```chart\ntype: line\ntitle: Wait, \"quoted\" & <b>\nunit: weeks\nx: [\"Q1, 25\", \"=Q2\"]\nseries:\n" +
	"  - {name: A, data: [1234.5, -3]}\n  - {name: B & C, data: [null, 0.00000025]}\n```\n\n<!-- paywall -->\n\n" +
	"```chart\ntype: bar\ntitle: Below\nunit: $\nx: [a]\nseries:\n  - {name: S, data: [12345678]}\n```\n"

func TestFiguresAreTheDataThatReadersSee(t *testing.T) {
	t.Parallel()
	r := markdown.Render([]byte(twoCharts), markdown.Options{})
	above := markdown.Figure{
		Caption: `Wait, "quoted" & <b>, weeks`, Head: []string{"", "A", "B & C"},
		Rows: [][]string{{"Q1, 25", "1234.5", ""}, {"=Q2", "-3.0", "2.5e-7"}},
	}
	below := markdown.Figure{Caption: "Below, $", Head: []string{"", "S"}, Rows: [][]string{{"a", "12345678"}}}
	if diff := cmp.Diff([]markdown.Figure{above, below}, markdown.Figures(r.FullHTML)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]markdown.Figure{above}, markdown.Figures(r.TeaserHTML)); diff != "" {
		t.Error(diff)
	}
	plain := markdown.Render([]byte(twoCharts), markdown.Options{Plain: true})
	if diff := cmp.Diff([]markdown.Figure{above, below}, markdown.Figures(plain.FullHTML)); diff != "" {
		t.Error(diff)
	}
}

func TestEachChartRewritesChartsAndNothingElse(t *testing.T) {
	t.Parallel()
	r := markdown.Render([]byte(twoCharts), markdown.Options{})
	var seen []int
	same := markdown.EachChart(r.FullHTML, func(i int, chart string) string {
		seen = append(seen, i)
		return chart
	})
	if same != r.FullHTML || !cmp.Equal(seen, []int{0, 1}) {
		t.Errorf("%v", seen)
	}
	gone := markdown.EachChart(r.FullHTML, func(int, string) string { return "" })
	if strings.Contains(gone, "<svg") || !strings.Contains(gone, "Text with") {
		t.Error(gone)
	}
	if got := markdown.EachChart("<p>None.</p>", nil); got != "<p>None.</p>" {
		t.Error(got)
	}
}

// TestFiguresOfAnythingEnd: what this package did not make must not break it.
func TestFiguresOfAnythingEnd(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", `<figure class="chart">`, `<figure class="chart"></figure>`, `<figure class="chart"><table><tbody><td>1</figure>`, `<figure class="chart"><table></td></table></figure>`} {
		markdown.Figures(text)
	}
}
