package once

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
)

// seal is what one request's row is found by and opened with.
type seal struct {
	name string // in the place of the key
	key  []byte
}

func (k *Keeper) sealOf(r Request) seal {
	return seal{base64.RawURLEncoding.EncodeToString(k.derive("row", r)), k.derive("seal", r)}
}

// derive makes 32 bytes for one purpose. The lengths keep two requests apart
// whose texts only begin and end otherwise.
func (k *Keeper) derive(purpose string, r Request) []byte {
	h := hmac.New(sha256.New, k.secret)
	for _, text := range []string{purpose, r.Scope, r.Key} {
		h.Write([]byte(strconv.Itoa(len(text)) + ":" + text))
	}
	return h.Sum(nil)
}

func (s seal) box() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func (s seal) close(answer []byte) ([]byte, error) {
	box, err := s.box()
	if err != nil {
		return nil, err
	}
	return box.Seal(nil, nil, answer, nil), nil //nolint:gosec // it makes a random nonce itself and wants none
}

func (s seal) open(sealed []byte) ([]byte, error) {
	box, err := s.box()
	if err != nil {
		return nil, err
	}
	return box.Open(nil, nil, sealed, nil)
}
