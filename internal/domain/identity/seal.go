package identity

import (
	"crypto/aes"
	"crypto/cipher"

	"github.com/google/uuid"
)

// seal encrypts what must be read again, such as the secret of an
// authenticator app. It opens only with the same SECRET_KEY and for the same
// person, so a row copied to somebody else is worth nothing.
func (s secrets) seal(plain []byte, owner uuid.UUID) ([]byte, error) {
	box, err := s.box()
	if err != nil {
		return nil, err
	}
	return box.Seal(nil, nil, plain, owner[:]), nil //nolint:gosec // it makes a random nonce itself and wants none
}

func (s secrets) unseal(sealed []byte, owner uuid.UUID) ([]byte, error) {
	box, err := s.box()
	if err != nil {
		return nil, err
	}
	return box.Open(nil, nil, sealed, owner[:])
}

func (s secrets) box() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.sealing)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
