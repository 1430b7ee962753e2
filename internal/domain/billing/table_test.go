package billing_test

import (
	"slices"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

func TestSmoke(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard)
		for _, e := range s.events() {
			t.Log(e.Type)
		}
		s.deliver(about(s.events(), sub)...)
		t.Log(s.open(m), s.verbs(sub), s.row(sub))
		if !slices.Equal(s.verbs(sub), []string{"started"}) {
			t.Error("x")
		}
	})
}
