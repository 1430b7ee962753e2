package identity

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/frontend"
)

// returnFor is how long the code is good that a link hands back.
const returnFor = 5 * time.Minute

// maxState bounds what a front end has handed back.
const maxState = 512

// Return says where a front end wants a sign-in link to lead back to. The link
// itself leads to a page of the portal, whose button hands a code back; a mail
// scanner that opens it, or runs its scripts, spends nothing. The code is of use
// only to whoever knows the verifier (RFC 7636), which the link does not hold.
type Return struct {
	To        string    // an address that the key allows
	Key       uuid.UUID // of the front end
	FrontEnd  FrontEnd
	State     string // handed back as it came
	Challenge string // the SHA-256 of the verifier, in base64url without padding
}

func (r Return) check(f *fault.Fields) {
	f.Check(r.FrontEnd.MayReturnTo(r.To), "return_to", "not_allowed", "The content key does not allow this return address.")
	sum, err := base64.RawURLEncoding.Strict().DecodeString(r.Challenge)
	f.Check(err == nil && len(sum) == sha256.Size, "code_challenge", "bad_challenge", "The SHA-256 of the code verifier in base64url, without padding: 43 characters.")
	f.Check(len(r.State) <= maxState && strings.IndexFunc(r.State, unruly) < 0, "state", "bad_state", "At most 512 bytes, without control characters.")
}

func returnSpent() error {
	return fault.New(fault.Gone, "return_code_invalid", "This code was used or is too old, or it was not asked for by you. Ask for another mail.")
}

// handBack makes the code with which a link leads back. The request stays until
// the code is exchanged, so that a reader who pressed the button in the wrong
// browser can still type the six digits into the right one.
func (s *Service) handBack(ctx context.Context, row SignInToken) (SignedIn, error) {
	now, code := s.clock.Now(), newToken()
	err := s.db.Tx(ctx, func(ctx context.Context) error {
		// Whoever takes an address away, or the key, means links under way, too.
		k, err := s.readKeyByID(ctx, *row.KeyID)
		if err != nil {
			return err
		}
		if k == nil || k.over(now) || !known(*k).MayReturnTo(row.ReturnTo) {
			return linkSpent()
		}
		return s.putReturnCode(ctx, row.ID, hex.EncodeToString(hashToken(code)), now, now.Add(returnFor))
	})
	return SignedIn{Onward: frontend.With(row.ReturnTo, "code", code, "state", row.State)}, err
}

// SpendReturn is the code that a link handed back.
type SpendReturn struct {
	Code     string
	Verifier string    // whose SHA-256 the front end sent when it asked
	Key      uuid.UUID // of the front end; it must be the one that asked
	Visit    Visit
}

// SpendReturn signs in with the code that a link handed back. A code is gone
// after the first try, whatever comes of it; the link can hand back another.
func (s *Service) SpendReturn(ctx context.Context, in SpendReturn) (SignedIn, error) {
	var row *SignInToken
	err := s.db.Tx(ctx, func(ctx context.Context) (err error) {
		if err = s.attempt(ctx, s.limits.returnsByClient, network(in.Visit.Client)); err == nil {
			row, err = s.takeReturnCode(ctx, hex.EncodeToString(hashToken(in.Code)), s.clock.Now())
		}
		return err
	})
	if err != nil {
		return SignedIn{}, err
	}
	if row == nil || *row.KeyID != in.Key || !verifies(in.Verifier, row.Challenge) {
		return SignedIn{}, returnSpent()
	}
	return s.spend(ctx, row.ID, "link", in.Visit, returnSpent())
}

// verifies compares a code verifier with the challenge, as RFC 7636, section
// 4.6 says for S256.
func verifies(verifier, challenge string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return len(verifier) >= 43 && len(verifier) <= 128 &&
		subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(challenge)) == 1
}
