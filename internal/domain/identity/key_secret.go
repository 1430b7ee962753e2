package identity

import (
	"crypto/rand"
	"hash/crc32"
	"math/big"
	"strings"
)

// A key looks like lt_content_<43 characters><6 characters>: 256 random bits
// and a checksum, both in base 62. The prefix lets secret scanners and people
// recognise it; the checksum lets a mistyped one be refused without asking the
// database.
const (
	keyBodyLength = 43 // 62^43 > 2^256
	keySumLength  = 6  // 62^6 > 2^32
	keyShown      = 4  // characters of the body that lists show
)

// newKeySecret makes a key of a kind, "content", "server" or "admin", and the part of it
// that may be shown.
func newKeySecret(kind string) (secret, prefix string) {
	return secretWith("lt_" + kind + "_")
}

// secretWith makes a secret that begins with a head.
func secretWith(head string) (secret, prefix string) {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails, crypto/rand says
	body := base62(new(big.Int).SetBytes(b), keyBodyLength)
	return head + body + keySum(head+body), head + body[:keyShown]
}

// looksLikeKey checks form and checksum.
func looksLikeKey(s string) bool {
	return wellFormed(s, "lt_content_") || wellFormed(s, "lt_server_") || wellFormed(s, "lt_admin_")
}

// wellFormed checks form and checksum of a secret with this head.
func wellFormed(s, head string) bool {
	body, ok := strings.CutPrefix(s, head)
	if !ok || len(body) != keyBodyLength+keySumLength {
		return false
	}
	cut := len(s) - keySumLength
	return keySum(s[:cut]) == s[cut:]
}

func keySum(s string) string {
	return base62(new(big.Int).SetUint64(uint64(crc32.ChecksumIEEE([]byte(s)))), keySumLength)
}

// base62 writes a number in digits, capitals and small letters, as math/big
// orders them, with leading zeros.
func base62(n *big.Int, length int) string {
	digits := n.Text(62)
	return strings.Repeat("0", max(length-len(digits), 0)) + digits
}
