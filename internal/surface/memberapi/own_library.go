package memberapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// ownLibrary registers what belongs to a member: saved notes, history, what they
// follow, their feed and what they share.
func (s *service) ownLibrary() {
	const tag = "Library"
	ok := http.StatusNoContent
	operate(s, verb{method: http.MethodGet, path: "/saved", id: "list-saved", tag: tag, errors: []int{400, 404}, summary: "Notes saved for later",
		text: "The newest first. Title and abstract stay when access ends."}, s.listSaved)
	operate(s, verb{method: http.MethodPut, path: "/saved/{slug}", id: "save-note", tag: tag, status: ok, errors: []int{404, 409}, summary: "Save a note, or move it into a folder"}, s.putSaved)
	operate(s, verb{method: http.MethodDelete, path: "/saved/{slug}", id: "unsave-note", tag: tag, status: ok, errors: []int{404}, summary: "Save a note no longer"}, s.dropSaved)
	operate(s, verb{method: http.MethodGet, path: "/history", id: "list-history", tag: tag, errors: []int{400}, summary: "Notes opened in full",
		text: "The last opened first. The Content API counts no opening; the portal's pages do."}, s.listHistory)
	operate(s, verb{method: http.MethodDelete, path: "/history", id: "clear-history", tag: tag, status: ok, summary: "Forget all that was read"}, s.clearHistory)
	operate(s, verb{method: http.MethodGet, path: "/follows", id: "list-follows", tag: tag, summary: "What the member follows"}, s.listFollows)
	operate(s, verb{method: http.MethodPut, path: "/follows/{kind}/{slug}", id: "follow", tag: tag, status: ok, errors: []int{404, 409, 422}, summary: "Follow a topic, an author or a series"}, s.follow)
	operate(s, verb{method: http.MethodDelete, path: "/follows/{kind}/{slug}", id: "unfollow", tag: tag, status: ok, errors: []int{404, 422}, summary: "Follow it no longer"}, s.unfollow)
	operate(s, verb{method: http.MethodPost, path: "/feed", id: "make-feed", tag: tag, status: http.StatusCreated, summary: "Make a secret address for a feed of one's own",
		text: "It is shown once. The address before is dead."}, s.makeFeed)
	operate(s, verb{method: http.MethodDelete, path: "/feed", id: "revoke-feed", tag: tag, status: ok, summary: "End the address of the own feed"}, s.revokeFeed)
	operate(s, verb{method: http.MethodGet, path: "/shares", id: "list-shares", tag: tag, summary: "Notes the member shared, and who opened them"}, s.listShares)
	operate(s, verb{method: http.MethodPost, path: "/notes/{slug}/shares", id: "share-note", tag: tag, status: http.StatusCreated, errors: []int{403, 404, 409},
		summary: "Share a note by a link", text: "The link is shown once. 403 when the owner allows no sharing, or the member may not read the note by a right of their own."}, s.shareNote)
	operate(s, verb{method: http.MethodDelete, path: "/shares/{id}", id: "revoke-share", tag: tag, status: ok, errors: []int{404}, summary: "End a shared link"}, s.revokeShare)
}

type (
	pageInput struct {
		Cursor string `query:"cursor" maxLength:"200"`
		Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	}
	slugInput struct {
		Slug string `path:"slug" maxLength:"200"`
	}
	saveInput struct {
		Slug   string `path:"slug" maxLength:"200"`
		Folder string `query:"folder" format:"uuid" doc:"Absent: it stays where it is, and begins in none"`
	}
	followInput struct {
		Kind string `path:"kind" enum:"topic,author,series"`
		Slug string `path:"slug" maxLength:"200"`
	}
	shareInput struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	savedOutput struct {
		Body struct {
			Folders []Folder    `json:"folders"`
			Saved   []SavedNote `json:"saved"`
			Next    string      `json:"next,omitempty" doc:"Cursor of the next page"`
		}
	}
	historyOutput struct {
		Body struct {
			Read []ReadNote `json:"read"`
			Next string     `json:"next,omitempty" doc:"Cursor of the next page"`
		}
	}
	followsOutput struct {
		Body struct {
			Follows []Followed `json:"follows"`
		}
	}
	feedOutput struct {
		Body struct {
			RSS  string `json:"rss" format:"uri"`
			Atom string `json:"atom" format:"uri"`
			JSON string `json:"json" format:"uri"`
		}
	}
	sharesOutput struct {
		Body struct {
			Shares []SharedNote `json:"shares"`
			Left   int          `json:"left" doc:"How many notes may still be shared this month"`
		}
	}
	shareOutput struct {
		Body struct {
			ID      string    `json:"id" format:"uuid"`
			Link    string    `json:"link" format:"uri"`
			Most    int       `json:"most" doc:"In how many browsers it may be opened"`
			Expires time.Time `json:"expires_at"`
		}
	}
)

func (s *service) listSaved(ctx context.Context, member uuid.UUID, in *pageInput) (out *savedOutput, err error) {
	out = &savedOutput{}
	if out.Body.Folders, err = s.foldersOf(ctx, member); err != nil {
		return nil, err
	}
	out.Body.Saved, out.Body.Next, err = s.savedOf(ctx, member, uuid.Nil, in.Cursor, in.Limit)
	return out, err
}

func (s *service) putSaved(ctx context.Context, member uuid.UUID, in *saveInput) (*struct{}, error) {
	t, err := s.note(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	if in.Folder == "" {
		return nil, s.Reading.Save(ctx, member, t.ID)
	}
	folder, err := uuid.Parse(in.Folder)
	if err != nil {
		return nil, fault.New(fault.NotFound, "folder_not_found", "You have no such folder.")
	}
	return nil, s.Reading.SaveInto(ctx, member, t.ID, folder)
}

func (s *service) dropSaved(ctx context.Context, member uuid.UUID, in *slugInput) (*struct{}, error) {
	t, err := s.note(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	return nil, s.Reading.Unsave(ctx, member, t.ID)
}

func (s *service) listHistory(ctx context.Context, member uuid.UUID, in *pageInput) (out *historyOutput, err error) {
	out = &historyOutput{}
	out.Body.Read, out.Body.Next, err = s.readOf(ctx, member, in.Cursor, in.Limit)
	return out, err
}

func (s *service) clearHistory(ctx context.Context, member uuid.UUID, _ *struct{}) (*struct{}, error) {
	return nil, s.Reading.Unread(ctx, member, uuid.Nil)
}

func (s *service) listFollows(ctx context.Context, member uuid.UUID, _ *struct{}) (out *followsOutput, err error) {
	out = &followsOutput{}
	out.Body.Follows, err = s.followsOf(ctx, member)
	return out, err
}

// subject finds what an address names.
func (s *service) subject(ctx context.Context, in *followInput) (library.Kind, uuid.UUID, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return "", uuid.Nil, err
	}
	switch kind := library.Kind(in.Kind); kind {
	case library.Topic:
		if t := cat.TopicAt(in.Slug); t != nil {
			return kind, t.ID, nil
		}
	case library.Author:
		if a := cat.AuthorAt(in.Slug); a != nil {
			return kind, a.ID, nil
		}
	case library.Series:
		if x := cat.SeriesBySlug(in.Slug); x != nil {
			return kind, x.ID, nil
		}
	}
	return "", uuid.Nil, fault.New(fault.NotFound, "nothing_to_follow", "There is nothing of this name to follow.")
}

func (s *service) follow(ctx context.Context, member uuid.UUID, in *followInput) (*struct{}, error) {
	kind, id, err := s.subject(ctx, in)
	if err != nil {
		return nil, err
	}
	return nil, s.Reading.StartFollowing(ctx, member, kind, id)
}

func (s *service) unfollow(ctx context.Context, member uuid.UUID, in *followInput) (*struct{}, error) {
	kind, id, err := s.subject(ctx, in)
	if err != nil {
		return nil, err
	}
	return nil, s.Reading.StopFollowing(ctx, member, kind, id)
}

func (s *service) makeFeed(ctx context.Context, member uuid.UUID, _ *struct{}) (*feedOutput, error) {
	token, err := s.Reading.MakeFeed(ctx, member)
	out := &feedOutput{}
	at := s.BaseURL + "/my/" + token + "/feed."
	out.Body.RSS, out.Body.Atom, out.Body.JSON = at+"xml", at+"atom", at+"json"
	return out, err
}

func (s *service) revokeFeed(ctx context.Context, member uuid.UUID, _ *struct{}) (*struct{}, error) {
	return nil, s.Reading.RevokeFeed(ctx, member)
}

func (s *service) listShares(ctx context.Context, member uuid.UUID, _ *struct{}) (out *sharesOutput, err error) {
	out = &sharesOutput{}
	if _, out.Body.Left, err = s.Reading.Sharing(ctx, member); err != nil {
		return nil, err
	}
	out.Body.Shares, err = s.sharesOf(ctx, member)
	return out, err
}

func (s *service) shareNote(ctx context.Context, member uuid.UUID, in *slugInput) (*shareOutput, error) {
	t, err := s.note(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	d, err := s.Gatekeeper.Decide(ctx, t.Access(), access.Reader{Member: member, Epoch: kit.VisitorOf(kit.Ctx(ctx)).Epoch})
	if err != nil {
		return nil, err
	}
	token, made, err := s.Reading.ShareNote(ctx, member, t.ID, t.Title, d)
	out := &shareOutput{}
	out.Body.ID, out.Body.Link, out.Body.Most, out.Body.Expires = made.ID.String(), s.BaseURL+"/shared/"+token, made.Most, made.ExpiresAt
	return out, err
}

func (s *service) revokeShare(ctx context.Context, member uuid.UUID, in *shareInput) (*struct{}, error) {
	return nil, s.Reading.RevokeShare(ctx, member, in.ID)
}
