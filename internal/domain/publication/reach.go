package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lighttrends/internal/platform/fault"
)

// Reach is what the owner decides about who the publication speaks to.
type Reach struct {
	// RefuseAI asks programs that gather text for language models to stay away.
	RefuseAI bool `json:"refuse_ai_crawlers"`
	// CompanyDomains are the mail domains of firms whose people may ask for
	// access to a note.
	CompanyDomains []string `json:"company_domains"`
}

const maxDomains = 500

func defaultReach() Reach { return Reach{CompanyDomains: []string{}} }

// domainPattern is a host name in lower case with at least one dot (RFC 1035,
// section 2.3.1, and digits in front, as RFC 1123 allows).
var domainPattern = regexp.MustCompile(`^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$`)

// tidy writes domains the way they are compared: small letters, each once, in
// order.
func (r *Reach) tidy() {
	out := []string{}
	for _, d := range r.CompanyDomains {
		if d = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(d), "@")); d != "" {
			out = append(out, d)
		}
	}
	slices.Sort(out)
	r.CompanyDomains = slices.Compact(out)
}

func (r Reach) check(f *fault.Fields) {
	f.Check(len(r.CompanyDomains) <= maxDomains, "/company_domains", "too_many", "At most 500.")
	for i, d := range r.CompanyDomains {
		f.Check(len(d) <= 253 && domainPattern.MatchString(d), fmt.Sprintf("/company_domains/%d", i), "bad_domain", "A domain such as example.com, without the part before the @.")
	}
}

// Knows tells whether an address belongs to a firm on the list. A domain below
// one of the list does not count: it may be anybody's.
func (r Reach) Knows(email string) bool {
	at := strings.LastIndexByte(email, '@')
	if at < 0 {
		return false
	}
	_, found := slices.BinarySearch(r.CompanyDomains, strings.ToLower(email[at+1:]))
	return found
}

// Reach returns what is in force.
func (h *House) Reach(ctx context.Context) (Reach, error) {
	return h.reaches.Get(ctx, "", h.loadReach)
}

func (h *House) loadReach(ctx context.Context) (Reach, error) {
	r := defaultReach()
	raw, err := h.setting(ctx, "reach")
	if err != nil || raw == nil {
		return r, err
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return r, fmt.Errorf("publication: reach: %w", err)
	}
	return r, nil
}
