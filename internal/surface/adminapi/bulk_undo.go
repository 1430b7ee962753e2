package adminapi

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
)

// undoAtATime is how many notes one request takes back at most.
const undoAtATime = 100

// SelectedNote is a note as a choice of many names it.
type SelectedNote struct {
	SeenNote
	Title   string `json:"title"`
	Status  string `json:"status" enum:"draft,in_review,scheduled,published,retracted,archived"`
	Changed bool   `json:"changed" doc:"The draft differs from what readers see"`
}

type (
	selectNotesInput struct{ NoteFilter }
	selectionOutput  struct {
		Body struct {
			Notes []SelectedNote `json:"notes" doc:"Last changed first"`
			Most  int            `json:"most" doc:"How many can be chosen at once"`
			More  bool           `json:"more" doc:"There are more than that"`
		}
	}
	undoInput struct {
		Act uuid.UUID `path:"act" format:"uuid"`
	}
	undoOutput struct {
		Body struct {
			Results []BulkResult `json:"results"`
			Left    int64        `json:"left" doc:"Notes that are still to be taken back"`
		}
	}
)

// act names what is done, for taking it back: by whoever asks, under the key.
func (b *BulkChange) act(ctx context.Context, key string) uuid.UUID {
	if b.Act != nil {
		return *b.Act
	}
	return uuid.NewSHA1(actor.From(ctx).ID, []byte(key))
}

func (s *service) selectNotes(ctx context.Context, in *selectNotesInput) (*selectionOutput, error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	notes, more, err := s.Desk.Select(ctx, f)
	if err != nil {
		return nil, err
	}
	var out selectionOutput
	out.Body.Most, out.Body.More, out.Body.Notes = content.MaxSelected, more, make([]SelectedNote, len(notes))
	for i, n := range notes {
		out.Body.Notes[i] = SelectedNote{SeenNote{n.ID, n.Version}, n.Title, string(n.Status), n.Changed()}
	}
	return &out, nil
}

func (s *service) undoChange(ctx context.Context, in *undoInput) (*undoOutput, error) {
	steps, left, err := s.Desk.Undo(ctx, in.Act, undoAtATime)
	if err != nil {
		return nil, err
	}
	var out undoOutput
	out.Body.Left, out.Body.Results = left, make([]BulkResult, 0, len(steps))
	for _, u := range steps {
		r := BulkResult{ID: u.Note.String(), Title: u.Title, Outcome: "done", Version: u.Version}
		if u.Refused != nil {
			if r, err = refusal(u.Note, u.Title, u.Refused); err != nil {
				return nil, err
			}
		}
		out.Body.Results = append(out.Body.Results, r)
	}
	return &out, nil
}
