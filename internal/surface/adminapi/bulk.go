package adminapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// BulkChange is one act on many notes.
type BulkChange struct {
	Action    string      `json:"action" enum:"add_topic,remove_topic,set_topics,add_author,remove_author,set_authors,set_series,set_kind,set_gate,archive,unarchive,publish,schedule,retract,submit"`
	Act       *uuid.UUID  `json:"act,omitempty" format:"uuid" doc:"A name of your own for an act that takes several requests, to take all of it back at once; made from the Idempotency-Key when absent"`
	Notes     []SeenNote  `json:"notes" minItems:"1" maxItems:"100"`
	Value     string      `json:"value,omitempty" maxLength:"96" doc:"Slug of the topic, of the author or of the series (empty for none), the kind, or the gate"`
	Values    []string    `json:"values,omitempty" maxItems:"50" doc:"With set_topics and set_authors: slugs, in the order shown; none takes all away"`
	GatePlans []string    `json:"gate_plans,omitempty" maxItems:"50" doc:"With set_gate to plans"`
	At        string      `json:"at,omitempty" maxLength:"32" doc:"With schedule: local time of the publication, such as 2026-12-24T09:00"`
	Offset    string      `json:"offset,omitempty" maxLength:"6" doc:"With schedule: for a time that the clocks show twice"`
	Reason    string      `json:"reason,omitempty" maxLength:"500" doc:"With retract, for readers; with submit, to the reviewers"`
	Reviewers []uuid.UUID `json:"reviewers,omitempty" maxItems:"20" doc:"With submit; none asks everybody who may review"`
}

// SeenNote is a note in the state in which it was chosen.
type SeenNote struct {
	ID      uuid.UUID `json:"id" format:"uuid"`
	Version int64     `json:"version" minimum:"1" doc:"A note that has changed since is left alone"`
}

// BulkResult is what became of one note.
type BulkResult struct {
	ID      string `json:"id" format:"uuid"`
	Outcome string `json:"outcome" enum:"done,unchanged,refused"`
	Version int64  `json:"version,omitempty" doc:"Of the note now, unless it was refused"`
	Title   string `json:"title,omitempty" doc:"Of the note's draft, where it was read"`
	Code    string `json:"code,omitempty" doc:"Of the fault, as the verb for one note gives it"`
	Detail  string `json:"detail,omitempty"`
}

type (
	bulkInput struct {
		Key  string `header:"Idempotency-Key" required:"true" minLength:"1" maxLength:"200" doc:"A repeat does what was not done yet, and nothing twice"`
		Body BulkChange
	}
	bulkOutput struct {
		Body struct {
			Act        string       `json:"act" format:"uuid"`
			Reversible bool         `json:"reversible" doc:"What was done can be taken back for a day, by whoever did it"`
			Results    []BulkResult `json:"results" doc:"In the order asked for"`
		}
	}
)

func (s *service) bulk() {
	add(s, route{method: http.MethodPost, path: "/notes/bulk", id: "change-notes", tag: "Notes", need: actor.NotesRead,
		summary: "Do the same to many notes", text: "Each note goes through the verb that there is for one, with its capability, its rules and its journal entry, in a transaction of its own: some may be done and others refused."}, s.changeNotes)
	add(s, route{method: http.MethodGet, path: "/notes/selection", id: "select-notes", tag: "Notes", need: actor.NotesRead,
		summary: "Name every note that a filter finds", text: "For an act on many notes: it is then about these notes, in the state in which they were chosen, and about no others. Without notes when there are more than 1,000."}, s.selectNotes)
	add(s, route{method: http.MethodPost, path: "/notes/bulk/{act}/undo", id: "undo-change-notes", apart: true, tag: "Notes", need: actor.NotesRead,
		summary: "Take back what was done to many notes", text: "Up to 100 notes at a time: ask again while some are left. Only by whoever did it, within a day. A note that has changed since stays as it is, and so does what readers have seen."}, s.undoChange)
}

func (s *service) changeNotes(ctx context.Context, in *bulkInput) (*bulkOutput, error) {
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	out := &bulkOutput{}
	act := in.Body.act(ctx, in.Key)
	out.Body.Act, out.Body.Reversible = act.String(), content.Reversible(in.Body.Action)
	out.Body.Results = make([]BulkResult, 0, len(in.Body.Notes))
	for _, n := range in.Body.Notes {
		result, err := s.changeOnce(ctx, in.Key, act, in.Body, n)
		if err != nil {
			return nil, err
		}
		out.Body.Results = append(out.Body.Results, result)
	}
	return out, nil
}

