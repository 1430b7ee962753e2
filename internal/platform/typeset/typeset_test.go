package typeset_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/platform/markdown"
	"lighttrends/internal/platform/typeset"
	"lighttrends/internal/platform/typeset/typesettest"
)

func press(t testing.TB) *typeset.Press {
	t.Helper()
	p, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func document(body string) typeset.Document {
	return typeset.Document{
		Base: "https://notes.example", Masthead: "LightTrends", Address: "notes.example", Eyebrow: "LightTrends Newsletter No. 7 · July 2026 · Research note",
		Title: "Optical transceivers after the pause: who buys, who waits and what it costs", Abstract: "A short public summary of the note, in a few lines that say what was found and for whom it matters.",
		Byline:  []string{"By Ada Lind", "14 July 2026", "Version 2"},
		Notices: []typeset.Remark{{Label: "Correction, 20 July 2026:", Text: "The figure for 2025 was 4.1, not 4.7."}},
		Closing: []typeset.Remark{{Label: "Cite as", Text: "Lind, A. (2026). Optical transceivers after the pause (Version 2). LightTrends. https://notes.example/notes/sample/v/2"}},
		Small:   "For the person named below only.",
		HTML:    markdown.Render([]byte(body), markdown.Options{}).FullHTML,
		Number:  func(page, of int) string { return fmt.Sprintf("Page %d of %d", page, of) },
	}
}

// stamped sets and stamps a text. With PDF_OUT the file is kept, to be looked at.
func stamped(t testing.TB, d typeset.Document, pictures typeset.Pictures) []byte {
	t.Helper()
	b, err := press(t).Set(t.Context(), d, typeset.A4, pictures)
	if err != nil {
		t.Fatal(err)
	}
	pdf := b.Stamp(typeset.Stamp{
		Lines: []string{"Copy of Jürgen Ωmega Жуков · 29 November 2026 · Version 2", "Serial 7K2M-Q0VX-94TB-HC6E"}, Serial: "7K2M-Q0VX-94TB-HC6E", At: time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC),
	})
	if out := os.Getenv("PDF_OUT"); out != "" {
		name := strings.NewReplacer("/", "-", " ", "-").Replace(t.Name())
		if err := os.WriteFile(out+"/"+name+".pdf", pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return pdf
}

// dense leaves the blanks out: a word that two fonts print comes in parts.
func dense(s string) string { return strings.Join(strings.Fields(s), "") }

// pagesOf gives what each page says, without blanks.
func pagesOf(pdf []byte) []string {
	pages := strings.Split(strings.TrimSuffix(typesettest.Text(pdf), "\f"), "\f")
	for i := range pages {
		pages[i] = dense(pages[i])
	}
	return pages
}

// inOrder fails where one of the texts does not follow the one before.
func inOrder(t *testing.T, all string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		_, rest, found := strings.Cut(all, dense(text))
		if !found {
			t.Fatalf("%q is missing, or stands too early, in %.3000s", text, all)
		}
		all = rest
	}
}

func sample(t testing.TB) string {
	t.Helper()
	body, err := os.ReadFile("testdata/sample.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestANote(t *testing.T) {
	t.Parallel()
	pdf := stamped(t, document(sample(t)), nil)
	pages := pagesOf(pdf)
	all := strings.Join(pages, " ")
	t.Run("has its words in the order they are read", func(t *testing.T) {
		inOrder(t, all, "LightTrends", "notes.example", "Research note", "Optical transceivers after", "short public summary", "By Ada Lind", "Correction, 20 July 2026:", "Preview paragraph with", "strong", "emphasis", "inline code",
			"Ελληνικά", "Привет", "Zażółć", "A heading of the second level", "First item", "nested one", "1.", "deep one", "A third level", "A quotation", "Warning", "Take care",
			"Vendor", "Alpha", "1,200", "func main()", "Shipments by region", "Datacom", "Estimates", "Source: Our survey", "Price of a module", "Another heading", "[A picture]", "The caption", "Last words.",
			"The first footnote", "The second one.", "Cite as", "For the person named below only.")
	})
	t.Run("can be searched for what no font of ours has", func(t *testing.T) {
		inOrder(t, all, "שלום", "سلام", "光通信市场", "😀")
	})
	t.Run("numbers its pages and names the reader on each", func(t *testing.T) {
		for i, page := range pages {
			for _, want := range []string{fmt.Sprintf("Page %d of %d", i+1, len(pages)), "Copy of Jürgen Ωmega Жуков", "Serial 7K2M-Q0VX-94TB-HC6E"} {
				if !strings.Contains(page, dense(want)) {
					t.Errorf("page %d has no %q", i+1, want)
				}
			}
		}
		if len(pages) < 2 {
			t.Error("the sample must fill several pages")
		}
	})
	t.Run("has its headings as outline and its links", func(t *testing.T) {
		for _, want := range []string{
			"/Outlines", "/Title <FEFF0041002000680065006100640069006E0067002000", "/URI (https://example.com/path?a=b\\(c\\))", "/Dest [", "/Lang <FEFF0065006E>",
		} {
			if !bytes.Contains(pdf, []byte(want)) {
				t.Errorf("no %s", want)
			}
		}
	})
	t.Run("says where each object is", func(t *testing.T) {
		start := regexp.MustCompile(`startxref\n(\d+)\n`).FindSubmatch(pdf)
		var at int
		if _, err := fmt.Sscan(string(start[1]), &at); err != nil || !bytes.HasPrefix(pdf[at:], []byte("xref\n0 ")) {
			t.Fatalf("%d %v", at, err)
		}
		for i, m := range regexp.MustCompile(`(?m)^(\d{10}) 00000 n `).FindAllSubmatch(pdf[at:], -1) {
			var offset int
			if _, err := fmt.Sscanf(string(m[1]), "%d", &offset); err != nil || !bytes.HasPrefix(pdf[offset:], fmt.Appendf(nil, "%d 0 obj\n", i+1)) {
				t.Errorf("object %d is not at %d", i+1, offset)
			}
		}
	})
	t.Run("draws charts with lines, not dots", func(t *testing.T) {
		if bytes.Contains(pdf, []byte("/Subtype /Image")) {
			t.Error("there is an image")
		}
	})
}

func TestALongTable(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("| Vendor | Units | Remark |\n|---|---:|---|\n")
	for i := range 120 {
		fmt.Fprintf(&b, "| Row%03d | %d | A remark that is so long that it must be wrapped within its own cell, as it would be on a page |\n", i, i*37)
	}
	pages := pagesOf(stamped(t, document(b.String()), nil))
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages[:len(pages)-1] {
		if strings.Count(page, "VendorUnitsRemark") != 1 {
			t.Errorf("page %d has the head %d times", i+1, strings.Count(page, "VendorUnitsRemark"))
		}
	}
	inOrder(t, strings.Join(pages, " "), "Row000", "Row059", "Row119")
}

func TestWhatIsTooWideOrTooTall(t *testing.T) {
	t.Parallel()
	columns := strings.Repeat("| Wideheading ", 14) + "|\n" + strings.Repeat("|---", 14) + "|\n" + strings.Repeat("| 1234567890 ", 14) + "|\n"
	tall := "| a | b |\n|---|---|\n| " + strings.Repeat("many words in one cell ", 340) + " END | x |\n"
	body := columns + "\n" + tall + "\n" + strings.Repeat("Donaudampfschifffahrt", 40) + "\n\n```\n" + strings.Repeat("x", 400) + "\n" + strings.Repeat("line\n", 120) + "```\n\n" +
		strings.Repeat("> ", 20) + "deep\n\n" + strings.Repeat("# Heading\n\n", 60)
	all := strings.Join(pagesOf(stamped(t, document(body), nil)), " ")
	inOrder(t, all, "many words", "END", "line", "deep", "Heading")
}

func TestPictures(t *testing.T) {
	t.Parallel()
	m := image.NewNRGBA(image.Rect(0, 0, 40, 20))
	m.Set(3, 3, color.NRGBA{200, 0, 0, 90})
	var asPNG, asJPEG bytes.Buffer
	if err := errors.Join(png.Encode(&asPNG, m), jpeg.Encode(&asJPEG, m, nil)); err != nil {
		t.Fatal(err)
	}
	asked := map[string]int{}
	files := map[string][]byte{"/media/a.png": asPNG.Bytes(), "/media/b.jpg": asJPEG.Bytes(), "/media/c.png": []byte("no picture")}
	body := "![First](/media/a.png \"Caption one\")\n\n![Second](/media/b.jpg)\n\n![Third](/media/c.png)\n\n![Again](/media/a.png)\n"
	pdf := stamped(t, document(body), func(_ context.Context, address string) ([]byte, error) {
		asked[address]++
		return files[address], nil
	})
	if n := bytes.Count(pdf, []byte("/Subtype /Image")); n != 3 { // the dots, what is transparent, and the JPEG
		t.Errorf("%d images", n)
	}
	if !bytes.Contains(pdf, []byte("/SMask")) || !bytes.Contains(pdf, []byte("/DCTDecode")) || asked["/media/a.png"] != 1 {
		t.Errorf("%v", asked)
	}
	inOrder(t, strings.Join(pagesOf(pdf), " "), "Caption one", "[Third]")
	t.Run("that cannot be read now fail the whole", func(t *testing.T) {
		gone := errors.New("the store is away")
		_, err := press(t).Set(t.Context(), document(body), typeset.A4, func(context.Context, string) ([]byte, error) { return nil, gone })
		if !errors.Is(err, gone) {
			t.Errorf("%v", err)
		}
	})
}

func TestAStampChangesNoBody(t *testing.T) {
	t.Parallel()
	b, err := press(t).Set(t.Context(), document("Words.\n"), typeset.Letter, nil)
	if err != nil {
		t.Fatal(err)
	}
	one := b.Stamp(typeset.Stamp{Lines: []string{"Copy of Kim"}, Serial: "A"})
	two := b.Stamp(typeset.Stamp{Lines: []string{"Copy of Bo"}, Serial: "B"})
	if again := b.Stamp(typeset.Stamp{Lines: []string{"Copy of Kim"}, Serial: "A"}); !bytes.Equal(one, again) {
		t.Error("the second stamp changed what the first made")
	}
	if strings.Contains(typesettest.Text(two), "Kim") || !bytes.Contains(two, []byte("[0 0 612 792]")) {
		t.Error("one reader's name is in another's copy, or the paper is wrong")
	}
	long := b.Stamp(typeset.Stamp{Lines: []string{strings.Repeat("A very long name ", 40)}, Serial: "C"})
	if !strings.Contains(typesettest.Text(long), "…") {
		t.Error("a long name is not cut")
	}
}

// FuzzSet: whatever a note holds, it can be printed.
func FuzzSet(f *testing.F) {
	f.Add(sample(f))
	f.Add("<details>\n<summary>x</summary>\n\n| a |\n|-|\n")
	f.Add("```chart\ntype: line\ntitle: t\nx: [a]\nseries: [{name: n, data: [null]}]\n```")
	p := press(f)
	f.Fuzz(func(t *testing.T, body string) {
		b, err := p.Set(t.Context(), document(body), typeset.A4, nil)
		if err != nil {
			t.Fatal(err)
		}
		if pdf := b.Stamp(typeset.Stamp{Lines: []string{body}, Serial: "S"}); !bytes.HasSuffix(pdf, []byte("%%EOF\n")) {
			t.Error("cut off")
		}
	})
}

// article is a note of about 3,000 words with four charts and three tables.
func article() string {
	var b strings.Builder
	words := strings.Fields("optical transceivers for data centres were bought ahead of need in the first half and the pause that followed is now over in most regions of the market")
	for section := range 12 {
		fmt.Fprintf(&b, "## Section %d\n\n", section+1)
		for range 5 {
			for i := range 50 {
				b.WriteString(words[(i*7+section)%len(words)] + " ")
			}
			b.WriteString("with **emphasis** and a [link](https://example.com).\n\n")
		}
		if section%3 == 0 {
			b.WriteString("```chart\ntype: bar\ntitle: Shipments\nunit: thousand\nx: [2021, 2022, 2023, 2024, 2025]\nseries:\n  - {name: Datacom, data: [12, 18, 24, 31, 40]}\n  - {name: Telecom, data: [9, 8, 11, 12, 14]}\n```\n\n")
		}
		if section%4 == 0 {
			b.WriteString("| Vendor | 2023 | 2024 | Remark |\n|---|---:|---:|---|\n")
			for i := range 10 {
				fmt.Fprintf(&b, "| Vendor %d | %d | %d | grew faster than the market as a whole |\n", i, i*31, i*47)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func BenchmarkSet(b *testing.B) {
	p, d := press(b), document(article())
	for b.Loop() {
		if _, err := p.Set(b.Context(), d, typeset.A4, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStamp(b *testing.B) {
	body, err := press(b).Set(b.Context(), document(article()), typeset.A4, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(body.Pages()), "pages")
	for b.Loop() {
		body.Stamp(typeset.Stamp{Lines: []string{"Copy of Ada Lind · 29 November 2026 · Version 2", "Serial 7K2M-Q0VX-94TB-HC6E"}, Serial: "7K2M-Q0VX-94TB-HC6E"})
	}
}

func TestATableOfVeryManyColumns(t *testing.T) {
	t.Parallel()
	for name, cell := range map[string]string{"empty": " ", "filled": "x"} {
		for _, quoted := range []string{"", strings.Repeat("> ", 40)} { // where no room is left at all
			row := func(c string) string { return quoted + strings.Repeat("|"+c, 200) + "|\n" }
			pdf := typesettest.Drawn(stamped(t, document(row(cell)+row("-")+row(cell)), nil))
			for _, bad := range []string{"NaN", "Inf"} {
				if strings.Contains(pdf, bad) {
					t.Errorf("%s cells, quoted %d deep: a number is %s", name, len(quoted)/2, bad)
				}
			}
		}
	}
}

func TestNobodyWaits(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	asked := 0
	_, err := press(t).Set(ctx, document(strings.Repeat("![A picture](/media/x.png)\n\n", 20)), typeset.A4, func(context.Context, string) ([]byte, error) {
		asked++
		leave()
		return nil, nil
	})
	if !errors.Is(err, context.Canceled) || asked != 1 {
		t.Errorf("%d pictures, %v", asked, err)
	}
}
