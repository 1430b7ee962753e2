package adminapi

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"time"

	"lighttrends/internal/surface/kit"
)

// journalPage is how many entries of an export are in memory at once.
const journalPage = 500

// journalFile writes the journal page by page, as fast as somebody reads it.
type journalFile struct {
	ctx     context.Context // of one export
	journal Journal
	filter  JournalFilter
	next    string
	buffer  bytes.Buffer
}

func newJournalFile(ctx context.Context, j Journal, f JournalFilter, first []JournalEntry, next string) *journalFile {
	file := &journalFile{ctx: ctx, journal: j, filter: f, next: next}
	w := csv.NewWriter(&file.buffer)
	_ = w.Write([]string{"at", "actor_kind", "actor_id", "actor_name", "verb", "subject", "subject_id", "request_id", "payload"}) // to memory
	w.Flush()
	file.write(first)
	return file
}

// Read implements io.Reader. An error cuts the answer off, so that nobody
// takes half a file for the whole.
func (f *journalFile) Read(p []byte) (int, error) {
	for f.buffer.Len() == 0 {
		if f.next == "" {
			return 0, io.EOF
		}
		f.filter.Cursor = f.next
		entries, next, err := f.journal.List(f.ctx, f.filter)
		if err != nil {
			return 0, err
		}
		f.next = next
		f.write(entries)
	}
	return f.buffer.Read(p)
}

func (f *journalFile) write(entries []JournalEntry) {
	w := csv.NewWriter(&f.buffer)
	for _, e := range entries {
		row := []string{e.At.UTC().Format(time.RFC3339Nano), e.ActorKind, e.ActorID, e.ActorName, e.Verb, e.Subject, e.SubjectID, e.RequestID, string(e.Payload)}
		for i, cell := range row {
			row[i] = kit.Cell(cell)
		}
		_ = w.Write(row) // to memory
	}
	w.Flush()
}
