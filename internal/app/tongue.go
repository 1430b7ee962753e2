package app

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/phrase"
)

// Letters to people who need no account: a present, a quote. They speak the
// language that the member behind the address has chosen. Of who is no member
// nobody has asked, so the one who wrote, or the page that they wrote from, is
// the best guess; without it a letter speaks the publication's language.

// giftLanguage is that of who gets a present, or else of who gives it.
func (r *rooms) giftLanguage(ctx context.Context, recipient string, giver uuid.UUID) string {
	if m, ok := r.memberAt(ctx, recipient); ok {
		return m.Language
	}
	m, err := r.identity.Member(actor.With(ctx, actor.Machine("letters")), giver)
	if err != nil {
		return ""
	}
	return m.Language
}

// quoteLanguage is that of who gets a quote, or else of the page on which they
// asked for it.
func (r *rooms) quoteLanguage(ctx context.Context, email string) string {
	if m, ok := r.memberAt(ctx, email); ok {
		return m.Language
	}
	page, err := r.publication.WroteFrom(actor.With(ctx, actor.Machine("letters")), email)
	if err != nil {
		return ""
	}
	tag, _, _ := strings.Cut(strings.TrimPrefix(page, "/"), "/")
	if phrase.Known(tag) == nil {
		return ""
	}
	return tag
}

func (r *rooms) memberAt(ctx context.Context, email string) (identity.Member, bool) {
	m, err := r.identity.MemberByEmail(actor.With(ctx, actor.Machine("letters")), email)
	return m, err == nil && m.DeletedAt == nil
}

// pageIn is an address of the portal in the language of a letter: who is no
// member has chosen none, and would be met in the publication's.
func (r *rooms) pageIn(ctx context.Context, l *phrase.Language, address string) string {
	path, ours := strings.CutPrefix(address, r.cfg.BaseURL+"/")
	if !ours || l == r.brand(ctx).Words() {
		return address
	}
	return r.cfg.BaseURL + "/" + l.Tag + "/" + path
}
