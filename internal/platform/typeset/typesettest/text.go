// Package typesettest reads the text out of PDFs that package typeset made, so
// that tests can look for words in them.
package typesettest

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

var (
	object  = regexp.MustCompile(`(?s)(\d+) 0 obj\n(.*?)\nendobj\n`)
	pages   = regexp.MustCompile(`/Contents \[([^\]]*)\]`)
	named   = regexp.MustCompile(`/([FS]\d+) (\d+) 0 R`)
	unicode = regexp.MustCompile(`/ToUnicode (\d+) 0 R`)
	mapping = regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]+)>`)
	shown   = regexp.MustCompile(`/([FS]\d+) [\d.]+ Tf|<([0-9A-F]*)> Tj`)
	number  = regexp.MustCompile(`(\d+) 0 R`)
)

// Text gives what the pages say, in the order it is drawn, with a blank between
// strings and a form feed between pages.
func Text(pdf []byte) string {
	bodies := map[string][]byte{}
	for _, m := range object.FindAllSubmatch(pdf, -1) {
		bodies[string(m[1])] = m[2]
	}
	fonts := map[string]map[string]string{}
	for _, body := range bodies {
		for _, m := range named.FindAllSubmatch(body, -1) {
			if u := unicode.FindSubmatch(bodies[string(m[2])]); u != nil {
				fonts[string(m[1])] = characters(unpacked(bodies[string(u[1])]))
			}
		}
	}
	var out strings.Builder
	for _, m := range object.FindAllSubmatch(pdf, -1) {
		contents := pages.FindSubmatch(m[2])
		if contents == nil {
			continue
		}
		for _, id := range number.FindAllSubmatch(contents[1], -1) {
			write(&out, unpacked(bodies[string(id[1])]), fonts)
		}
		out.WriteString("\f")
	}
	return out.String()
}

// Drawn gives the operators of all pages.
func Drawn(pdf []byte) string {
	bodies := map[string][]byte{}
	for _, m := range object.FindAllSubmatch(pdf, -1) {
		bodies[string(m[1])] = m[2]
	}
	var out strings.Builder
	for _, contents := range pages.FindAllSubmatch(pdf, -1) {
		for _, id := range number.FindAllSubmatch(contents[1], -1) {
			out.Write(unpacked(bodies[string(id[1])]))
		}
	}
	return out.String()
}

func unpacked(body []byte) []byte {
	_, data, found := bytes.Cut(body, []byte("stream\n"))
	if !found {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	plain, _ := io.ReadAll(z)
	return plain
}

func characters(cmap []byte) map[string]string {
	out := map[string]string{}
	for _, m := range mapping.FindAllSubmatch(cmap, -1) {
		var units []uint16
		for i := 0; i+4 <= len(m[2]); i += 4 {
			v, _ := strconv.ParseUint(string(m[2][i:i+4]), 16, 16)
			units = append(units, uint16(v))
		}
		out[string(m[1])] = string(utf16.Decode(units))
	}
	return out
}

func write(out *strings.Builder, content []byte, fonts map[string]map[string]string) {
	var font map[string]string
	for _, m := range shown.FindAllSubmatch(content, -1) {
		if len(m[1]) > 0 {
			font = fonts[string(m[1])]
			continue
		}
		codes := string(m[2])
		if font == nil { // Courier: one byte each, Latin
			for i := 0; i+2 <= len(codes); i += 2 {
				v, _ := strconv.ParseUint(codes[i:i+2], 16, 8)
				out.WriteRune(rune(v))
			}
		}
		for i := 0; font != nil && i+4 <= len(codes); i += 4 {
			out.WriteString(font[codes[i:i+4]])
		}
		out.WriteByte(' ')
	}
}
