package adminapi

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// membersPage is how many members of an export are in memory at once.
const membersPage = 200

// membersFile writes the list page by page, as fast as somebody reads it.
type membersFile struct {
	ctx    context.Context // of one export
	s      *service
	filter identity.ListMembers
	next   string
	buffer bytes.Buffer
}

func (s *service) exportMembers(ctx context.Context, in *exportMembersInput) (*huma.StreamResponse, error) {
	filter := in.filter()
	filter.Limit = membersPage
	var f fault.Fields
	for _, text := range in.IDs {
		id, err := uuid.Parse(text)
		f.Check(err == nil, "ids", "bad_id", "This is no id of a member.")
		filter.IDs = append(filter.IDs, id)
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	// The first page is read here, so that what is wrong is still told with a
	// status.
	first, next, err := s.memberPage(ctx, filter)
	if err != nil {
		return nil, err
	}
	if err := s.Identity.MembersExported(ctx); err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/csv; charset=utf-8")
		hc.SetHeader("Content-Disposition", `attachment; filename="members.csv"`)
		// The file is written when the handler has returned, so it does not
		// live by the request's own deadline.
		file := &membersFile{ctx: context.WithoutCancel(ctx), s: s, filter: filter, next: next}
		w := csv.NewWriter(&file.buffer)
		_ = w.Write([]string{"id", "email", "name", "status", "plans", "signed_in", "since"}) // to memory
		w.Flush()
		file.write(first)
		kit.Ctx(hc.Context()).Context().SetBodyStream(file, -1)
	}}, nil
}

// Read implements io.Reader. An error cuts the answer off, so that nobody
// takes half a file for the whole.
func (f *membersFile) Read(p []byte) (int, error) {
	for f.buffer.Len() == 0 {
		if f.next == "" {
			return 0, io.EOF
		}
		f.filter.Cursor = f.next
		page, next, err := f.s.memberPage(f.ctx, f.filter)
		if err != nil {
			return 0, err
		}
		f.next = next
		f.write(page)
	}
	return f.buffer.Read(p)
}

func (f *membersFile) write(page []ListedMember) {
	w := csv.NewWriter(&f.buffer)
	for _, m := range page {
		plans := make([]string, len(m.Plans))
		for i, p := range m.Plans {
			if plans[i] = p; p == "" {
				plans[i] = "every plan"
			}
		}
		row := []string{m.ID, m.Email, m.Name, m.Status, strings.Join(plans, ", "), strconv.FormatBool(m.Verified), m.CreatedAt.UTC().Format(time.RFC3339)}
		for i, cell := range row {
			row[i] = kit.Cell(cell)
		}
		_ = w.Write(row) // to memory
	}
	w.Flush()
}
