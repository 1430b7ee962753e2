package journal

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Filter narrows a listing. Zero fields do not filter.
type Filter struct {
	Subject, ID string
	Verb        string    // one verb, or with a dot at the end all that begin so
	ActorKind   string    // such as "staff"
	ActorID     uuid.UUID // whoever did it
	From        time.Time // entries at this moment or later
	Before      time.Time // entries strictly older
	After       Mark      // entries that follow this one in the listing
	About       []Subject // what happened to one of these, or was done by ActorID
	Limit       int       // 0 means 50, at most 500
}

// Subject names what something happened to.
type Subject struct{ Kind, ID string }

// Mark is a place in a listing: after the entry it was taken of.
type Mark struct {
	At time.Time
	ID uuid.UUID
}

// Mark is the entry's place in a listing.
func (e Entry) Mark() Mark { return Mark{e.At, e.ID} }

// String writes the mark so that it fits into an address.
func (m Mark) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(m.At.UnixMicro(), 10) + "." + m.ID.String()))
}

// ParseMark reads what String wrote.
func ParseMark(s string) (m Mark, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return m, err
	}
	at, id, ok := strings.Cut(string(raw), ".")
	if !ok {
		return m, fmt.Errorf("journal: %q is no mark", s)
	}
	micro, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return m, err
	}
	m.At = time.UnixMicro(micro).UTC()
	m.ID, err = uuid.Parse(id)
	return m, err
}

// condition is a part of a WHERE.
type condition struct {
	sql  string
	args []any
}

// conditions lists what the filter asks for.
func (f Filter) conditions() (out []condition) {
	want := func(is bool, sql string, args ...any) {
		if is {
			out = append(out, condition{sql, args})
		}
	}
	want(f.Subject != "", "subject_kind = ?", f.Subject)
	want(f.ID != "", "subject_id = ?", f.ID)
	if strings.HasSuffix(f.Verb, ".") {
		// A range, so that no character of the verb stands for another.
		want(true, "verb >= ? AND verb < ?", f.Verb, f.Verb[:len(f.Verb)-1]+"/")
	} else {
		want(f.Verb != "", "verb = ?", f.Verb)
	}
	want(f.ActorKind != "", "actor_kind = ?", f.ActorKind)
	want(f.ActorID != uuid.Nil && len(f.About) == 0, "actor_id = ?", f.ActorID)
	if len(f.About) > 0 {
		pairs := make([][]any, len(f.About))
		for i, s := range f.About {
			pairs[i] = []any{s.Kind, s.ID}
		}
		want(true, "((subject_kind, subject_id) IN ? OR actor_id = ?)", pairs, f.ActorID)
	}
	want(!f.From.IsZero(), "at >= ?", f.From)
	want(!f.Before.IsZero(), "at < ?", f.Before)
	want(f.After.ID != uuid.Nil, "(at < ? OR (at = ? AND id < ?))", f.After.At, f.After.At, f.After.ID)
	return out
}

// List returns entries, newest first.
func (j *Journal) List(ctx context.Context, f Filter) ([]Entry, error) {
	if f.Limit <= 0 {
		f.Limit = 50
	}
	q := j.db.Read(ctx).Order("at DESC, id DESC").Limit(min(f.Limit, 500))
	for _, c := range f.conditions() {
		q = q.Where(c.sql, c.args...)
	}
	var out []Entry
	return out, q.Find(&out).Error
}
