package app

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
)

// versionless are the changes that take no If-Match, and why.
var versionless = map[string]string{
	"change-my-password": "proved by the password before", "confirm-totp": "a step of a ceremony", "remove-totp": "there is one or none",
	"end-my-session": "ended is ended", "end-my-other-sessions": "ended is ended", "read-notification": "a mark", "read-notifications": "a mark",
	"enter-note": "a sign of life", "leave-note": "a sign of life",
}

// ownVersions are the changes whose rooms keep a number, tried by their tests.
var ownVersions = map[string]bool{
	"change-note": true, "publish-note": true, "retract-note": true, "submit-note": true, "withdraw-note": true, "archive-note": true, "unarchive-note": true,
	"schedule-note": true, "unschedule-note": true, "edit-comment": true, "delete-comment": true, "resolve-thread": true, "reopen-thread": true, "move-anchors": true,
	"change-issue": true, "arrange-issue": true, "publish-issue": true, "retract-issue": true, "change-settings": true, "change-view": true, "delete-view": true,
	"change-webhook": true,
	"rename-passkey": true, "remove-passkey": true, // of a list of the account's own, tried with a browser
}

// change is one write of a single thing: first with an older version, then
// with the one that is there.
type change struct{ id, method, path, body string }

// changes are in an order in which each finds what it changes.
func changes() []change {
	return []change{
		{"put-series", "PUT", "/series/letter", `{"name":"New"}`}, {"put-topic", "PUT", "/topics/film", `{"name":"New"}`},
		{"put-author", "PUT", "/authors/ada", `{"name":"New"}`}, {"put-issue", "PUT", "/series/letter/issues/2026-07", `{"number":8}`},
		{"put-publication", "PUT", "/publication", `{"name":"Cold","time_zone":"Europe/London","contact":{}}`},
		{"put-selling", "PUT", "/selling", `{"automatic_tax":true,"tax_ids":true,"promotion_box":false,"account_first":false,"currency":"usd"}`},
		{"change-subscription-policy", "PATCH", "/subscription-policy", `{"grace_days":3}`}, {"change-sales-rules", "PATCH", "/sales-rules", `{"free_notes":3}`},
		{"put-plan", "PUT", "/plans/reader", `{"name":"New","prices":[]}`}, {"order-plans", "PUT", "/plan-order", `{"slugs":["reader"]}`},
		{"change-offer", "PUT", "/offers/SPRING", `{"name":"New"}`},
		{"send-quote", "POST", "/orders/{order}/letters", ``}, {"withdraw-order", "PUT", "/orders/{order}/withdrawal", ``},
		{"change-lead", "PATCH", "/leads/{lead}", `{"done":true}`},
		{"change-term", "PATCH", "/terms/{term}", `{"reference":"New"}`}, {"revoke-term", "PUT", "/terms/{term}/revocation", `{}`},
		{"put-note-price", "PUT", "/notes/{note}/price", `{"amount":900,"currency":"usd"}`},
		{"name-revision", "PUT", "/notes/{note}/revisions/1/name", `{"name":"First"}`},
		{"revoke-preview-link", "DELETE", "/notes/{note}/preview-links/{link}", ``},
		{"describe-attachment", "PUT", "/notes/{note}/attachments/{file}", `{"title":"New","access":"note"}`},
		{"arrange-attachments", "PUT", "/notes/{note}/attachments", `{"attachments":["{file}"]}`},
		{"replace-attached-file", "PUT", "/attachments/{file}/file", `sheet`}, {"detach-file", "DELETE", "/notes/{note}/attachments/{file}", ``},
		{"focus-picture", "PUT", "/pictures/{picture}/focus", `{"x":1,"y":2}`}, {"describe-picture", "PUT", "/pictures/{picture}", `{"alt":"New","caption":""}`},
		{"replace-picture", "PUT", "/pictures/{picture}/file", `picture`}, {"delete-picture", "DELETE", "/pictures/{picture}", ``},
		{"change-media-folder", "PUT", "/media-folders/{folder}", `{"name":"New"}`}, {"delete-media-folder", "DELETE", "/media-folders/{folder}", ``},
		{"change-redirect", "PATCH", "/redirects/{redirect}", `{"to":"/plans"}`}, {"delete-redirect", "DELETE", "/redirects/{redirect}", ``},
		{"change-role", "PATCH", "/roles/{role}", `{"name":"New"}`}, {"delete-role", "DELETE", "/roles/{role}", ``},
		{"invite-again", "POST", "/invitations/{invitation}/delivery", ``}, {"revoke-invitation", "DELETE", "/invitations/{invitation}", ``},
		{"change-key", "PATCH", "/keys/{key}", `{"name":"New"}`}, {"rotate-key", "POST", "/keys/{key}/rotation", `{}`}, {"revoke-key", "DELETE", "/keys/{key}", ``},
		{"rotate-webhook-secret", "POST", "/webhooks/{webhook}/secret", ``}, {"delete-webhook", "DELETE", "/webhooks/{webhook}", ``},
		{"begin-with-view", "PUT", "/views/{view}/default", ``}, {"begin-plain", "DELETE", "/views/{view}/default", ``},
		{"change-staff", "PATCH", "/staff/{staff}", `{"name":"New"}`}, {"end-staff-sessions", "DELETE", "/staff/{staff}/sessions", ``},
		{"reset-second-factor", "DELETE", "/staff/{staff}/second-factor", ``},
		{"change-me", "PATCH", "/me", `{"name":"New"}`},
		{"delete-member", "DELETE", "/members/{member}?subscriptions=now", ``},
		{"delete-topic", "DELETE", "/topics/unused", ``}, {"delete-author", "DELETE", "/authors/unused", ``}, {"delete-series", "DELETE", "/series/unused", ``},
	}
}

