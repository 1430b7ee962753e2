package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// entryOfDocument is what the OpenAPI document says of one operation.
type entryOfDocument struct {
	OperationID string
	Security    []map[string][]string
	Parameters  []struct{ Name, In string }
	Responses   map[string]struct{ Headers map[string]any }
	method      string
	path        string
}

func (d entryOfDocument) takes(header string) bool {
	for _, p := range d.Parameters {
		if p.In == "header" && p.Name == header {
			return true
		}
	}
	return false
}

// open tells whether nobody has to say who they are.
func (d entryOfDocument) open() bool {
	return len(d.Security) == 0 || slices.ContainsFunc(d.Security, func(way map[string][]string) bool { return len(way) == 0 })
}

// document reads the Admin API's document.
func (v *visitor) document() (all []entryOfDocument) {
	v.t.Helper()
	_, text := v.get("/api/admin/v1/openapi.json")
	var doc struct {
		Paths map[string]map[string]entryOfDocument
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		v.t.Fatal(err)
	}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			op.method, op.path = strings.ToUpper(method), strings.TrimPrefix(path, "/api/admin/v1")
			all = append(all, op)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].path+all[i].method < all[j].path+all[j].method })
	return all
}

// unrepeatable are the POSTs that take no Idempotency-Key, and why.
var unrepeatable = map[string]string{
	"draw-text": "answers and keeps nothing", "compare-plan": "looks at Stripe and keeps what it saw", "confirm-me": "proves who somebody is",
	"prepare-totp": "a step of a ceremony; only the last one counts", "offer-passkey": "a step of a ceremony that is spent once",
}

// creates has a request for every POST of the Admin API that makes something:
// one that is good, and another for the same key.
func creates() map[string]struct{ path, body, other string } {
	return map[string]struct{ path, body, other string }{
		"make-plan":         {"/plans", `{"slug":"team","name":"Team","prices":[{"interval":"month","amount":100,"currency":"usd"}]}`, `{"slug":"crew","name":"Crew","prices":[]}`},
		"make-offer":        {"/offers", `{"code":"SPRING","kind":"signup","gift":"percent","percent":20,"duration":"once","name":"Spring"}`, `{"code":"AUTUMN","kind":"signup","gift":"percent","percent":20,"duration":"once","name":"Autumn"}`},
		"make-quote":        {"/orders", `{"company":"Lind","email":"ada@lind.example","plan":"reader","months":12,"amount":900,"currency":"eur","days_until_due":30,"valid_days":14}`, `{"company":"Berg","email":"ada@lind.example","plan":"reader","months":12,"amount":900,"currency":"eur","days_until_due":30,"valid_days":14}`},
		"give-term":         {"/members/{member}/terms", `{"source":"manual","ends_at":"2031-01-01T00:00:00Z"}`, `{"source":"manual","ends_at":"2032-01-01T00:00:00Z"}`},
		"create-note":       {"/notes", `{"title":"Once"}`, `{"title":"Twice"}`},
		"comment":           {"/notes/{note}/comments", `{"body":"Once"}`, `{"body":"Twice"}`},
		"reply-to-comment":  {"/notes/{note}/comments/{comment}/replies", `{"body":"Once"}`, `{"body":"Twice"}`},
		"make-preview-link": {"/notes/{note}/preview-links", `{"audience":"anonymous","label":"Once"}`, `{"audience":"anonymous","label":"Twice"}`},
		"view-note-as":      {"/notes/{note}/views", `{"audience":"anonymous"}`, `{"audience":"free"}`},
		"create-issue":      {"/issues", `{"series":"letter","month":"2026-07"}`, `{"series":"letter","month":"2026-08"}`},
		"make-media-folder": {"/media-folders", `{"name":"Once"}`, `{"name":"Twice"}`},
		"upload-picture":    {"/pictures", "file", "other"},
		"attach-file":       {"/attachments", "sheet", "other"},
		"create-key":        {"/keys", `{"name":"Once","scopes":["admin.read"]}`, `{"name":"Twice","scopes":["admin.read"]}`},
		"rotate-key":        {"/keys/{key}/rotation", `{"overlap_hours":1}`, `{"overlap_hours":2}`},
		"create-role":       {"/roles", `{"name":"Once","capabilities":["notes.read"]}`, `{"name":"Twice","capabilities":["notes.read"]}`},
		"invite":            {"/invitations", `{"email":"ben@example.com","role":"analyst"}`, `{"email":"bo@example.com","role":"analyst"}`},
		"create-redirect":   {"/redirects", `{"from":"/once","to":"/archive","permanent":true}`, `{"from":"/twice","to":"/archive","permanent":true}`},
		"keep-view":         {"/views", `{"list":"notes","name":"Once","filters":{}}`, `{"list":"notes","name":"Twice","filters":{}}`},
		"create-webhook":    {"/webhooks", `{"name":"Once","url":"https://example.com/","events":["*"]}`, `{"name":"Twice","url":"https://example.com/","events":["*"]}`},
	}
}

