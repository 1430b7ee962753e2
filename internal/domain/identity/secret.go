package identity

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"github.com/google/uuid"
)

const (
	minSecretKey = 32
	tokenLength  = 43 // of 32 bytes in unpadded base64url
)

// secrets are keys derived from SECRET_KEY, one for each use, so that what is
// computed for one can never stand for another (HKDF, RFC 5869).
type secrets struct{ link, code, limit, sealing, staff, rotation []byte }

func deriveSecrets(master []byte) (s secrets, err error) {
	for use, key := range map[string]*[]byte{"link": &s.link, "code": &s.code, "limit": &s.limit, "sealing": &s.sealing, "staff": &s.staff, "rotation": &s.rotation} {
		if *key, err = hkdf.Key(sha256.New, master, nil, "lighttrends identity "+use, sha256.Size); err != nil {
			return s, err
		}
	}
	return s, nil
}

func mac(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		// The length keeps ("ab", "c") apart from ("a", "bc").
		_ = binary.Write(h, binary.BigEndian, uint64(len(p)))
		_, _ = h.Write(p)
	}
	return h.Sum(nil)
}

// linkToken is what stands in a sign-in link: the row's id and the proof that
// this house wrote it.
func (s secrets) linkToken(id uuid.UUID) string {
	return base64.RawURLEncoding.EncodeToString(append(id[:], mac(s.link, id[:])...))
}

// readLink finds the row of a link, and whether the proof is right.
func (s secrets) readLink(token string) (uuid.UUID, bool) {
	var id uuid.UUID
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != len(id)+sha256.Size {
		return uuid.Nil, false
	}
	copy(id[:], raw)
	return id, hmac.Equal(raw[len(id):], mac(s.link, id[:]))
}

// staffLink is what stands in a link to a page of the desk, or of a member's
// account: the row's id, a number, and the proof that this house wrote it for this purpose.
func (s secrets) staffLink(purpose string, id uuid.UUID, n int64) string {
	b := binary.BigEndian.AppendUint64(id[:], uint64(n)) //nolint:gosec // it comes back the same way
	return base64.RawURLEncoding.EncodeToString(append(b, mac(s.staff, []byte(purpose), b)...))
}

// readStaffLink finds the row and the number of a link, and whether the proof
// is right.
func (s secrets) readStaffLink(purpose, token string) (id uuid.UUID, n int64, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != len(id)+8+sha256.Size {
		return uuid.Nil, 0, false
	}
	copy(id[:], raw)
	signed, proof := raw[:len(id)+8], raw[len(id)+8:]
	n = int64(binary.BigEndian.Uint64(signed[len(id):])) //nolint:gosec // as it was written
	return id, n, hmac.Equal(proof, mac(s.staff, []byte(purpose), signed))
}

// signInCode is the six-digit code of a sign-in.
func (s secrets) signInCode(id uuid.UUID) string {
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(mac(s.code, id[:]))%1_000_000)
}

// blind is the name under which a limit counts somebody.
func (s secrets) blind(limit, who string) []byte { return mac(s.limit, []byte(limit), []byte(who)) }

// newToken makes 256 random bits, written so that they fit into a cookie.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails, crypto/rand says
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashToken is how a token stands in the database. A plain hash is enough for
// something that cannot be guessed.
func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
