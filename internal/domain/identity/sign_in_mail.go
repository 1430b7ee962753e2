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
func (s *Service) sendSignInMail(ctx context.Context, id uuid.UUID) error {
	row, err := s.readSignInToken(ctx, id, s.clock.Now())
	if err != nil || row == nil {
		return err
	}
	return s.mail.Send(ctx, s.signInLetter(*row, s.brand(ctx)))
}

// signInLetter does not use the name in the request: anybody can ask with
// anybody's address, and would have us deliver a text of theirs.
func (s *Service) signInLetter(row SignInToken, brand mail.Brand) mail.Letter {
	if row.Surface == confirmSurface {
		return s.confirmLetter(row, brand)
	}
	link := s.signInURL(row.Surface, s.secrets.linkToken(row.ID))
	works := "The code works only in the browser that asked for it."
	if at := frontend.OriginOf(row.ReturnTo); at != "" {
		works = "Both work only in the browser that asked for them; the button leads back to " + strings.TrimPrefix(at, "https://") + "."
	}
	until := row.ExpiresAt.UTC().Format("15:04 UTC on 2 January")
	return mail.Letter{
		To:        mail.Address{Email: row.EmailGiven},
		Subject:   "Sign in to " + brand.Name,
		Preheader: "Your link and your code. Both are good for 15 minutes.",
		Blocks: []mail.Block{
			mail.Heading("Sign in to " + brand.Name),
			mail.Paragraph("Somebody asked to sign in with the address " + row.EmailGiven + ". If that was you, press the button. If you are new here, it opens your account as well."),
			mail.Button("Sign in to "+brand.Name, link),
			mail.Paragraph("Or type this code into the page where you asked:"),
			mail.Code(s.secrets.signInCode(row.ID)),
			mail.Small("The link and the code are good for one sign-in, until " + until + ". " + works),
			mail.Small("If you did not ask for this, ignore this mail. Nobody can sign in without it, so please do not pass it on."),
		},
		Category:     "sign-in",
		MessageIDKey: "sign-in-" + row.ID.String(),
	}
}

// confirmLetter brings a code to somebody who is signed in already. There is no
// link in it: whoever opens one would be signed in, which nobody asked for.
func (s *Service) confirmLetter(row SignInToken, brand mail.Brand) mail.Letter {
	return mail.Letter{
		To: mail.Address{Email: row.EmailGiven}, Subject: "Your code for " + brand.Name, Preheader: "It confirms that it is you.",
		Blocks: []mail.Block{
			mail.Heading("Is it you?"),
			mail.Paragraph("Somebody who is logged in with the address " + row.EmailGiven + " wants to change how this account is logged in to. If that is you, type this code into the page:"),
			mail.Code(s.secrets.signInCode(row.ID)),
			mail.Small("The code is good once, until " + row.ExpiresAt.UTC().Format("15:04 UTC on 2 January") + ", in the browser that asked for it."),
			mail.Small("If it is not you, do not pass the code on: log in, and log out everywhere on your account page."),
		},
		Category: "confirm", MessageIDKey: "confirm-" + row.ID.String(),
	}
}
