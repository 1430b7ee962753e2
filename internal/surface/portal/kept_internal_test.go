package portal

import "testing"

// TestAnAnswerBegunBeforeAChangeIsNotKept would otherwise be the old page for
// a minute.
func TestAnAnswerBegunBeforeAChangeIsNotKept(t *testing.T) {
	t.Parallel()
	s := newShelf()
	began := s.now()
	s.empty()
	s.put("/", began, &kept{tag: "old"})
	if k, ok := s.pages.GetIfPresent("/"); ok {
		t.Errorf("kept %q", k.tag)
	}
	s.put("/", s.now(), &kept{tag: "new"})
	if k, ok := s.pages.GetIfPresent("/"); !ok || k.tag != "new" {
		t.Error("not kept")
	}
	s.empty()
	if _, ok := s.pages.GetIfPresent("/"); ok {
		t.Error("kept beyond a change")
	}
}