// TestEveryChangeKeepsToWhatItWasMadeFrom walks the document and tries each
// change with an older version.
func TestEveryChangeKeepsToWhatItWasMadeFrom(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		d := h.changer(t)
		tried := map[string]bool{"push-plan": true, "take-plan": true} // which wait for Stripe
		for _, c := range changes() {
			tried[c.id] = true
			d.change(c)
		}
		for _, op := range d.olga.document() {
			if op.open() || op.method == http.MethodGet {
				continue
			}
			takes, why := op.takes("If-Match"), versionless[op.OperationID]
			if op.method != http.MethodPost && takes == (why != "") {
				t.Errorf("%s takes If-Match: %v; %s", op.OperationID, takes, why)
			}
			if takes && op.method != http.MethodPost && !tried[op.OperationID] && !ownVersions[op.OperationID] {
				t.Errorf("nobody tries %s with an older version", op.OperationID)
			}
		}
	})
}

func (h *house) changer(t *testing.T) *repeater {
	t.Helper()
	d := h.repeater(t)
	make := func(path, body string) string {
		resp, text := d.post(path, body, "make"+path+body, "x")
		if resp.StatusCode != http.StatusCreated {
			t.Fatal(path, resp.StatusCode, text)
		}
		return between(text, `"id":"`, `"`)
	}
	d.olga.call("PUT", "/topics/film", `{"name":"Film"}`)
	d.olga.call("PUT", "/authors/ada", `{"name":"Ada"}`)
	for _, list := range []string{"topics", "authors", "series"} {
		d.olga.call("PUT", "/"+list+"/unused", `{"name":"Unused"}`)
	}
	d.olga.call("PUT", "/series/letter/issues/2026-07", `{"number":7}`)
	make("/offers", creates()["make-offer"].body)
	must(0, h.publication.Receive(t.Context(), publication.Letter{Name: "Ada", Email: "ada@lind.example", Subject: "Ask", Message: "Ask.", Consent: true}))
	lead := must(h.publication.Leads(h.staff, 1))[0].ID.String()
	staff := h.hire(t, "bea@example.com", identity.Analyst).staff.ID.String()
	d.names = strings.NewReplacer("{member}", d.names.Replace("{member}"), "{note}", d.names.Replace("{note}"), "{key}", d.names.Replace("{key}"), "{lead}", lead, "{staff}", staff,
		"{order}", make("/orders", creates()["make-quote"].body), "{term}", make("/members/{member}/terms", creates()["give-term"].body),
		"{link}", make("/notes/{note}/preview-links", `{"audience":"anonymous"}`), "{file}", make("/attachments", "sheet"), "{picture}", make("/pictures", "picture"),
		"{folder}", make("/media-folders", `{"name":"There"}`), "{redirect}", make("/redirects", creates()["create-redirect"].body), "{role}", make("/roles", creates()["create-role"].body),
		"{invitation}", make("/invitations", creates()["invite"].body), "{webhook}", make("/webhooks", creates()["create-webhook"].body), "{view}", make("/views", creates()["keep-view"].body))
	return d
}

