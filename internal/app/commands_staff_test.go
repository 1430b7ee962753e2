package app

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

// TestTheOnlyOwnerGetsBackIn who has lost phone and codes, also while
// everybody has to have a second factor, and while the server runs.
func TestTheOnlyOwnerGetsBackIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		_, prepared := olga.call("POST", "/me/totp", "")
		secret, _ := prepared["secret"].(string)
		if got := told(olga.call("PUT", "/me/totp", `{"code":"`+must(totp.GenerateCode(secret, time.Now()))+`"}`)); got != "200" {
			t.Fatal(got)
		}
		if got := told(olga.call("PATCH", "/settings", `{"require_second_factor":true}`)); got != "200" {
			t.Fatal(got)
		}
		if _, step := h.stranger(t).password("olga@example.com"); step["ticket"] == nil {
			t.Fatal("the password alone opens the account:", step)
		}
		reset := func(email string) (string, error) {
			var out bytes.Buffer
			err := ResetSecondFactor(t.Context(), h.cfg, Console{Out: &out, Err: io.Discard, Log: NewLog(io.Discard, "text", "info")}, email)
			return out.String(), err
		}
		for _, email := range []string{"nobody@example.com", "nonsense"} {
			if out, err := reset(email); err == nil || out != "" {
				t.Error(email, out, err)
			}
		}
		out, err := reset("  Olga@Example.com ")
		if err != nil || !strings.Contains(out, "olga@example.com signs in with the password alone now") {
			t.Fatal(out, err)
		}
		if got := told(olga.call("GET", "/me", "")); got != "401 sign_in_required" {
			t.Error("the old session goes on:", got)
		}
		status, me := h.stranger(t).password("olga@example.com")
		if status != http.StatusOK || me["ticket"] != nil || me["must_enrol"] != true {
			t.Error(status, me)
		}
		entries, err := h.journal.List(t.Context(), journal.Filter{Verb: "staff.second_factor_reset"})
		if err != nil || len(entries) != 1 || entries[0].SubjectID != olga.staff.ID.String() || entries[0].ActorKind != "system" || entries[0].ActorName != "command line" {
			t.Error(fmt.Sprintf("%+v", entries), err)
		}
		if out, err := reset("olga@example.com"); err != nil || !strings.Contains(out, "no second factor to take away") {
			t.Error(out, err)
		}
	})
}
