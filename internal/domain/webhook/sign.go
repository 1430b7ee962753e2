package webhook

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// secretSize is within what Standard Webhooks asks for, 24 to 64 bytes.
const secretSize = 32

// prefix marks a secret for scanners and for people.
const prefix = "whsec_"

func newSecret() []byte {
	b := make([]byte, secretSize)
	rand.Read(b) // ends the program rather than fail
	return b
}

func written(secret []byte) string { return prefix + base64.StdEncoding.EncodeToString(secret) }

// sign makes the header webhook-signature: one signature for each secret, with
// a space between them (Standard Webhooks, "Signature scheme").
func sign(id string, at time.Time, body []byte, secrets ...[]byte) string {
	out := make([]string, len(secrets))
	for i, s := range secrets {
		h := hmac.New(sha256.New, s)
		h.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
		h.Write(body)
		out[i] = "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil))
	}
	return strings.Join(out, " ")
}

// safe seals secrets in the database: they open only with the same key and for
// the same endpoint.
type safe struct{ key []byte }

func (s safe) box() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func (s safe) seal(secret []byte, endpoint uuid.UUID) ([]byte, error) {
	box, err := s.box()
	if err != nil {
		return nil, err
	}
	return box.Seal(nil, nil, secret, endpoint[:]), nil //nolint:gosec // it makes a random nonce itself and wants none
}

func (s safe) open(sealed []byte, endpoint uuid.UUID) ([]byte, error) {
	box, err := s.box()
	if err != nil {
		return nil, err
	}
	return box.Open(nil, nil, sealed, endpoint[:])
}
