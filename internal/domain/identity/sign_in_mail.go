package identity

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/frontend"
	"lighttrends/internal/platform/mail"
)

// sendSignInMail writes to whoever asked. A request that was used, has expired
// or is gone needs no mail.
func (s *Service) sendSignInMail(ctx context.Context, id uuid.UUID, asked string) error {
	row, err := s.readSignInToken(ctx, id, s.clock.Now())
	if err != nil || row == nil {
		return err
	}
	language := asked
	if m, err := s.readMemberByEmail(ctx, row.Email); err == nil && m.Language != "" && asked == "" {
		language = m.Language
	}
	return s.mail.Send(ctx, s.signInLetter(*row, s.brand(ctx).In(language)))
}

// signInLetter does not use the name in the request: anybody can ask with
// anybody's address, and would have us deliver a text of theirs.
func (s *Service) signInLetter(row SignInToken, brand mail.Brand) mail.Letter {
	if row.Surface == confirmSurface {
		return s.confirmLetter(row, brand)
	}
	link := s.signInURL(row.Surface, s.secrets.linkToken(row.ID))
	w, until := brand.Words(), when(brand, row.ExpiresAt)
	works := w.Text("letter.sign_in.works")
	if at := frontend.OriginOf(row.ReturnTo); at != "" {
		works = w.Text("letter.sign_in.works_back", "site", strings.TrimPrefix(at, "https://"))
	}
	return mail.Letter{
		To:        mail.Address{Email: row.EmailGiven},
		Language:  w.Tag,
		Subject:   w.Text("letter.sign_in", "name", brand.Name),
		Preheader: w.Text("letter.sign_in.preheader"),
		Blocks: []mail.Block{
			mail.Heading(w.Text("letter.sign_in", "name", brand.Name)),
			mail.Paragraph(w.Text("letter.sign_in.asked", "email", row.EmailGiven)),
			mail.Button(w.Text("letter.sign_in", "name", brand.Name), link),
			mail.Paragraph(w.Text("letter.sign_in.code")),
			mail.Code(s.secrets.signInCode(row.ID)),
			mail.Small(w.Text("letter.sign_in.until", "until", until) + " " + works),
			mail.Small(w.Text("letter.sign_in.not_you")),
		},
		Category:     "sign-in",
		MessageIDKey: "sign-in-" + row.ID.String(),
	}
}

// confirmLetter brings a code to somebody who is signed in already. There is no
// link in it: whoever opens one would be signed in, which nobody asked for.
func (s *Service) confirmLetter(row SignInToken, brand mail.Brand) mail.Letter {
	w := brand.Words()
	return mail.Letter{
		Language: w.Tag,
		To:       mail.Address{Email: row.EmailGiven}, Subject: w.Text("letter.confirm", "name", brand.Name), Preheader: w.Text("letter.confirm.preheader"),
		Blocks: []mail.Block{
			mail.Heading(w.Text("confirm.heading")),
			mail.Paragraph(w.Text("letter.confirm.asked", "email", row.EmailGiven)),
			mail.Code(s.secrets.signInCode(row.ID)),
			mail.Small(w.Text("letter.confirm.until", "until", when(brand, row.ExpiresAt))),
			mail.Small(w.Text("letter.confirm.not_you")),
		},
		Category: "confirm", MessageIDKey: "confirm-" + row.ID.String(),
	}
}
