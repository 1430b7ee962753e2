package typeset

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// The fonts are cut to what European languages write; fonts/README.md tells
// where they come from.
//
//go:embed fonts/*.ttf.gz
var fontFiles embed.FS

// scripts are the parts each face comes in. A document holds those it uses.
func scripts() []string { return []string{"latin", "latin-ext", "greek", "cyrillic"} }

// Press holds the fonts. It is safe for several goroutines.
type Press struct {
	fonts map[string]*font // by file name without ending
}

// New reads the fonts.
func New() (*Press, error) {
	p := &Press{fonts: map[string]*font{}}
	files, err := fontFiles.ReadDir("fonts")
	if err != nil {
		return nil, fmt.Errorf("typeset: %w", err)
	}
	for _, file := range files {
		raw, err := fontFiles.ReadFile("fonts/" + file.Name())
		if err != nil {
			return nil, fmt.Errorf("typeset: %w", err)
		}
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return nil, fmt.Errorf("typeset: %s: %w", file.Name(), err)
		}
		plain, err := io.ReadAll(z)
		if err != nil {
			return nil, fmt.Errorf("typeset: %s: %w", file.Name(), err)
		}
		name := strings.TrimSuffix(file.Name(), ".ttf.gz")
		if p.fonts[name], err = readFont(plain); err != nil {
			return nil, fmt.Errorf("typeset: %s: %w", file.Name(), err)
		}
	}
	return p, nil
}

// family is a kind of letters.
type family uint8

const (
	serif family = iota
	sans
	mono
)

// source is a font that may print a character, and what has to be done to it.
type source struct {
	name  string
	slant bool // it stands upright and is leaned
	thick bool // it is regular and is drawn with an edge
}

// sources lists the fonts of a style, best first. Sans stands in for all: it
// has signs that the serif lacks.
func (st style) sources() (out []source) {
	for _, script := range scripts() {
		switch {
		case st.family != serif:
		case st.bold:
			out = append(out, source{"serif-bold-" + script, st.italic, false})
		case st.italic && strings.HasPrefix(script, "latin"):
			out = append(out, source{"serif-italic-" + script, false, false})
		default:
			out = append(out, source{"serif-" + script, st.italic, false})
		}
	}
	for _, script := range scripts() {
		out = append(out, source{"sans-" + script, st.italic, st.bold})
	}
	return out
}

// courier gives the code of a character in the one font every reader of PDF
// brings along, in the encoding WinAnsi; 0 where it has none.
func courier(r rune) byte {
	if r >= ' ' && r < 0x7f || r >= 0xa0 && r <= 0xff {
		return byte(r) //nolint:gosec // below 256
	}
	if before, _, found := strings.Cut("€\x00‚ƒ„…†‡ˆ‰Š‹Œ\x00Ž\x00\x00‘’“”•–—˜™š›œ\x00žŸ", string(r)); found && r > 0 {
		return byte(0x80 + utf8.RuneCountInString(before)) //nolint:gosec // 32 of them
	}
	return 0
}
