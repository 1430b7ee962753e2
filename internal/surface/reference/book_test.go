package reference

import (
	"os"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

func TestThePackIsUpToDate(t *testing.T) {
	t.Parallel()
	for _, api := range []string{contentAPI, memberAPI, adminAPI} {
		text, err := os.ReadFile("examples/" + api + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		packed, err := Examples(api)
		if err != nil {
			t.Fatal(err)
		}
		if packed.String() != string(text) {
			t.Errorf("the examples of the %s API are not those that are packed, or not written as they are read: make api packs them", api)
		}
	}
}

func TestABookIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	const text = "{{picture}} = 1\n\n== upload-picture: Into a folder\n@ owner\nPOST /pictures\nIf-Match: \"1\"\n" +
		"form file=@stand.png\nform alt=Five = five\nsettled\nkeep picture=id\n-- 201\n{\"id\":\"{{picture}}\"}\n" +
		"\n== change-note: Two lines\nPATCH /notes/1\n{\"title\":\n\"A\"}\n-- 204\n"
	b, err := ReadBook(text)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != text {
		t.Errorf("%s\nis not\n%s", b, text)
	}
	e := b.Examples[0]
	if e.As != "owner" || !e.Settled || strings.Join(e.Form, "|") != "file=@stand.png|alt=Five = five" || e.Status != 201 || b.Examples[1].Body != "{\"title\":\n\"A\"}" {
		t.Errorf("%+v %+v", e, b.Examples[1])
	}
	if _, err := ReadBook("\n== x: y\nGET /\n-- soon\n"); err == nil {
		t.Error("an answer has no status")
	}
}

// TestSigningInComesBeforeSigningOut: operations stand in the order of the
// examples, and those without one behind them, as they were.
func TestSigningInComesBeforeSigningOut(t *testing.T) {
	t.Parallel()
	b, err := ReadBook("\n== in: a\nPOST /in\n-- 204\n\n== again: b\nPOST /again\n-- 204\n\n== in: c\nPOST /in\n-- 204\n\n== out: d\nPOST /out\n-- 204\n")
	if err != nil {
		t.Fatal(err)
	}
	var all []*huma.Operation
	for _, id := range []string{"z", "out", "again", "y", "in"} {
		all = append(all, &huma.Operation{OperationID: id})
	}
	got := ""
	for _, o := range b.InOrder(all) {
		got += o.OperationID + " "
	}
	if got != "in again out z y " {
		t.Error(got)
	}
}
