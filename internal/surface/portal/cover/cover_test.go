package cover_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lighttrends/internal/surface/portal/cover"
)

func face(number int, title string) cover.Face {
	return cover.Face{Series: "Cold Side Letter", Title: title, Number: number, Month: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, number, 0)}
}

// TestTheSameFaceIsTheSameDrawing also when it is drawn twice on a page.
func TestTheSameFaceIsTheSameDrawing(t *testing.T) {
	t.Parallel()
	a, b := cover.Draw(face(7, "Nobody is waiting")), cover.Draw(face(7, "Nobody is waiting"))
	if a != b {
		t.Error("two drawings of one face differ")
	}
	if strings.Contains(a, " id=") {
		t.Error("an id would be there twice on a page with two covers")
	}
}

// TestNeighboursDiffer in pattern and colour.
func TestNeighboursDiffer(t *testing.T) {
	t.Parallel()
	paper := func(s string) string {
		_, rect, _ := strings.Cut(s, "<rect")
		return rect[:min(len(rect), 60)]
	}
	for n := 1; n < 40; n++ {
		a, b := cover.Draw(face(n, "x")), cover.Draw(face(n+1, "x"))
		if a == b || paper(a) == paper(b) {
			t.Errorf("%d and %d look alike", n, n+1)
		}
	}
}

// TestAnyFace draws anything as well-formed SVG that the content security
// policy lets be, and that is light.
func TestAnyFace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		f := cover.Face{
			Series: rapid.String().Draw(r, "series"), Title: rapid.String().Draw(r, "title"), Number: rapid.IntRange(-5, 99999).Draw(r, "number"),
			Month: time.Unix(rapid.Int64Range(0, 4e9).Draw(r, "month"), 0).UTC(),
		}
		f.Series, f.Title = strings.Map(printable, f.Series), strings.Map(printable, f.Title)
		s := cover.Draw(f)
		if !strings.HasPrefix(s, `<svg class="cover"`) || len(s) > 8000+6*len(f.Title)+6*len(f.Series) {
			r.Fatalf("%d bytes", len(s))
		}
		for d := xml.NewDecoder(strings.NewReader(s)); ; {
			token, err := d.Token()
			if err == io.EOF { //nolint:errorlint // Token returns it bare
				break
			}
			if err != nil {
				r.Fatal(err, s)
			}
			if el, ok := token.(xml.StartElement); ok {
				check(r, el)
			}
		}
	})
}

func check(r *rapid.T, el xml.StartElement) {
	if el.Name.Local == "style" || el.Name.Local == "script" {
		r.Fatal(el.Name.Local)
	}
	for _, a := range el.Attr {
		if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Value, "NaN") {
			r.Fatal(a)
		}
	}
}

// printable leaves out what XML cannot carry; titles never hold it.
func printable(c rune) rune {
	if c < ' ' || c == 0xfffe || c == 0xffff || c >= 0x7f && c < 0xa0 {
		return -1
	}
	return c
}

// TestName is what a screen reader says.
func TestName(t *testing.T) {
	t.Parallel()
	if got := face(7, "").Name(); got != "Cover of Cold Side Letter, number 7, August 2026" {
		t.Error(got)
	}
	f := face(7, "")
	f.Number = 0
	if got := f.Name(); got != "Cover of Cold Side Letter, August 2026" {
		t.Error(got)
	}
	if s := cover.Draw(f); !strings.Contains(s, ">8</text>") {
		t.Error("without a number the month stands in")
	}
}
