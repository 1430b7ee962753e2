package actor_test

import (
	"testing"

	"lighttrends/internal/platform/actor"
)

func TestAPlaceIsNoAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"203.0.113.77": "203.0.113.0/24", "::ffff:203.0.113.77": "203.0.113.0/24",
		"2001:db8:1:2::3": "2001:db8:1::/48", "fe80::1%eth0": "fe80::/48", "": "", "nowhere": "",
	} {
		if got := actor.Place(address); got != want {
			t.Errorf("%q is at %q, not %q", address, got, want)
		}
	}
}
