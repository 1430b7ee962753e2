package fault_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/fault"
)

var errGone = fault.New(fault.Gone, "note_retracted", "This note was withdrawn.")

func TestAFaultIsFoundThroughWhatWrapsIt(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("loading: %w", errGone.Because(io.ErrUnexpectedEOF))
	if f := fault.Of(err); f.Kind != fault.Gone || f.Message != errGone.Message {
		t.Errorf("%+v", f)
	}
	if !errors.Is(err, errGone) || !fault.HasCode(err, "note_retracted") || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("the fault, its code or its cause is not found")
	}
	if fault.HasCode(err, "other") || errors.Is(err, fault.New(fault.Gone, "other", "")) || fault.HasCode(io.EOF, "other") {
		t.Error("a fault is taken for another")
	}
}

func TestABecauseLeavesTheOriginalAlone(t *testing.T) {
	t.Parallel()
	if _ = errGone.Because(io.EOF); errors.Is(errGone, io.EOF) {
		t.Error("a fault that everybody shares has kept somebody's cause")
	}
}

// TestAStrangersErrorSaysNothing: what is no fault may hold anything, so none of
// it is shown; the log gets it.
func TestAStrangersErrorSaysNothing(t *testing.T) {
	t.Parallel()
	f := fault.Of(errors.New("dial tcp 10.0.0.5: password hush"))
	if f.Kind != fault.Internal || f.Code != "internal" || strings.Contains(f.Message, "hush") {
		t.Errorf("%+v", f)
	}
	if !strings.Contains(f.Error(), "hush") {
		t.Error("the log does not get the cause")
	}
	if fault.Of(nil) != nil {
		t.Error("nothing is a fault")
	}
	if w := fault.Wrap(io.EOF, fault.Unavailable, "down", "Down."); strings.Contains(w.Message, "EOF") || !strings.Contains(w.Error(), "EOF") {
		t.Errorf("%q, %q", w.Message, w.Error())
	}
}

func TestFieldsAreCollected(t *testing.T) {
	t.Parallel()
	var f fault.Fields
	f.Required("/title", "x")
	f.MaxRunes("/title", "äöü", 3)
	f.Check(true, "/gate", "unknown", "")
	if err := f.Err(); err != nil {
		t.Errorf("good input is refused: %v", err)
	}
	f.Required("/title", "")
	f.MaxRunes("/abstract", "äöüß", 3)
	f.Check(false, "/gate", "unknown", "There is no such gate.")
	got := fault.Of(f.Err())
	want := []fault.Field{
		{Path: "/title", Code: "required", Message: "This field is required."},
		{Path: "/abstract", Code: "too_long", Message: "At most 3 characters."},
		{Path: "/gate", Code: "unknown", Message: "There is no such gate."},
	}
	if d := cmp.Diff(want, got.Fields); d != "" || got.Kind != fault.Invalid || got.Code != "invalid_input" {
		t.Errorf("%s %+v", d, got)
	}
	if text := got.Error(); !strings.Contains(text, "/gate: unknown") {
		t.Errorf("the log does not name the fields: %s", text)
	}
}
