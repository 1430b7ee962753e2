package identity

import (
	"context"

	"lighttrends/internal/platform/actor"
)

// Right explains a capability to whoever gives it to somebody.
type Right struct {
	Capability actor.Capability
	Group      string
	Sentence   string
}

// rights stand in the order of [actor.All].
var rights = []Right{
	{actor.NotesRead, "Notes", "See every note at the desk, drafts and gated text included."},
	{actor.NotesWrite, "Notes", "Write notes and change drafts, and submit them for review."},
	{actor.NotesReview, "Notes", "Comment on drafts, approve them or send them back."},
	{actor.NotesPublish, "Notes", "Publish, schedule and update what readers see."},
	{actor.NotesRetract, "Notes", "Withdraw a published note, with a reason that readers see."},
	{actor.NotesArchive, "Notes", "Put notes away that nobody works on any more, and bring them back."},
	{actor.TaxonomyWrite, "Notes", "Make, change, merge and delete series, issues, topics and authors."},
	{actor.MediaWrite, "Media", "Upload, describe and replace pictures and files."},
	{actor.MembersRead, "Readers", "See members, with their addresses and what they subscribe to."},
	{actor.MembersWrite, "Readers", "Add, rename and delete members and end their sessions."},
	{actor.LeadsRead, "Readers", "Read the letters that come in through the portal."},
	{actor.LeadsWrite, "Readers", "Mark letters as answered and keep remarks on them."},
	{actor.PlansWrite, "Business", "Change plans and prices."},
	{actor.StaffWrite, "House", "Invite and disable colleagues and decide what they may do, up to one's own rights."},
	{actor.SettingsWrite, "House", "Change the publication's settings and rules, and see how the system is."},
	{actor.KeysWrite, "House", "Make, rotate and revoke API keys."},
	{actor.JournalRead, "House", "Read and export the audit log."},
	{actor.OperationsWrite, "House", "Run repairs: reconcile with Stripe, index and render again."},
}

// Rights lists every capability with a sentence about it. It needs notes.read.
func (s *Service) Rights(ctx context.Context) ([]Right, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return append([]Right(nil), rights...), nil
}
