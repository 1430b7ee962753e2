package stripeapi_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

const (
	oldSecret = "whsec_old_secret"
	newSecret = "whsec_new_secret"
	tolerance = 5 * time.Minute
)

var signedAt = time.Unix(1_706_695_200, 0)

func mac(payload, secret string, at time.Time) string {
	h := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(h, "%d.%s", at.Unix(), payload)
	return hex.EncodeToString(h.Sum(nil))
}

func header(payload, secret string, at time.Time) string {
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), mac(payload, secret, at))
}

func event(object string) string {
	return `{"id":"evt_1","object":"event","type":"customer.subscription.updated","api_version":"2099-01-01.future","created":1706695200,"livemode":true,"data":{"object":` + object + `}}`
}

func TestAnEventIsReadFromItsRawBytes(t *testing.T) {
	t.Parallel()
	base := stripeapi.Event{ID: "evt_1", Type: "customer.subscription.updated", APIVersion: "2099-01-01.future", Created: signedAt.UTC(), Livemode: true}
	for name, c := range map[string]struct {
		object string
		want   func(*stripeapi.Event)
	}{
		"subscription": {`{"id":"sub_1","object":"subscription","customer":"cus_1"}`, func(e *stripeapi.Event) {
			e.ObjectID, e.ObjectType, e.SubscriptionID, e.CustomerID = "sub_1", "subscription", "sub_1", "cus_1"
		}},
		"expanded customer": {`{"id":"sub_1","object":"subscription","customer":{"id":"cus_1","object":"customer"}}`, func(e *stripeapi.Event) {
			e.ObjectID, e.ObjectType, e.SubscriptionID, e.CustomerID = "sub_1", "subscription", "sub_1", "cus_1"
		}},
		"customer": {`{"id":"cus_1","object":"customer"}`, func(e *stripeapi.Event) { e.ObjectID, e.ObjectType, e.CustomerID = "cus_1", "customer", "cus_1" }},
		"invoice": {`{"id":"in_1","object":"invoice","subscription":"sub_1","customer":"cus_1"}`, func(e *stripeapi.Event) {
			e.ObjectID, e.ObjectType, e.SubscriptionID, e.CustomerID = "in_1", "invoice", "sub_1", "cus_1"
		}},
		"invoice of a newer version": {`{"id":"in_1","object":"invoice","customer":"cus_1","parent":{"type":"subscription_details","subscription_details":{"subscription":"sub_1"}}}`, func(e *stripeapi.Event) {
			e.ObjectID, e.ObjectType, e.SubscriptionID, e.CustomerID = "in_1", "invoice", "sub_1", "cus_1"
		}},
		"preview without an id": {`{"object":"invoice","subscription":null,"customer":"cus_1"}`, func(e *stripeapi.Event) { e.ObjectType, e.CustomerID = "invoice", "cus_1" }},
		"strange fields":        {`{"id":7,"object":["x"],"customer":true,"subscription":{"id":9},"parent":"p"}`, func(*stripeapi.Event) {}},
		"nothing":               {`null`, func(*stripeapi.Event) {}},
	} {
		raw := event(c.object)
		want := base
		c.want(&want)
		got, err := stripeapi.ParseEvent([]byte(raw), header(raw, newSecret, signedAt), []string{oldSecret, newSecret}, tolerance, signedAt)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOnlyASignatureThatFitsOpens(t *testing.T) {
	t.Parallel()
	raw := event(`{"id":"sub_1","object":"subscription"}`)
	good := header(raw, newSecret, signedAt)
	both := []string{oldSecret, newSecret}
	for name, c := range map[string]struct {
		raw, header string
		secrets     []string
		now         time.Time
		tolerance   time.Duration
		code        string
	}{
		"new secret":             {raw, good, both, signedAt, tolerance, ""},
		"old secret":             {raw, header(raw, oldSecret, signedAt), both, signedAt, tolerance, ""},
		"two signatures":         {raw, good + ",v1=" + strings.Repeat("0", 64), both, signedAt, tolerance, ""},
		"the second one fits":    {raw, strings.Replace(good, "v1=", "v1="+strings.Repeat("0", 64)+",v1=", 1), both, signedAt, tolerance, ""},
		"other schemes beside":   {raw, good + ",v0=ff,v2=x", both, signedAt, tolerance, ""},
		"spaces":                 {raw, strings.ReplaceAll(good, ",", ", "), both, signedAt, tolerance, ""},
		"as old as may be":       {raw, good, both, signedAt.Add(tolerance), tolerance, ""},
		"a clock that is behind": {raw, good, both, signedAt.Add(-time.Hour), tolerance, ""},
		"old, no tolerance":      {raw, good, both, signedAt.Add(time.Hour), 0, ""},
		"too old":                {raw, good, both, signedAt.Add(tolerance + time.Second), tolerance, "stripe_signature"},
		"another secret":         {raw, header(raw, "whsec_other", signedAt), both, signedAt, tolerance, "stripe_signature"},
		"no secrets":             {raw, good, nil, signedAt, tolerance, "stripe_signature"},
		"an empty secret":        {raw, header(raw, "", signedAt), []string{""}, signedAt, tolerance, "stripe_signature"},
		"one byte changed":       {strings.Replace(raw, "sub_1", "sub_2", 1), good, both, signedAt, tolerance, "stripe_signature"},
		"a space more":           {raw + " ", good, both, signedAt, tolerance, "stripe_signature"},
		"another time":           {raw, fmt.Sprintf("t=%d,v1=%s", signedAt.Unix()+1, mac(raw, newSecret, signedAt)), both, signedAt, tolerance, "stripe_signature"},
		"two times":              {raw, fmt.Sprintf("t=%d,%s", signedAt.Unix()+9, good), both, signedAt, tolerance, "stripe_signature"},
		"no header":              {raw, "", both, signedAt, tolerance, "stripe_signature"},
		"no time":                {raw, "v1=" + mac(raw, newSecret, signedAt), both, signedAt, tolerance, "stripe_signature"},
		"no signature":           {raw, fmt.Sprintf("t=%d", signedAt.Unix()), both, signedAt, tolerance, "stripe_signature"},
		"only another scheme":    {raw, strings.Replace(good, "v1=", "v0=", 1), both, signedAt, tolerance, "stripe_signature"},
		"a part of a signature":  {raw, good[:len(good)-2], both, signedAt, tolerance, "stripe_signature"},
		"letters for a time":     {raw, strings.Replace(good, "t=", "t=x", 1), both, signedAt, tolerance, "stripe_signature"},
	} {
		_, err := stripeapi.ParseEvent([]byte(c.raw), c.header, c.secrets, c.tolerance, c.now)
		if c.code == "" && err != nil || c.code != "" && !fault.HasCode(err, c.code) {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
		if err != nil && (strings.Contains(err.Error(), oldSecret) || strings.Contains(err.Error(), newSecret)) {
			t.Errorf("%s: a secret stands in the error: %v", name, err)
		}
	}
}

func TestASignedBodyThatIsNoEventIsRefused(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "null", "[]", "{", `"x"`, `{}`, `{"object":"event"}`, `{"object":"event","id":"e"}`, event("{}") + "{}", `{"object":"customer","id":"e","type":"t"}`,
		`{"object":"event","id":"e","type":"t"}`} {
		_, err := stripeapi.ParseEvent([]byte(raw), header(raw, newSecret, signedAt), []string{newSecret}, tolerance, signedAt)
		if !fault.HasCode(err, "stripe_payload") || fault.Of(err).Kind != fault.BadRequest {
			t.Errorf("%q: %v, want stripe_payload", raw, err)
		}
	}
}

// FuzzParseEvent makes sure that no body and no header breaks the reader, and
// that nothing opens without a signature.
func FuzzParseEvent(f *testing.F) {
	raw := event(`{"id":"sub_1","object":"subscription","customer":{"id":"x"}}`)
	f.Add(raw, header(raw, newSecret, signedAt), true)
	f.Add(raw, "t=1,v1=00,v1=,t=", false)
	f.Fuzz(func(t *testing.T, raw, signature string, sign bool) {
		if sign {
			signature = header(raw, newSecret, signedAt)
		}
		e, err := stripeapi.ParseEvent([]byte(raw), signature, []string{newSecret}, tolerance, signedAt)
		if err == nil && (e.ID == "" || e.Type == "") {
			t.Fatalf("%q became %+v", raw, e)
		}
		// Who does not know the secret cannot make these digits; their case does not matter.
		if err == nil && !sign && !strings.Contains(strings.ToLower(signature), mac(raw, newSecret, signedAt)) {
			t.Fatalf("%q opened with %q", raw, signature)
		}
	})
}
