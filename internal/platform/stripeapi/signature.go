package stripeapi

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lighttrends/internal/platform/fault"
)

// Codes of the faults ParseEvent returns.
const (
	CodeSignature = "stripe_signature"
	CodePayload   = "stripe_payload"
)

// Refusal says why a call to the webhook was refused, in one word that can be
// counted. It is among the causes of the fault.
type Refusal string

// Error implements error.
func (r Refusal) Error() string { return string(r) }

// The reasons for refusing a call.
const (
	Unsigned Refusal = "unsigned"     // no header, or one that cannot be read
	Forged   Refusal = "wrong_secret" // no secret of ours makes the signature
	TooOld   Refusal = "too_old"      // played back, or a clock is wrong
	NoEvent  Refusal = "no_event"     // signed, and not an event
)

// maxSignatures bounds the work one header can cause. Stripe sends one
// signature for each active secret, of which there are at most two.
const maxSignatures = 8

// signature is a Stripe-Signature header, taken apart: when it was made and
// what it may be (https://docs.stripe.com/webhooks#verify-manually).
type signature struct {
	stamp string // as it stands in the header, because it is part of what is signed
	when  time.Time
	v1    [][]byte
}

func readSignature(header string) (signature, error) {
	var s signature
	for part := range strings.SplitSeq(header, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "t":
			seconds, err := strconv.ParseInt(value, 10, 64)
			if err != nil || s.stamp != "" {
				return s, errors.New("the time in the header is not one number")
			}
			s.stamp, s.when = value, time.Unix(seconds, 0)
		case "v1":
			mac, err := hex.DecodeString(value)
			if err == nil && len(mac) == sha256.Size && len(s.v1) < maxSignatures {
				s.v1 = append(s.v1, mac)
			}
		}
	}
	if s.stamp == "" || len(s.v1) == 0 {
		return s, errors.New("the header holds no time or no v1 signature")
	}
	return s, nil
}

// verify checks the raw bytes against every secret. All of them are tried
// each time, and compared in constant time.
func (s signature) verify(raw []byte, secrets []string) bool {
	good := false
	for _, secret := range secrets {
		if secret == "" {
			continue // an empty key would let anybody sign
		}
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(s.stamp + "."))
		mac.Write(raw)
		want := mac.Sum(nil)
		for _, got := range s.v1 {
			good = hmac.Equal(got, want) || good
		}
	}
	return good
}

func checkSignature(raw []byte, header string, secrets []string, tolerance time.Duration, now time.Time) error {
	refuse := func(why error) error {
		return fault.Wrap(why, fault.BadRequest, CodeSignature, "The signature of this call does not fit.")
	}
	s, err := readSignature(header)
	if err != nil {
		return refuse(fmt.Errorf("%w: %w", Unsigned, err))
	}
	if !s.verify(raw, secrets) {
		return refuse(Forged)
	}
	if age := now.Sub(s.when); tolerance > 0 && age > tolerance {
		return refuse(fmt.Errorf("%w: by %s", TooOld, age.Round(time.Second)))
	}
	return nil
}
