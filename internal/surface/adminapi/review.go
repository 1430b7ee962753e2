package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
)

// Person is somebody at the desk.
type Person struct {
	ID   string `json:"id,omitempty" format:"uuid" doc:"Of a staff user or a key; absent for the system"`
	Name string `json:"name"`
}

// InReview is how a note stands in review.
type InReview struct {
	State       string    `json:"state" enum:"open,approved"`
	Revision    int       `json:"revision" doc:"Number of the revision that was submitted or approved"`
	Current     bool      `json:"current" doc:"That revision still is the working one"`
	Message     string    `json:"message"`
	Reviewers   []Person  `json:"reviewers" doc:"None: whoever may review"`
	SubmittedBy Person    `json:"submitted_by"`
	SubmittedAt time.Time `json:"submitted_at"`
	ApprovedBy  *Person   `json:"approved_by,omitempty"`
}

// Submission is a draft that was given to reviewers, and what they decided.
type Submission struct {
	ID          string     `json:"id" format:"uuid"`
	State       string     `json:"state" enum:"open,approved,sent_back,withdrawn,published"`
	Revision    int        `json:"revision"`
	Message     string     `json:"message"`
	Reviewers   []Person   `json:"reviewers"`
	SubmittedBy Person     `json:"submitted_by"`
	SubmittedAt time.Time  `json:"submitted_at"`
	Decisions   []Decision `json:"decisions"`
}

// Decision is what one reviewer decided.
type Decision struct {
	Decision string    `json:"decision" enum:"approve,send_back"`
	Reason   string    `json:"reason"`
	Revision int       `json:"revision"`
	By       Person    `json:"by"`
	At       time.Time `json:"at"`
}

func personOf(p content.Person) Person {
	out := Person{Name: p.Name}
	if p.ID != nil {
		out.ID = p.ID.String()
	}
	return out
}

func people(list []content.Person) []Person {
	out := make([]Person, len(list))
	for i, p := range list {
		out[i] = personOf(p)
	}
	return out
}

func inReview(n *content.Note, x *content.Submission) *InReview {
	if x == nil {
		return nil
	}
	out := &InReview{
		State: string(x.State), Revision: x.Revision, Current: x.RevisionID == n.DraftRevision, Message: x.Message,
		Reviewers: people(x.Reviewers), SubmittedBy: personOf(x.Submitter()), SubmittedAt: x.SubmittedAt,
	}
	if x.State == content.Approved {
		by := personOf(x.Approver())
		out.ApprovedBy = &by
	}
	return out
}

type (
	submitInput struct {
		NoteID
		IfMatch string `header:"If-Match"`
		Body    struct {
			Message   string      `json:"message,omitempty" maxLength:"2000" doc:"To the reviewers"`
			Reviewers []uuid.UUID `json:"reviewers,omitempty" maxItems:"20" doc:"Staff users; none asks everybody who may review"`
		}
	}
	// NoteVerb is the input of a verb that takes nothing but the note.
	noteVerb struct {
		NoteID
		IfMatch string `header:"If-Match"`
	}
	reviewInput struct {
		NoteID
		IfMatch string `header:"If-Match"`
		Body    struct {
			Decision string `json:"decision" enum:"approve,send_back"`
			Reason   string `json:"reason,omitempty" maxLength:"2000" doc:"Required to send a note back"`
		}
	}
	reviewsOutput struct {
		Body struct {
			Submissions []Submission `json:"submissions"`
		}
	}
)

func (s *service) reviews() {
	const tag = "Review"
	add(s, route{method: http.MethodPut, path: "/notes/{id}/submission", id: "submit-note", tag: tag, need: actor.NotesWrite,
		summary: "Give the draft to reviewers", text: "They are told. Again while it is in review: with the message, the reviewers and the draft of now."}, s.submit)
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/submission", id: "withdraw-note", tag: tag, need: actor.NotesWrite,
		summary: "Take the draft back from its reviewers"}, s.verb((*content.Desk).Withdraw))
	add(s, route{method: http.MethodPost, path: "/notes/{id}/reviews", id: "review-note", tag: tag, need: actor.NotesReview,
		summary: "Approve the draft or send it back", text: "With four eyes asked for (see the publication's settings), nobody approves what they submitted or alone wrote."}, s.review)
	add(s, route{method: http.MethodGet, path: "/notes/{id}/reviews", id: "list-reviews", tag: tag, need: actor.NotesRead,
		summary: "List what was submitted and decided", text: "Newest first."}, s.listReviews)
	add(s, route{method: http.MethodPut, path: "/notes/{id}/archive", id: "archive-note", tag: "Notes", need: actor.NotesArchive,
		summary: "Put a note away", text: "Not one that readers see: retract it first."}, s.verb((*content.Desk).Archive))
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/archive", id: "unarchive-note", tag: "Notes", need: actor.NotesArchive,
		summary: "Take a note out of the archive"}, s.verb((*content.Desk).Unarchive))
}

// ifSent reads If-Match where it may be left out.
func ifSent(header string) (int64, error) {
	if header == "" {
		return 0, nil
	}
	return version(header)
}

// verb makes a handler of a verb of the desk that needs only note and version.
func (s *service) verb(do func(*content.Desk, context.Context, uuid.UUID, int64) (*content.DraftView, error)) func(context.Context, *noteVerb) (*noteOutput, error) {
	return func(ctx context.Context, in *noteVerb) (*noteOutput, error) {
		from, err := ifSent(in.IfMatch)
		if err != nil {
			return nil, err
		}
		return s.note(do(s.Desk, ctx, in.ID, from))
	}
}

func (s *service) submit(ctx context.Context, in *submitInput) (*noteOutput, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.note(s.Desk.Submit(ctx, in.ID, content.Submit{Version: from, Message: in.Body.Message, Reviewers: in.Body.Reviewers}))
}

func (s *service) review(ctx context.Context, in *reviewInput) (*noteOutput, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.note(s.Desk.Review(ctx, in.ID, content.Verdict{Version: from, Decision: content.Decision(in.Body.Decision), Reason: in.Body.Reason}))
}

func (s *service) listReviews(ctx context.Context, in *NoteID) (*reviewsOutput, error) {
	list, err := s.Desk.Reviews(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var out reviewsOutput
	out.Body.Submissions = make([]Submission, len(list))
	for i, x := range list {
		sub := Submission{
			ID: x.ID.String(), State: string(x.State), Revision: x.Revision, Message: x.Message, Reviewers: people(x.Reviewers),
			SubmittedBy: personOf(x.Submitter()), SubmittedAt: x.SubmittedAt, Decisions: []Decision{},
		}
		for _, d := range x.Decisions {
			sub.Decisions = append(sub.Decisions, Decision{string(d.Decision), d.Reason, d.Revision, personOf(d.By()), d.At})
		}
		out.Body.Submissions[i] = sub
	}
	return &out, nil
}