func (b *BulkChange) check() error {
	var f fault.Fields
	seen := map[uuid.UUID]bool{}
	for i, n := range b.Notes {
		f.Check(!seen[n.ID], fmt.Sprintf("/notes/%d", i), "twice", "This note is in the list twice.")
		seen[n.ID] = true
	}
	switch b.Action {
	case "add_topic", "remove_topic", "add_author", "remove_author":
		f.Required("/value", b.Value)
	case "set_kind":
		f.Check(content.Kind(b.Value).Valid(), "/value", "unknown", "One of newsletter, research-note, perspective, forecast, data.")
	case "set_gate":
		f.Check(access.GateKind(b.Value).Valid(), "/value", "unknown", "One of public, members, paid, plans.")
	case "schedule":
		f.Required("/at", b.At)
	}
	return f.Err()
}

// changeOnce keeps what became of one note together with the change, under the
// request's key and the note. A refusal keeps nothing: it may be asked again.
func (s *service) changeOnce(ctx context.Context, key string, act uuid.UUID, b BulkChange, n SeenNote) (BulkResult, error) {
	one := b
	one.Notes = []SeenNote{n} // what becomes of it does not depend on the others
	print, err := fingerprint(one)
	if err != nil {
		return BulkResult{}, err
	}
	title := ""
	answer, _, err := s.Once.Do(ctx, "change-notes "+actor.From(ctx).ID.String(), key+"/"+n.ID.String(), print, func(ctx context.Context) ([]byte, error) {
		before, err := s.Desk.Before(ctx, n.ID)
		if err != nil {
			return nil, err
		}
		title = before.Title
		v, err := s.changeOne(ctx, b, n)
		if err != nil {
			return nil, err
		}
		if err := s.Desk.Remember(ctx, act, b.Action, before, v.Note); err != nil {
			return nil, err
		}
		r := BulkResult{ID: n.ID.String(), Outcome: "done", Version: v.Note.Version, Title: title}
		if v.Note.Version == n.Version {
			r.Outcome = "unchanged"
		}
		return json.Marshal(r)
	})
	if err != nil {
		return refusal(n.ID, title, err)
	}
	var r BulkResult
	return r, json.Unmarshal(answer, &r)
}

// refusal tells what stood against one note. What is not about the note, such
// as a key used twice or a failing database, is the whole request's.
func refusal(id uuid.UUID, title string, err error) (BulkResult, error) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal || f.Kind == fault.Unavailable || f.Code == "idempotency_key_reused" || f.Code == "bad_idempotency_key" {
		return BulkResult{}, err
	}
	r := BulkResult{ID: id.String(), Title: title, Outcome: "refused", Code: f.Code, Detail: f.Message}
	if len(f.Fields) > 0 {
		r.Code, r.Detail = f.Fields[0].Code, f.Fields[0].Message
	}
	return r, nil
}

func (s *service) changeOne(ctx context.Context, b BulkChange, n SeenNote) (*content.DraftView, error) {
	switch b.Action {
	case "archive":
		return s.Desk.Archive(ctx, n.ID, n.Version)
	case "unarchive":
		return s.Desk.Unarchive(ctx, n.ID, n.Version)
	case "publish":
		return s.Desk.Publish(ctx, n.ID, content.Publish{Version: n.Version})
	case "retract":
		return s.Desk.Retract(ctx, n.ID, n.Version, b.Reason)
	case "submit":
		return s.Desk.Submit(ctx, n.ID, content.Submit{Version: n.Version, Message: b.Reason, Reviewers: b.Reviewers})
	}
	if err := actor.Require(ctx, needOf(b.Action)); err != nil {
		return nil, err
	}
	view, err := s.Desk.Draft(ctx, n.ID)
	if err != nil {
		return nil, err
	}
	if b.Action == "schedule" {
		do := content.DoPublish
		if view.Note.Status == content.Published {
			do = content.DoUpdate
		}
		return s.Desk.Schedule(ctx, n.ID, content.ScheduleInput{Version: n.Version, Action: do, At: b.At, Offset: b.Offset})
	}
	input := view.Input()
	if !b.over(&input) {
		if n.Version == view.Note.Version {
			return view, nil
		}
		input = view.Input() // what was seen is not what is: Save says so
	}
	return s.Desk.Save(ctx, n.ID, n.Version, input)
}

func needOf(action string) actor.Capability {
	if action == "schedule" {
		return actor.NotesPublish
	}
	return actor.NotesWrite
}
