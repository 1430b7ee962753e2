package publication

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// maxRemark is in characters.
const maxRemark = 5000

// LeadState is where a letter stands.
type LeadState string

// The states that a listing can be narrowed to.
const (
	LeadNew  LeadState = "new"  // nobody has read it
	LeadOpen LeadState = "open" // nothing came of it yet
	LeadDone LeadState = "done"
)

// LeadFilter narrows a listing. Zero fields do not filter.
type LeadFilter struct {
	State  LeadState
	Search string // a part of name, address, company or subject
	Cursor string // Next of the page before
	Limit  int    // 0 means 50, at most 200
}

// LeadPage is a page of letters.
type LeadPage struct {
	Leads []Lead
	Next  string // empty on the last page
}

func errNoLead() error {
	return fault.New(fault.NotFound, "lead_not_found", "There is no such letter.")
}

// Leads lists the newest letters. It needs leads.read.
func (h *House) Leads(ctx context.Context, limit int) ([]Lead, error) {
	page, err := h.FindLeads(ctx, LeadFilter{Limit: limit})
	return page.Leads, err
}

// FindLeads lists letters, newest first. It needs leads.read.
func (h *House) FindLeads(ctx context.Context, in LeadFilter) (page LeadPage, err error) {
	if err := actor.Require(ctx, actor.LeadsRead); err != nil {
		return page, err
	}
	l, err := listingOf(in.Search, in.Cursor, in.Limit)
	if err != nil {
		return page, err
	}
	rows, err := h.listLeads(ctx, in.State, l)
	page.Leads, page.Next = cut(rows, l.limit, func(r Lead) uuid.UUID { return r.ID })
	return page, err
}

// Lead returns one letter. It needs leads.read.
func (h *House) Lead(ctx context.Context, id uuid.UUID) (Lead, error) {
	if err := actor.Require(ctx, actor.LeadsRead); err != nil {
		return Lead{}, err
	}
	return h.readLead(ctx, id)
}

// LeadChange names what is to change about a letter. Nil fields stay.
type LeadChange struct {
	Read, Done *bool
	Remark     *string
}

// over lays the change over a letter, and tells whether anything is different.
func (c LeadChange) over(l *Lead, now time.Time) bool {
	before := *l
	mark(&l.ReadAt, c.Read, now)
	mark(&l.DoneAt, c.Done, now)
	if c.Remark != nil {
		l.Remark = strings.TrimSpace(*c.Remark)
	}
	return (before.ReadAt == nil) != (l.ReadAt == nil) || (before.DoneAt == nil) != (l.DoneAt == nil) || before.Remark != l.Remark
}

// mark keeps the first moment.
func mark(at **time.Time, on *bool, now time.Time) {
	switch {
	case on == nil:
	case !*on:
		*at = nil
	case *at == nil:
		*at = &now
	}
}

// MarkLead notes what became of a letter. It needs leads.write.
func (h *House) MarkLead(ctx context.Context, id uuid.UUID, c LeadChange) (l Lead, err error) {
	if err := actor.Require(ctx, actor.LeadsWrite); err != nil {
		return l, err
	}
	var f fault.Fields
	if c.Remark != nil {
		f.MaxRunes("/remark", *c.Remark, maxRemark)
		f.Check(!strings.ContainsAny(*c.Remark, "\x00\uFFFD"), "/remark", "bad_characters", "Some characters cannot be kept.")
	}
	if err := f.Err(); err != nil {
		return l, err
	}
	err = h.DB.Tx(ctx, func(ctx context.Context) error {
		if l, err = h.lockLead(ctx, id); err != nil {
			return err
		}
		if !c.over(&l, h.Clock.Now()) {
			return nil
		}
		if err := h.saveLead(ctx, l); err != nil {
			return err
		}
		return h.Journal.Record(ctx, journal.Event{Verb: "lead.changed", Subject: "lead", ID: id.String(),
			Payload: map[string]bool{"read": l.ReadAt != nil, "done": l.DoneAt != nil}})
	})
	return l, err
}
