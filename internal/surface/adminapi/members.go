package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/actor"
)

// Member is a person who reads.
type Member struct {
	ID        string    `json:"id" format:"uuid"`
	Email     string    `json:"email"`
	Name      string    `json:"name"`
	Verified  bool      `json:"verified" doc:"Has signed in at least once"`
	CreatedAt time.Time `json:"created_at"`
}

// ListedMember is a member of the list with what they hold.
type ListedMember struct {
	Member
	Status string   `json:"status" enum:"paying,past_due,complimentary,lapsed,free" doc:"The best of what they hold; past_due: a renewal could not be paid yet"`
	Plans  []string `json:"plans" doc:"Names of the plans that are open to them; an empty one is every plan"`
}

// MemberDetail is a member with what they hold and where they are signed in.
type MemberDetail struct {
	Member
	Subscriptions []MemberSubscription `json:"subscriptions" etag:"-"`
	Sessions      []OpenSession        `json:"sessions" etag:"-"`
	Organization  string               `json:"organization" doc:"As the member wrote it"`
	Passkeys      int                  `json:"passkeys" doc:"How many devices sign in by themselves"`
	Password      bool                 `json:"password" doc:"The member has set one"`
	Sharing       *SharingSign         `json:"sharing,omitempty" doc:"The account looked shared within a month" etag:"-"`
	DeletedAt     *time.Time           `json:"deleted_at,omitempty" doc:"Address and name are gone then"`
	Shared        int                  `json:"shared" doc:"Notes they shared by a link, at most the newest hundred" etag:"-"`
	SharedOpened  int                  `json:"shared_opened" doc:"In how many browsers those were opened" etag:"-"`
}

// Sharing knows which notes members shared.
type Sharing interface {
	UsageSince(ctx context.Context, member uuid.UUID, since time.Time) ([]library.Usage, error)
	SharesOf(ctx context.Context, member uuid.UUID, limit int) ([]library.Shared, error)
}

// sharesLooked is how many shares of a member are counted.
const sharesLooked = 100

// MemberSubscription is the mirror of a subscription.
type MemberSubscription struct {
	Plan   string     `json:"plan"`
	Status string     `json:"status" doc:"As Stripe names it"`
	Grace  *time.Time `json:"grace_until,omitempty" doc:"A payment failed; access goes on until then"`
}

// MemberFilter is what members can be found by. It is exported because huma
// does not look into embedded structs that are not.
type MemberFilter struct {
	Verified string    `query:"verified" enum:"true,false" doc:"Only who has signed in, or has not"`
	Search   string    `query:"search" maxLength:"254" doc:"Beginning of the e-mail address or of the name"`
	Status   string    `query:"status" enum:"paying,past_due,complimentary,lapsed,free" doc:"The best of what they hold"`
	Plan     string    `query:"plan" maxLength:"96" doc:"Slug of a plan that is open to them"`
	From     time.Time `query:"since_from" doc:"Signed up then or later"`
	To       time.Time `query:"since_to" doc:"Signed up before"`
}

// exportMembersInput is a filter, or a choice of those it finds.
type exportMembersInput struct {
	MemberFilter
	IDs []string `query:"ids" maxItems:"100" doc:"Only these members, with commas between them"`
}

type listMembersInput struct {
	MemberFilter
	Cursor string `query:"cursor" maxLength:"128"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type (
	membersOutput struct {
		Body struct {
			Members []ListedMember `json:"members"`
			Next    string         `json:"next,omitempty"`
		}
	}
	memberOutput struct{ Body MemberDetail }
	memberID     struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
)

func (s *service) members() {
	const tag = "Members"
	add(s, route{method: http.MethodGet, path: "/members", id: "list-members", tag: tag, need: actor.MembersRead,
		summary: "List members", text: "Newest first."}, s.listMembers)
	add(s, route{method: http.MethodGet, path: "/members.csv", id: "export-members", replies: inTable(), tag: tag, need: actor.MembersRead,
		summary: "List members, for a spreadsheet", text: "The same filters; all pages in one file, streamed; or only the members that are named. No cell is taken for a formula. The export is journalled."}, s.exportMembers)
	add(s, route{method: http.MethodGet, path: "/members/{id}", id: "get-member", tag: tag, need: actor.MembersRead, summary: "Get a member"}, s.getMember)
}

func (s *service) listMembers(ctx context.Context, in *listMembersInput) (*membersOutput, error) {
	filter := in.filter()
	filter.Cursor, filter.Limit = in.Cursor, in.Limit
	list, next, err := s.memberPage(ctx, filter)
	if err != nil {
		return nil, err
	}
	var out membersOutput
	out.Body.Members, out.Body.Next = list, next
	return &out, nil
}

func (in *MemberFilter) filter() identity.ListMembers {
	f := identity.ListMembers{Search: in.Search, Status: in.Status, Plan: in.Plan, From: in.From, Before: in.To}
	if in.Verified != "" {
		verified := in.Verified == "true"
		f.Verified = &verified
	}
	return f
}

// memberPage is a page of the list with what each holds.
func (s *service) memberPage(ctx context.Context, f identity.ListMembers) (out []ListedMember, next string, err error) {
	page, err := s.Identity.ListMembers(ctx, f)
	if err != nil {
		return nil, "", err
	}
	ids := make([]uuid.UUID, len(page.Members))
	for i, m := range page.Members {
		ids[i] = m.ID
	}
	held, err := s.Billing.HeldBy(ctx, ids...)
	if err != nil {
		return nil, "", err
	}
	out = make([]ListedMember, len(page.Members))
	for i, m := range page.Members {
		h := held[m.ID]
		out[i] = ListedMember{memberOf(m), string(h.Status), h.Plans}
	}
	return out, page.Next, nil
}

func memberOf(m identity.Member) Member {
	return Member{ID: m.ID.String(), Email: m.EmailGiven, Name: m.Name, Verified: m.EmailVerifiedAt != nil, CreatedAt: m.CreatedAt}
}

// signsIn fills in how a member signs in.
func (s *service) signsIn(ctx context.Context, m identity.Member, out *MemberDetail) error {
	keys, err := s.Identity.MemberPasskeys(ctx, m.ID)
	if err != nil {
		return err
	}
	since, err := s.Identity.PasswordSince(ctx, m.ID)
	if err != nil {
		return err
	}
	out.Organization, out.Passkeys, out.Password = m.Organization, len(keys), since != nil
	out.Sharing, err = s.sharingOf(ctx, m.ID)
	return err
}

func (s *service) getMember(ctx context.Context, in *memberID) (*memberOutput, error) {
	m, err := s.Identity.Member(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	open, err := s.Identity.Sessions(ctx, actor.Member, in.ID)
	if err != nil {
		return nil, err
	}
	standings, err := s.Billing.Standings(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := MemberDetail{Member: memberOf(m), Subscriptions: []MemberSubscription{}, Sessions: sessionsBody(ctx, open), DeletedAt: m.DeletedAt}
	if err := s.signsIn(ctx, m, &out); err != nil {
		return nil, err
	}
	for _, x := range standings {
		held := MemberSubscription{Plan: x.Plan, Status: string(x.Status)}
		if !x.Grace.IsZero() {
			held.Grace = &x.Grace
		}
		out.Subscriptions = append(out.Subscriptions, held)
	}
	shares, err := s.Sharing.SharesOf(ctx, in.ID, sharesLooked)
	for i := range shares {
		out.SharedOpened += len(shares[i].Openings)
	}
	out.Shared = len(shares)
	return &memberOutput{out}, err
}
