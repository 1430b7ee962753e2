package chart

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"type: stacked\ntitle: Revenue\nunit: $ million\nforecast: 2021E\nx: [2020, 2021E]\nseries: [{name: Datacom, data: [4920, 5610.5]}, {name: Telecom, data: [3110, null]}]": "Stacked bar chart: Revenue, $ million; 2020 to 2021E; Datacom and Telecom; highest 5,610.5 (Datacom 2021E), lowest 3,110 (Telecom 2020); faded bars are estimates, from 2021E.",
		"type: line\ntitle: Price\nx: [Q1, Q2]\nseries: [{name: Only, data: [5, -5]}]":                                                                                            "Line chart: Price; Q1 to Q2; highest 5 (Q1), lowest −5 (Q2).",
		"type: bar\ntitle: One\nforecast: a\nx: [a]\nseries: [{name: n, data: [7]}]":                                                                                              "Bar chart: One; a; all values are 7; all values are estimates.",
		"type: bar\ntitle: Three\nx: [a]\nseries: [{name: p, data: [1]}, {name: q, data: [2]}, {name: r, data: [3]}]":                                                             "Bar chart: Three; a; p, q and r; highest 3 (r a), lowest 1 (p a).",
	} {
		if got := Summary(mustParse(t, src)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if Summary(Spec{}) != "" || SVG(Spec{}, Wide) != "" {
		t.Error("an empty spec must be harmless")
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	s := mustParse(t, "type: bar\ntitle: Prices\nunit: $\ndata:\n  - {quarter: Q1, 10G: 4.1, other_parts: -12000}\n  - {quarter: Q2, 10G: 3.95, other_parts: null}\n")
	want := Grid{
		Caption: "Prices, $",
		Head:    []string{"Quarter", "10G", "Other parts"},
		Rows:    [][]string{{"Q1", "4.10", "−12,000"}, {"Q2", "3.95", "n/a"}},
	}
	if diff := cmp.Diff(want, Table(s)); diff != "" {
		t.Error(diff)
	}
}
