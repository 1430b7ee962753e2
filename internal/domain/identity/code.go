package identity

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"

	"lighttrends/internal/platform/fault"
)

// SpendCode is a code typed into a page.
type SpendCode struct {
	Browser string // as StartSignIn returned it
	Code    string // spaces and hyphens do not count
	Visit   Visit
}

const codeInvalid = "code_invalid"

// codeWrong is one answer for a wrong, a spent, an expired and a dead code,
// and for a browser that never asked.
func codeWrong() error {
	f := fault.New(fault.Invalid, codeInvalid, "This code is not right, or no longer good. Use the newest mail, press the button in it, or ask for another.")
	f.Fields = []fault.Field{{Path: "code", Code: "not_right", Message: "This code is not right, or no longer good."}}
	return f
}

// SpendCode signs in with the code, in the browser that asked for it and
// nowhere else. After five tries a code is dead; its link still works. When
// the browser has asked several times, a try counts for each of its codes.
func (s *Service) SpendCode(ctx context.Context, in SpendCode) (SignedIn, error) {
	right, err := s.tryCode(ctx, in)
	if err != nil {
		return SignedIn{}, err
	}
	return s.spendCode(ctx, *right, in.Visit)
}

// tryCode counts the try and finds the request whose code this is.
func (s *Service) tryCode(ctx context.Context, in SpendCode) (right *SignInToken, err error) {
	code := strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(in.Code)
	// The tries are committed before the code counts for anything, so that no
	// failure later can give one back.
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.attempt(ctx, s.limits.codesByClient, network(in.Visit.Client)); err != nil {
			return err
		}
		rows, err := s.tryCodes(ctx, hashToken(in.Browser), s.clock.Now())
		if err != nil {
			return err
		}
		right, err = s.match(ctx, rows, code)
		return err
	})
	if err == nil && right == nil {
		err = codeWrong()
	}
	return right, err
}

// match compares the code with each of the browser's requests, in the same
// time whatever they are.
func (s *Service) match(ctx context.Context, rows []SignInToken, code string) (right *SignInToken, err error) {
	for _, address := range addresses(rows) {
		if err := s.attempt(ctx, s.limits.codesByAccount, address); err != nil {
			return nil, useTheLink(err)
		}
	}
	for i, row := range rows {
		if subtle.ConstantTimeCompare([]byte(s.secrets.signInCode(row.ID)), []byte(code)) == 1 {
			right = &rows[i]
		}
	}
	return right, nil
}

// addresses lists each address once, in one order for everybody who locks
// their counters.
func addresses(rows []SignInToken) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Email)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// useTheLink says what still works when too many codes were tried.
func useTheLink(err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.TooMany {
		f.Message = "Too many codes were tried for this address. The button in the mail still works."
	}
	return err
}

func (s *Service) spendCode(ctx context.Context, row SignInToken, v Visit) (in SignedIn, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if in, err = s.spend(ctx, row.ID, "code", v, codeWrong()); err != nil {
			return err
		}
		return s.forgive(ctx, s.limits.codesByAccount, row.Email)
	})
	return in, err
}
