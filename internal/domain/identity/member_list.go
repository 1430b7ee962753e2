package identity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

const (
	membersPerPage = 50
	maxMembers     = 200
	maxSearch      = 254 // bytes
)

// ListMembers narrows a listing.
type ListMembers struct {
	Search string // beginning of the address or of the name
	// Verified narrows to those who have signed in, or have not; nil: all.
	Verified *bool
	// Status and Plan narrow to those who hold something of the sort; what the
	// words mean is known where Deps.Holders comes from.
	Status, Plan string
	// From and Before are moments of signing up; Before is the end and outside.
	From, Before time.Time
	IDs          []uuid.UUID // only these; none: all
	Cursor       string      // Next of the page before
	Limit        int         // 0 means 50, at most 200
}

// MemberPage is a page of members.
type MemberPage struct {
	Members []Member
	Next    string // empty on the last page
}

// ListMembers lists members, newest first, without the deleted ones. It needs
// members.read.
func (s *Service) ListMembers(ctx context.Context, in ListMembers) (MemberPage, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return MemberPage{}, err
	}
	after, err := in.validate()
	if err != nil {
		return MemberPage{}, err
	}
	limit := min(in.Limit, maxMembers)
	if limit == 0 {
		limit = membersPerPage
	}
	members, err := s.selectMembers(ctx, in, after, limit+1)
	if err != nil || len(members) <= limit {
		return MemberPage{Members: members}, err
	}
	members = members[:limit]
	return MemberPage{Members: members, Next: members[limit-1].ID.String()}, nil
}

// MembersExported journals that somebody took a copy of the list.
func (s *Service) MembersExported(ctx context.Context) error {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		return s.record(ctx, "member.list_exported", "member", "csv", nil)
	})
}

func (in ListMembers) validate() (after uuid.UUID, err error) {
	var f fault.Fields
	f.Check(len(in.Search) <= maxSearch && !strings.ContainsFunc(in.Search, notText), "search", "bad_characters", "This cannot be searched for.")
	f.Check(in.Limit >= 0, "limit", "out_of_range", "A number from 1 to 200.")
	if in.Cursor != "" {
		after, err = uuid.Parse(in.Cursor)
		f.Check(err == nil, "cursor", "bad_cursor", "This page of the list does not exist.")
	}
	return after, f.Err()
}

// notText holds for what a database refuses in a text: NUL, and what stands
// for a byte that is not UTF-8.
func notText(r rune) bool { return r == 0 || r == '\uFFFD' }

// Member returns one member, also a deleted one. Members may read themselves;
// for others it needs members.read.
func (s *Service) Member(ctx context.Context, id uuid.UUID) (Member, error) {
	if err := selfOr(ctx, actor.Member, id, actor.MembersRead); err != nil {
		return Member{}, err
	}
	return s.readMember(ctx, id)
}

// MemberByEmail finds a member by address, in any spelling. It needs
// members.read.
func (s *Service) MemberByEmail(ctx context.Context, email string) (Member, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return Member{}, err
	}
	e, err := ParseEmail(email)
	if err != nil {
		return Member{}, err
	}
	return s.readMemberByEmail(ctx, e.Canonical)
}
