package identity

import (
	"bufio"
	"context"
	_ "embed"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"lighttrends/internal/platform/fault"
)

const (
	minPassword = 12  // characters
	maxPassword = 200 // characters; more only costs time
	minDistinct = 5   // different characters
)

// commonPasswords are the most used ones of twelve characters and more.
//
//go:embed common_passwords.txt
var commonPasswords string

// passwords hashes and compares with Argon2id. Each takes 19 MiB for a moment,
// so only two do at once and the others wait.
type passwords struct {
	params  argon2id.Params
	allowed chan struct{}
}

// newPasswords uses the first recommendation of the OWASP Password Storage
// Cheat Sheet for Argon2id: 19 MiB, two passes, one thread.
func newPasswords() passwords {
	return passwords{
		params:  argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		allowed: make(chan struct{}, 2),
	}
}

// nobodysHash is compared with when there is no account, so that this takes as
// long as a wrong password. Nobody knows what it is the hash of.
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$FfnQ8UJA3nRt8UZBG5NQVw$kn6EG8h2A6HEA7KrOUC4Ftbfnm1NxasdhE2FdUnsV5Y"

func (p passwords) hash(ctx context.Context, password string) (hash string, err error) {
	err = p.oneAtATime(ctx, func() error {
		hash, err = argon2id.CreateHash(norm.NFC.String(password), &p.params)
		return err
	})
	return hash, err
}

// compare tells whether the password is right, and whether the hash was made
// with other parameters than today's.
func (p passwords) compare(ctx context.Context, password, hash string) (right, old bool, err error) {
	err = p.oneAtATime(ctx, func() error {
		var used *argon2id.Params
		right, used, err = argon2id.CheckHash(norm.NFC.String(password), hash)
		old = err == nil && *used != p.params
		return err
	})
	return right, old, err
}

func (p passwords) oneAtATime(ctx context.Context, do func() error) error {
	select {
	case p.allowed <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.allowed }()
	return do()
}

// checkPassword says what is wrong with a new password. Length counts, not
// signs and capitals (NIST SP 800-63B, 5.1.1.2).
func checkPassword(f *fault.Fields, path, password string, about ...string) {
	n := utf8.RuneCountInString(password)
	switch folded := fold(password); {
	case !utf8.ValidString(password):
		f.Add(path, "bad_characters", "This password cannot be used.")
	case n < minPassword:
		f.Add(path, "too_short", "At least 12 characters. A short sentence is good.")
	case n > maxPassword:
		f.Add(path, "too_long", "At most 200 characters.")
	case distinct(folded) < minDistinct || isCommon(folded):
		f.Add(path, "too_common", "This password is one of the first that somebody would try.")
	case saysWho(folded, about):
		f.Add(path, "too_close", "This password is your name or address.")
	}
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

func isCommon(folded string) bool {
	lines := bufio.NewScanner(strings.NewReader(commonPasswords))
	for lines.Scan() {
		if lines.Text() == folded {
			return true
		}
	}
	return false
}

// saysWho holds for the person's address, with or without its domain, and name.
func saysWho(folded string, about []string) bool {
	for _, s := range about {
		if s = fold(s); s != "" && (folded == s || folded == strings.ReplaceAll(s, " ", "")) {
			return true
		}
	}
	return false
}
