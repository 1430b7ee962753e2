package reference

import (
	"os"
	"strings"
	"testing"
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
