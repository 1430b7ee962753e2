package search

import (
	"fmt"
	"testing"
)

func TestSeenForgetsNothingAndInventsLittle(t *testing.T) {
	t.Parallel()
	s, words, others := newSeen(), []string{}, []string{}
	for i := range 60_000 {
		words, others = append(words, fmt.Sprintf("word%d", i)), append(others, fmt.Sprintf("other%d", i))
	}
	if got := s.fresh(words); len(got) != len(words) {
		t.Fatalf("%d of %d words are new to an empty filter", len(got), len(words))
	}
	s.add(words)
	if got := s.fresh(words); len(got) != 0 {
		t.Fatalf("%d words were forgotten", len(got))
	}
	if got := s.fresh(others); len(got) < len(others)*98/100 {
		t.Fatalf("only %d of %d other words are new", len(got), len(others))
	}
}
