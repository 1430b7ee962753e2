package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// TestTheFirmHearsOfALetter once, at the address in its contact block.
func TestTheFirmHearsOfALetter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		letter := publication.Letter{Name: "Ada", Email: "ada@example.com", Subject: "A number", Message: "Is it 12?", Page: "/notes/x", Consent: true, ClientAddress: "1"}
		receive := func() {
			if err := h.publication.Receive(t.Context(), letter); err != nil {
				t.Fatal(err)
			}
		}
		_, _, err := h.publication.Change(h.staff, "", func(s *publication.Settings) {
			s.Contact.Email, s.CompanyDomains = "desk@firm.example", []string{"northwind.example"}
		})
		if err != nil {
			t.Fatal(err)
		}
		receive()
		if err := h.publication.AskAccess(t.Context(), publication.AccessAsk{Email: "bo@northwind.example", Title: "Twelve", Page: "/notes/twelve", ClientAddress: "2"}); err != nil {
			t.Fatal(err)
		}
		var found []string
		for end := time.Now().Add(20 * time.Second); len(found) < 2 && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			found = h.letters(t, "desk@firm.example")
		}
		all := strings.Join(found, "|")
		if len(found) != 2 || !strings.Contains(all, "Is it 12?") || !strings.Contains(all, "bo@northwind.example") {
			t.Errorf("%q", found)
		}
	})
}

// TestAnAskForAccessTellsNoCustomers counts alike whoever asks, and apart from
// the letters: else whoever has used those up could ask for one domain after
// the other, and would be refused at those on the list only.
func TestAnAskForAccessTellsNoCustomers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		_, _, err := h.publication.Change(h.staff, "", func(s *publication.Settings) { s.CompanyDomains = []string{"northwind.example"} })
		if err != nil {
			t.Fatal(err)
		}
		hears := map[string]string{}
		for i, domain := range []string{"northwind.example", "other.example"} {
			client := fmt.Sprint("192.0.2.", i)
			for range 6 {
				_ = h.publication.Receive(t.Context(), publication.Letter{Name: "Ada", Email: "ada@example.com", Message: "Hello", Consent: true, ClientAddress: client})
			}
			for range 12 {
				err := h.publication.AskAccess(t.Context(), publication.AccessAsk{Email: "bo@" + domain, Title: "Twelve", ClientAddress: client})
				if hears[domain] += "."; err != nil {
					hears[domain] += fault.Of(err).Code
				}
			}
		}
		const want = "...........too_many_attempts.too_many_attempts"
		if hears["northwind.example"] != want || hears["other.example"] != want {
			t.Errorf("%v", hears)
		}
		var kept, rows int64
		r := h.db.Read(t.Context())
		r.Model(&publication.Lead{}).Where("kind = ?", publication.AccessAsked).Count(&kept)
		r.Model(&publication.Lead{}).Where("email LIKE ?", "%other.example").Count(&rows)
		if kept != 10 || rows != 0 {
			t.Errorf("%d kept, %d of nobody's", kept, rows)
		}
	})
}
