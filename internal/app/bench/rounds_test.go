package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestSpread(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   []float64
		want spread
	}{
		{nil, spread{}},
		{[]float64{3}, spread{3, 3, 3}},
		{[]float64{5, 1, 2}, spread{1, 2, 5}},
		{[]float64{4, 1, 2, 9}, spread{1, 3, 9}},
	} {
		if got := spreadOf(tt.in); got != tt.want {
			t.Errorf("%v: %v, want %v", tt.in, got, tt.want)
		}
	}
}

func given(name string, answers ...int) *runner {
	r := &runner{name: name}
	for _, n := range answers {
		r.results = append(r.results, result{answers: n, took: time.Second, worked: time.Duration(n) * time.Millisecond})
	}
	return r
}

// A disturbance that meets both in a round changes no ratio.
func TestRatiosAreMadeRoundByRound(t *testing.T) {
	t.Parallel()
	ours, base := given("ours", 50, 5, 40), given("base", 100, 10, 100)
	if got := ours.against(base); got != (spread{.4, .5, .5}) {
		t.Fatal(got)
	}
	if got := ours.against(given("nothing", 0, 0, 0)); got != (spread{}) {
		t.Fatal(got)
	}
	if got := ours.work(); got != time.Millisecond {
		t.Fatal(got)
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	ours, base := given("ours", 40), given("base", 100)
	for _, tt := range []struct {
		line line
		want string
	}{
		{ratio("r", ours, base, .4), "yes"},
		{ratio("r", ours, base, .41), "missed"},
		{ratio("r", ours, base, 0), ""},
		{limit("l", 44.9, 45, "MB", ""), "yes"},
		{limit("l", 45.1, 45, "MB", ""), "missed"},
		{limit("l", 45.1, 0, "MB", ""), ""},
	} {
		if got := tt.line.verdict(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestErrorsFailARunAndMissedFiguresOnlyAStrictOne(t *testing.T) {
	t.Parallel()
	good, bad := given("good", 1), given("bad", 1)
	bad.results[0].errors, bad.results[0].first = 3, errors.New("answered 500")
	for _, tt := range []struct {
		bench  *bench
		missed int
		want   string
	}{
		{&bench{runners: []*runner{good}}, 2, ""},
		{&bench{runners: []*runner{good}, strict: true}, 0, ""},
		{&bench{runners: []*runner{good}, strict: true}, 2, "2 figures were missed"},
		{&bench{runners: []*runner{good, bad}}, 0, "bad: 3 errors, the first: answered 500"},
	} {
		err := tt.bench.judge(tt.missed)
		if (err == nil) != (tt.want == "") || err != nil && err.Error() != tt.want {
			t.Errorf("%v, want %q", err, tt.want)
		}
	}
}

func TestTheTablesArePlain(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	ours, base := given("ours", 30, 30), given("base", 100, 100)
	missed := print(&out, []line{ratio("ours ÷ base", ours, base, .4), limit("size", 44.7, 45, "MB", "")}, []*runner{base, ours})
	const want = `| what        | must    | measured              | ok     |
| ----------- | ------- | --------------------- | ------ |
| ours ÷ base | ≥ 0.4 × | 0.30 × (0.30 to 0.30) | missed |
| size        | ≤ 45 MB | 44.7 MB               | yes    |

| answers | median round | half within | 99% within | server's CPU each | errors |
| ------- | ------------ | ----------- | ---------- | ----------------- | ------ |
| base    | 100/s        | 0.00 ms     | 0.00 ms    | 1000 µs           | 0      |
| ours    | 30/s         | 0.00 ms     | 0.00 ms    | 1000 µs           | 0      |
`
	if out.String() != want || missed != 1 {
		t.Fatalf("missed %d\n%s", missed, strings.ReplaceAll(out.String(), " |\n", " |\\n\n"))
	}
}
