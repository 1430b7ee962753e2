package config

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// KeepSecret returns SECRET_KEY. When it is not set (which only a local server
// may do) a key is made once and kept in DATA_DIR, readable by its owner only.
func (c Config) KeepSecret() (string, error) {
	if c.SecretKey != "" {
		return c.SecretKey, nil
	}
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(c.DataDir, "secret.key")
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails, see crypto/rand
	fresh := base64.RawURLEncoding.EncodeToString(raw)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		kept, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		if key := strings.TrimSpace(string(kept)); len(key) >= 32 {
			return key, nil
		}
		return "", errors.New(path + " does not hold a key of 32 characters or more")
	}
	if err != nil {
		return "", err
	}
	_, werr := f.WriteString(fresh + "\n")
	return fresh, errors.Join(werr, f.Sync(), f.Close())
}

// Derive makes a key of 32 bytes for one purpose from the secret key, by HKDF
// (RFC 5869), so that no two parts of the house share a key.
func Derive(secret, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "lighttrends/"+purpose, 32)
	if err != nil {
		panic(err) // only for lengths that HKDF cannot give; 32 is not one
	}
	return key
}
