package app

import (
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
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