// triedElsewhere are creates that are tried by other tests, since they take a ceremony.
var triedElsewhere = map[string]bool{"add-passkey": true}

// TestEveryCreateCanBeSentAgain walks the document, and sends each create
// several times.
func TestEveryCreateCanBeSentAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		d := h.repeater(t)
		table := creates()
		for _, op := range d.olga.document() {
			if op.method != http.MethodPost || op.open() {
				continue
			}
			if why := unrepeatable[op.OperationID]; op.takes("Idempotency-Key") == (why != "") {
				t.Errorf("%s takes an Idempotency-Key: %v; %s", op.OperationID, why == "", why)
			}
			tt, known := table[op.OperationID]
			delete(table, op.OperationID)
			if _, makes := op.Responses["201"]; makes && !known && !triedElsewhere[op.OperationID] {
				t.Errorf("%s makes something, and nobody tries to send it again", op.OperationID)
			}
			if known {
				d.again(op.OperationID, tt.path, tt.body, tt.other)
			}
		}
		for id := range table {
			t.Errorf("there is no %s", id)
		}
		var found int
		err := h.db.Read(t.Context()).Raw("SELECT count(*) FROM idempotency_keys WHERE CAST(answer AS TEXT) LIKE '%lt_admin_%' OR CAST(answer AS TEXT) LIKE '%whsec_%' OR key LIKE 'again-%'").Scan(&found).Error
		if err != nil || found != 0 {
			t.Errorf("%d answers are kept in the clear, %v", found, err)
		}
	})
}

// repeater sends requests twice.
type repeater struct {
	t     *testing.T
	olga  *insider
	names *strings.Replacer
}

func (h *house) repeater(t *testing.T) *repeater {
	t.Helper()
	h.plan(t, "reader", 0)
	olga := h.hire(t, "olga@example.com", identity.Owner)
	note := must(h.desk.Create(h.staff, content.Input{Title: "There", Abstract: "A.", Body: "B."})).Note.ID.String()
	_, said := olga.call("POST", "/notes/"+note+"/comments", `{"body":"First"}`)
	olga.call("PUT", "/series/letter", `{"name":"Letter"}`)
	_, key, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "old", Scopes: []identity.Scope{identity.ScopeAdminRead}})
	if err != nil {
		t.Fatal(err)
	}
	return &repeater{t, olga, strings.NewReplacer("{note}", note, "{comment}", fmt.Sprint(said["id"]), "{member}", h.member(t, "ada@example.com").id.String(), "{key}", key.ID.String())}
}

// post sends a create; words that are no JSON are sent as a file.
func (d *repeater) post(path, body, key, boundary string) (*http.Response, string) {
	d.t.Helper()
	header := []string{"Sec-Fetch-Site", "same-origin", "Content-Type", "application/json", "Idempotency-Key", key}
	if !strings.HasPrefix(body, "{") {
		header[3] = "multipart/form-data; boundary=" + boundary
		body = d.form(path, body, boundary)
	}
	return d.olga.visitor.send("POST", "/api/admin/v1"+d.names.Replace(path), strings.NewReader(body), header...)
}

// form is one with a file: of the note's for its attachments, or a picture.
func (d *repeater) form(path, word, boundary string) string {
	file, rest := string(pngOf(d.t, 30+len(word))), ""
	if strings.Contains(path, "attachments") {
		file, rest = "a,b\n1,"+word+"\n", "--"+boundary+"\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n"+d.names.Replace("{note}")+"\r\n"
	}
	return rest + "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + file + "\r\n--" + boundary + "--\r\n"
}

func (d *repeater) again(id, path, body, other string) {
	d.t.Helper()
	answers := make([]string, 3)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			for { // what is done apart says that it is under way
				resp, text := d.post(path, body, "again-"+id, fmt.Sprint("x", i))
				if resp.StatusCode == http.StatusConflict && strings.Contains(text, "idempotency_key_in_use") && resp.Header.Get("Retry-After") != "" {
					continue
				}
				answers[i] = fmt.Sprint(resp.StatusCode, " ", text)
				return
			}
		})
	}
	all.Wait()
	resp, text := d.post(path, body, "again-"+id, "later")
	for _, a := range answers {
		if !strings.HasPrefix(a, "201 ") || a != fmt.Sprint(resp.StatusCode, " ", text) {
			d.t.Fatalf("%s: %v", id, append(answers, text))
		}
	}
	if resp.Header.Get("Idempotency-Replayed") != "true" {
		d.t.Errorf("%s: a repeat does not say that it is one", id)
	}
	if resp, text := d.post(path, other, "again-"+id, "x"); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(text, "idempotency_key_reused") {
		d.t.Errorf("%s: something else with the same key: %d %s", id, resp.StatusCode, text)
	}
	if resp, text := d.post(path, other, "again-"+id+"-other", "x"); resp.StatusCode != http.StatusCreated && id != "rotate-key" { // which works once
		d.t.Errorf("%s: another key: %d %s", id, resp.StatusCode, text)
	}
}