// send makes a change with a condition.
func (d *repeater) send(c change, header ...string) (*http.Response, string) {
	d.t.Helper()
	h := append([]string{"Sec-Fetch-Site", "same-origin", "Content-Type", "application/json"}, header...)
	body := d.names.Replace(c.body)
	if body != "" && !strings.HasPrefix(body, "{") {
		h[3], body = "multipart/form-data; boundary=x", d.form(c.path, body, "x")
	}
	return d.olga.visitor.send(c.method, "/api/admin/v1"+d.names.Replace(c.path), strings.NewReader(body), h...)
}

func (d *repeater) change(c change) {
	d.t.Helper()
	resp, text := d.send(c, "If-Match", `"an older one"`)
	current := strings.ReplaceAll(between(text, `"current":"`, `",`), `\"`, `"`)
	if resp.StatusCode != http.StatusPreconditionFailed || !strings.Contains(text, `"code":"stale_version"`) || len(current) < 3 {
		d.t.Errorf("%s from an older version: %d %s", c.id, resp.StatusCode, text)
		return
	}
	resp, text = d.send(c, "If-Match", current)
	if resp.StatusCode >= 300 {
		d.t.Errorf("%s from the version that is there: %d %s", c.id, resp.StatusCode, text)
	}
}

func between(text, begin, end string) string {
	_, rest, _ := strings.Cut(text, begin)
	out, _, _ := strings.Cut(rest, end)
	return out
}

// TestOfManyChangesFromOneVersionOneIsDone: what others wrote meanwhile is
// never written over, whoever comes first.
func TestOfManyChangesFromOneVersionOneIsDone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		d := h.repeater(t)
		for round := range 5 {
			resp, _ := d.olga.visitor.send("GET", "/api/admin/v1/series/letter", strings.NewReader(""))
			tag := resp.Header.Get("ETag")
			done, all := make([]int, 6), sync.WaitGroup{}
			for i := range done {
				all.Go(func() {
					resp, _ := d.send(change{"", "PUT", "/series/letter", fmt.Sprintf(`{"name":"%d of %d"}`, i, round)}, "If-Match", tag)
					done[i] = resp.StatusCode
				})
			}
			all.Wait()
			n := 0
			for _, status := range done {
				switch status {
				case http.StatusOK:
					n++
				case http.StatusPreconditionFailed:
				default:
					t.Error(done)
				}
			}
			if n != 1 {
				t.Fatalf("%d of %v were done", n, done)
			}
		}
		for path, want := range map[string]int{"/series/letter": http.StatusPreconditionFailed, "/series/brief": http.StatusOK} {
			if resp, text := d.send(change{"", "PUT", path, `{"name":"Made"}`}, "If-None-Match", "*"); resp.StatusCode != want {
				t.Error("only if it is not there:", path, resp.StatusCode, text)
			}
		}
		if resp, _ := d.send(change{"", "PUT", "/series/nowhere", `{"name":"Made"}`}, "If-Match", "*"); resp.StatusCode != http.StatusPreconditionFailed {
			t.Error("only if it is there:", resp.StatusCode)
		}
		resp, _ := d.send(change{"", "PUT", "/series/letter", `{"name":"Told"}`})
		read, _ := d.olga.visitor.send("GET", "/api/admin/v1/series/letter", strings.NewReader(""))
		if tag := resp.Header.Get("ETag"); tag == "" || tag != read.Header.Get("ETag") {
			t.Errorf("the change answers with %q and reading with %q", tag, read.Header.Get("ETag"))
		}
	})
}
