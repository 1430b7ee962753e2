package identity

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/frontend"
)

// maxAddresses bounds the lists of one key.
const maxAddresses = 50

// FrontEnd is what a content key says of the front end that shows it.
type FrontEnd struct {
	// Origins are those from which browsers may call with the key; empty: any,
	// for what is public.
	Origins []string
	// ReturnAddresses are whereto sign-in links and payment pages may lead: whole
	// addresses, of which one that ends in a slash stands for all below it.
	ReturnAddresses []string
}

// MayReturnTo tells whether a sign-in link or a payment page may lead to an
// address.
func (f FrontEnd) MayReturnTo(address string) bool {
	return frontend.Allowed(f.ReturnAddresses, address)
}

// checked returns the lists in order and each entry once. Only a key that opens
// nothing but the Content API may have any: one of the desk has no business in
// a browser.
func (f FrontEnd) checked(faults *fault.Fields, scopes []Scope) FrontEnd {
	own := slices.Equal(scopes, []Scope{ScopeContentRead})
	check := func(path string, list []string, good func(string) bool, rule string) []string {
		faults.Check(own || len(list) == 0, path, "not_a_front_end", "Only a key with the scope content.read and no other is a front end's.")
		faults.Check(len(list) <= maxAddresses, path, "too_many", fmt.Sprintf("At most %d.", maxAddresses))
		for i, s := range list {
			faults.Check(good(s), fmt.Sprintf("%s.%d", path, i), "bad_address", rule)
		}
		list = append([]string{}, list...)
		slices.Sort(list)
		return slices.Compact(list)
	}
	return FrontEnd{
		Origins: check("origins", f.Origins, frontend.Origin,
			"An origin such as https://www.example.com: in small letters, without a path. http only on this machine."),
		ReturnAddresses: check("return_addresses", f.ReturnAddresses, frontend.Address,
			"A whole address with a path, such as https://www.example.com/signed-in, or one that ends in a slash for all below it. http only on this machine."),
	}
}

// AddressList is a list of addresses, stored as a JSON array.
type AddressList []string

// Value implements driver.Valuer.
func (l AddressList) Value() (driver.Value, error) {
	b, err := json.Marshal(append([]string{}, l...))
	return string(b), err
}

// Scan implements sql.Scanner.
func (l *AddressList) Scan(v any) error { return scanList(v, l) }

// FrontEnds is what all live content keys together say.
type FrontEnds struct {
	Origins []string // each once, in order
	Any     bool     // a key names none, so that browsers may call with it from anywhere
}

// liveKey is what is remembered of a content key to answer for all of them.
type liveKey struct {
	FrontEnd
	expires *time.Time
}

// FrontEnds lists the origins of all content keys that are good now, for who
// asks without showing one, as browsers do before they call. It is answered from
// memory, on every node until a key changes.
func (s *Service) FrontEnds(ctx context.Context) (out FrontEnds, err error) {
	live, err := s.frontEnds.Get(ctx, "", s.liveKeys)
	now := s.clock.Now()
	for _, k := range live {
		if k.expires != nil && !k.expires.After(now) {
			continue
		}
		out.Any = out.Any || len(k.Origins) == 0
		out.Origins = append(out.Origins, k.Origins...)
	}
	slices.Sort(out.Origins)
	out.Origins = slices.Compact(out.Origins)
	return out, err
}

func (s *Service) liveKeys(ctx context.Context) (live []liveKey, err error) {
	keys, err := s.selectLiveKeys(ctx, s.clock.Now())
	for _, k := range keys {
		if slices.Contains(k.Scopes, ScopeContentRead) {
			live = append(live, liveKey{known(k).FrontEnd, k.ExpiresAt})
		}
	}
	return live, err
}
