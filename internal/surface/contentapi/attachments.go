package contentapi

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/media"
)

// Attachment is a file beside a note.
type Attachment struct {
	ID       string `json:"id" format:"uuid"`
	Title    string `json:"title"`
	Type     string `json:"content_type"`
	Access   string `json:"access" enum:"note,public" doc:"note: who may read the note's gated text; public: everybody"`
	Bytes    int64  `json:"bytes" doc:"Exact for those who may have the file, in two figures for others"`
	Filename string `json:"filename,omitempty" doc:"For those who may have the file"`
	URL      string `json:"url,omitempty" doc:"Present exactly when this reader may have the file. Send the member's token with the request for a file that is not public"`
}

// attach adds the files of a note. The decision about the note's text is the
// one about the files that share its gate.
func (s *service) attach(ctx context.Context, n *Note, note uuid.UUID, d access.Decision) error {
	n.Attachments = []Attachment{}
	if s.Files == nil {
		return nil
	}
	all, err := s.Files.Attached(ctx, note)
	if err != nil {
		return err
	}
	for _, a := range all {
		out := Attachment{ID: a.ID.String(), Title: a.Title, Type: a.ContentType, Access: string(a.Access), Bytes: a.RoughBytes()}
		if d.Full() || a.Access == media.Everyone {
			out.Bytes, out.Filename, out.URL = a.Bytes, a.Filename, s.BaseURL+a.Address()
		}
		n.Attachments = append(n.Attachments, out)
	}
	return nil
}
