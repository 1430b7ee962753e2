package adminapi

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"iter"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/surface/kit"
)

// mark makes spreadsheets read a file as UTF-8; Excel takes one without it for
// the machine's own character set:
// https://support.microsoft.com/office/opening-csv-utf-8-files-correctly-in-excel-8a935af5-3416-4edd-ba7e-3dfd2bc4a032.
const mark = "\ufeff"

// csvFile writes rows as they are read, with what formulas begin with made
// harmless.
type csvFile struct {
	next   func() ([]string, error, bool)
	stop   func()
	buffer bytes.Buffer
}

// Read implements io.Reader. An error cuts the answer off, so that nobody
// takes half a file for the whole.
func (f *csvFile) Read(p []byte) (int, error) {
	for f.buffer.Len() == 0 {
		row, err, more := f.next()
		if !more {
			return 0, io.EOF
		}
		if err != nil {
			return 0, err
		}
		f.write(row)
	}
	return f.buffer.Read(p)
}

// Close lets go of the rows; the server calls it.
func (f *csvFile) Close() error {
	f.stop()
	return nil
}

func (f *csvFile) write(row []string) {
	w := csv.NewWriter(&f.buffer)
	safe := make([]string, len(row))
	for i, cell := range row {
		if safe[i] = cell; !isNumber(cell) {
			safe[i] = kit.Cell(cell)
		}
	}
	_ = w.Write(safe) // to memory
	w.Flush()
}

// isNumber tells which cells stay as they are although they begin with a minus.
func isNumber(cell string) bool {
	_, err := strconv.ParseInt(cell, 10, 64)
	return err == nil
}

// csvAnswer streams a table as a file.
func csvAnswer(name string, head []string, rows iter.Seq2[[]string, error]) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/csv; charset=utf-8")
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		next, stop := iter.Pull2(rows)
		file := &csvFile{next: next, stop: stop}
		file.buffer.WriteString(mark)
		file.write(head)
		kit.Ctx(hc.Context()).Context().SetBodyStream(file, -1)
	}}
}

// inFile documents an answer that is a file. Each operation needs its own:
// examples are added to it.
func inFile(text string, kinds ...string) map[string]*huma.Response {
	content := map[string]*huma.MediaType{}
	for _, kind := range kinds {
		content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	return map[string]*huma.Response{"200": {Description: text, Content: content}}
}

// inTable documents an answer that is a table for spreadsheets.
func inTable() map[string]*huma.Response { return inFile("A table for spreadsheets", "text/csv") }

// detached outlives the request: a file is written when the handler has
// returned.
func detached(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }
