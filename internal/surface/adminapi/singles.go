package adminapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// What the desk only ever lists can be read one by one, too: that is where a
// program gets the ETag for a change.

type (
	offerOutput struct{ Body Offer }
	offerCode   struct {
		Code string `path:"code" maxLength:"40"`
	}
	labelSlug struct {
		Slug string `path:"slug" maxLength:"96"`
	}
	issueMonth struct {
		Series string `path:"series" maxLength:"96"`
		Month  string `path:"month" maxLength:"7"`
	}
	termID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	fileID struct {
		Attachment uuid.UUID `path:"attachment" format:"uuid"`
	}
)

const tagged = "The ETag of the answer says what a change was made from."

func single[I, O any](s *service, path, id, tag string, need actor.Capability, summary string, get func(context.Context, *I) (*O, error)) {
	add(s, route{method: http.MethodGet, path: path, id: id, tag: tag, need: need, summary: summary, text: tagged}, get)
}

func (s *service) singles() {
	single(s, "/keys/{id}", "get-key", "API keys", actor.KeysWrite, "Get an API key", s.getKey)
	single(s, "/roles/{id}", "get-role", "Staff", actor.NotesRead, "Get a role", s.getRole)
	single(s, "/invitations/{id}", "get-invitation", "Staff", actor.StaffWrite, "Get an open invitation", s.getInvitation)
	single(s, "/redirects/{id}", "get-redirect", "Redirects", actor.SettingsWrite, "Get a redirect", func(ctx context.Context, in *redirectID) (*redirectOutput, error) {
		return redirectAnswer(s.House.Redirect(ctx, in.ID))
	})
	single(s, "/media-folders/{id}", "get-media-folder", "Pictures", actor.NotesRead, "Get a folder of the library", s.getFolder)
	single(s, "/offers/{code}", "get-offer", "Offers", actor.PlansWrite, "Get an offer", s.getOffer)
	single(s, "/plans/{slug}", "get-plan", "Plans", actor.NotesRead, "Get a plan", func(ctx context.Context, in *planSlugInput) (*planOutput, error) {
		return planMade(s.Billing.PlanBySlug(ctx, in.Slug))
	})
	single(s, "/terms/{id}", "get-term", "Members", actor.MembersRead, "Get a dated right of a member", func(ctx context.Context, in *termID) (*termOutput, error) {
		return s.termAnswer(s.Billing.Term(ctx, in.ID))
	})
	single(s, "/notes/{id}/preview-links/{link}", "get-preview-link", "Previews", actor.NotesRead, "Get a preview link", s.getPreview)
	single(s, "/attachments/{attachment}", "get-attachment", "Attachments", actor.NotesRead, "Get what is known of an attached file", func(ctx context.Context, in *fileID) (*attachmentOutput, error) {
		return s.attachmentAnswer(s.Media.DeskAttachment(ctx, in.Attachment))
	})
	single(s, "/notes/{id}/attachments/{attachment}", "get-note-attachment", "Attachments", actor.NotesRead, "Get what is known of a file of a note", s.getAttachment)
	add(s, route{method: http.MethodGet, path: "/me/passkeys/{id}", id: "get-my-passkey", tag: "Me", self: true, summary: "Get one of one's passkeys", text: tagged}, s.getPasskey)
	s.labels()
}

func (s *service) labels() {
	const tag = "Series, issues, topics, authors"
	single(s, "/series/{slug}", "get-series", tag, actor.NotesRead, "Get a series", func(ctx context.Context, in *labelSlug) (*labelOutput, error) {
		return s.label(ctx, func(c *content.Catalogue) (LabelBody, bool) {
			x, ok := first(c.Series, func(x *content.Series) bool { return x.Slug == in.Slug })
			if !ok {
				return LabelBody{}, false
			}
			return LabelBody{x.Slug, x.Name, x.Description}, true
		})
	})
	single(s, "/topics/{slug}", "get-topic", tag, actor.NotesRead, "Get a topic", func(ctx context.Context, in *labelSlug) (*labelOutput, error) {
		return s.label(ctx, func(c *content.Catalogue) (LabelBody, bool) {
			x, ok := first(c.Topics, func(x *content.Topic) bool { return x.Slug == in.Slug })
			if !ok {
				return LabelBody{}, false
			}
			return LabelBody{x.Slug, x.Name, x.Description}, true
		})
	})
	single(s, "/authors/{slug}", "get-author", tag, actor.NotesRead, "Get an author", s.getAuthor)
	single(s, "/series/{series}/issues/{month}", "get-series-issue", tag, actor.NotesRead, "Get the issue of a month", s.getSeriesIssue)
}

// first finds one of a list.
func first[T any](list []T, is func(T) bool) (found T, ok bool) {
	for _, x := range list {
		if is(x) {
			return x, true
		}
	}
	return found, false
}

func (s *service) getKey(ctx context.Context, in *keyID) (*keyOutput, error) {
	keys, err := s.Identity.ListKeys(ctx)
	if err != nil {
		return nil, err
	}
	k, ok := first(keys, func(k identity.APIKey) bool { return k.ID == in.ID })
	if !ok {
		return nil, fault.New(fault.NotFound, "api_key_not_found", "There is no such API key.")
	}
	return &keyOutput{keyOf(k)}, nil
}

func (s *service) getRole(ctx context.Context, in *roleID) (*roleOutput, error) {
	views, err := s.Identity.ListRoles(ctx)
	if err != nil {
		return nil, err
	}
	v, ok := first(views, func(v identity.RoleView) bool { return string(v.Role) == in.ID })
	if !ok {
		return nil, fault.New(fault.NotFound, "role_not_found", "There is no such role.")
	}
	return &roleOutput{roleOf(v)}, nil
}

func (s *service) getInvitation(ctx context.Context, in *invitationID) (*invitationOutput, error) {
	views, err := s.Identity.ListInvitations(ctx)
	if err != nil {
		return nil, err
	}
	v, ok := first(views, func(v identity.InvitationView) bool { return v.ID == in.ID })
	if !ok {
		return nil, fault.New(fault.NotFound, "invitation_not_found", "There is no such invitation, or it is not open any more.")
	}
	return &invitationOutput{invitationOf(v)}, nil
}

func (s *service) getFolder(ctx context.Context, in *FolderID) (*folderOutput, error) {
	all, _, err := s.Media.Folders(ctx)
	if err != nil {
		return nil, err
	}
	f, ok := first(all, func(f *media.Folder) bool { return f.ID == in.ID })
	if !ok {
		return nil, fault.New(fault.NotFound, "folder_not_found", "There is no such folder.")
	}
	return &folderOutput{mediaFolderOf(f)}, nil
}

func (s *service) getOffer(ctx context.Context, in *offerCode) (*offerOutput, error) {
	rows, err := s.Billing.Offers(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.Offer.Code == in.Code {
			return &offerOutput{s.offerOf(row)}, nil
		}
	}
	return nil, fault.New(fault.NotFound, "offer_not_found", "There is no such offer.")
}

func (s *service) getPreview(ctx context.Context, in *previewID) (*previewOutput, error) {
	links, err := s.Desk.PreviewLinks(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	l, ok := first(links, func(l *content.PreviewLink) bool { return l.ID == in.Link })
	if !ok {
		return nil, fault.New(fault.NotFound, "preview_link_not_found", "There is no such preview link.")
	}
	return &previewOutput{s.previewOf(l)}, nil
}

func (s *service) getAttachment(ctx context.Context, in *AttachmentID) (*attachmentOutput, error) {
	a, err := s.Media.DeskAttachment(ctx, in.Attachment)
	if err == nil && a.NoteID != in.ID {
		err = fault.New(fault.NotFound, "attachment_not_found", "There is no such file.")
	}
	return s.attachmentAnswer(a, err)
}

func (s *service) getPasskey(ctx context.Context, in *passkeyID) (*passkeyOutput, error) {
	keys, err := s.Identity.MyPasskeys(ctx)
	if err != nil {
		return nil, err
	}
	k, ok := first(keys, func(k identity.Passkey) bool { return k.ID == in.ID })
	if !ok {
		return nil, fault.New(fault.NotFound, "passkey_not_found", "There is no such passkey.")
	}
	return &passkeyOutput{passkeyOf(k)}, nil
}

// label finds a series or a topic.
func (s *service) label(ctx context.Context, find func(*content.Catalogue) (LabelBody, bool)) (*labelOutput, error) {
	c, err := s.Desk.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	l, ok := find(c)
	if !ok {
		return nil, fault.New(fault.NotFound, "label_not_found", "There is no such series or topic.")
	}
	return &labelOutput{l}, nil
}

func (s *service) getAuthor(ctx context.Context, in *labelSlug) (*authorOutput, error) {
	c, err := s.Desk.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	x, ok := first(c.Authors, func(x *content.Author) bool { return x.Slug == in.Slug })
	if !ok {
		return nil, fault.New(fault.NotFound, "author_not_found", "There is no such author.")
	}
	return &authorOutput{AuthorBody{x.Slug, x.Name, x.Role, x.Bio}}, nil
}

func (s *service) getSeriesIssue(ctx context.Context, in *issueMonth) (*issueOutput, error) {
	c, err := s.Desk.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	x, ok := first(c.Issues, func(x *content.Issue) bool { return x.Slug == in.Month && c.SeriesOf(x).Slug == in.Series })
	if !ok {
		return nil, fault.New(fault.NotFound, "issue_not_found", "There is no such issue.")
	}
	return &issueOutput{issueBody(in.Series, x)}, nil
}
