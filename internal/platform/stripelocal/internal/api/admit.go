package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// admit checks the key and the version a request asks for.
func (a *API) admit(r *http.Request) error {
	key, given := keyOf(r)
	if !given {
		return unauthorized("You did not provide an API key. Send it as Bearer authorization, or as the user name of Basic authorization.")
	}
	if !same(key, a.Key) {
		return unauthorized("Invalid API Key provided.")
	}
	if v := r.Header.Get("Stripe-Version"); v != "" && v != object.Version {
		return wire.Refuse("", "", "The local stand-in speaks API version %s only.", object.Version)
	}
	return nil
}

func keyOf(r *http.Request) (string, bool) {
	if user, _, ok := r.BasicAuth(); ok {
		return user, user != ""
	}
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	key = strings.TrimSpace(key)
	return key, strings.EqualFold(scheme, "Bearer") && key != ""
}

// same compares in constant time, also when the lengths differ.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

func unauthorized(message string) error {
	return &wire.Error{Status: http.StatusUnauthorized, Type: "invalid_request_error", Message: message}
}
