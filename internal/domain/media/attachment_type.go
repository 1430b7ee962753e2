package media

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fileType is a type that can be attached.
type fileType struct{ contentType, ext string }

var (
	typePDF  = fileType{"application/pdf", ".pdf"}
	typeXLSX = fileType{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"}
	typeCSV  = fileType{"text/csv; charset=utf-8", ".csv"}
)

// typeOf finds the type of a file by its content alone. The name is never
// asked: it is the sender's word.
func typeOf(raw []byte) (fileType, error) {
	switch {
	case len(raw) == 0:
		return fileType{}, errEmptyFile
	case bytes.HasPrefix(raw, []byte("%PDF-1.")), bytes.HasPrefix(raw, []byte("%PDF-2.")):
		return typePDF, nil
	case isWorkbook(raw):
		return typeXLSX, nil
	case isTable(raw):
		return typeCSV, nil
	}
	return fileType{}, errFileType
}

// isWorkbook reads a zip's directory and unpacks nothing, so that no bomb goes
// off here. A workbook with macros is a program, not a table.
func isWorkbook(raw []byte) bool {
	if !bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return false
	}
	var types, book bool
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if path.Base(name) == "vbaproject.bin" {
			return false
		}
		types = types || name == "[content_types].xml"
		book = book || name == "xl/workbook.xml"
	}
	return types && book
}

// isTable takes text in which every row has the same number of fields, at
// least two, by one of the usual separators.
func isTable(raw []byte) bool {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(raw) || bytes.ContainsFunc(raw, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }) {
		return false
	}
	return slices.ContainsFunc([]rune{',', ';', '\t'}, func(comma rune) bool { return divides(raw, comma) })
}

func divides(raw []byte, comma rune) bool {
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comma, r.ReuseRecord = comma, true
	for width := 0; ; {
		row, err := r.Read() // an error when a row is not as wide as the first
		if err != nil {
			return errors.Is(err, io.EOF) && width > 1
		}
		width = len(row)
	}
}

// fit gives a name the extension of the type.
func (t fileType) fit(name string) string {
	stem := strings.TrimSuffix(name, path.Ext(name))
	if stem = strings.TrimSpace(strings.Trim(stem, ".")); stem == "" {
		stem = "file"
	}
	return stem + t.ext
}
