package app

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// operation is one entry of the Admin API with a request that is good, one
// that is not, and what stands between.
type operation struct {
	id, method, path string
	body             string
	header           []string
	status           int // of the good request
	bad              request
	writes           bool // a key that only reads is refused
}

type request struct {
	path, body string
	status     int
	code       string
}

// operations is every operation in an order in which each finds what it needs:
// {note}, {picture}, {key} and {member} are of things that are there.
func operations() []operation {
	unknown := request{path: "?colour=red", status: 422, code: "invalid_input"}
	nowhere := "/01980000-0000-7000-8000-000000000000"
	write := func(id, method, path, body string, status int, bad request, header ...string) operation {
		return operation{id, method, path, body, header, status, bad, true}
	}
	read := func(id, path string, bad request) operation {
		return operation{id: id, method: http.MethodGet, path: path, status: http.StatusOK, bad: bad}
	}
	return []operation{
		write("put-series", "PUT", "/series/letter", `{"name":"Letter"}`, 200, request{body: `{"name":""}`, status: 422, code: "invalid_input"}),
		write("put-topic", "PUT", "/topics/film", `{"name":"Film"}`, 200, request{body: `{"name":""}`, status: 422, code: "invalid_input"}),
		write("put-author", "PUT", "/authors/ada", `{"name":"Ada"}`, 200, request{body: `{"name":""}`, status: 422, code: "invalid_input"}),
		write("put-issue", "PUT", "/series/letter/issues/2026-07", `{"number":7}`, 200, request{path: "!/series/letter/issues/2026-13", body: `{}`, status: 422, code: "invalid_input"}),
		read("get-catalogue", "/catalogue", unknown),
		write("put-publication", "PUT", "/publication", `{"name":"Cold Side","time_zone":"Europe/London","contact":{}}`, 200,
			request{body: `{"name":"Cold Side","time_zone":"Mars/Olympus","contact":{}}`, status: 422, code: "invalid_input"}),
		read("get-publication", "/publication", unknown),
		write("change-settings", "PATCH", "/settings", `{"tagline":"Cold facts"}`, 200, request{body: `{"accent":"red"}`, status: 422, code: "invalid_input"}),
		read("get-settings", "/settings", unknown),
		write("put-plan", "PUT", "/plans/reader", `{"name":"Reader","visible":true,"prices":[{"interval":"month","amount":4900,"currency":"usd"}]}`, 200,
			request{body: `{"name":"Reader","prices":[{"interval":"week","amount":1,"currency":"usd"}]}`, status: 422, code: "invalid_input"}),
		read("list-plans", "/plans", unknown),
		write("make-plan", "POST", "/plans", `{"slug":"team","name":"Team","seats":{"kind":"quantity","from":2,"to":9},"prices":[{"interval":"month","currency":"usd","bands":[{"up_to":5,"unit":500},{"unit":400}]},{"interval":"once","months":6,"amount":900,"currency":"usd"}]}`, 201,
			request{body: `{"slug":"reader","name":"Reader","prices":[]}`, status: 409, code: "plan_exists"}),
		write("make-offer", "POST", "/offers", `{"code":"SPRING","kind":"signup","gift":"percent","percent":20,"duration":"once","name":"Spring","max_redemptions":5}`, 201,
			request{body: `{"code":"SPRING","kind":"signup","gift":"percent","percent":0,"duration":"once","name":"Spring"}`, status: 422, code: "invalid_input"}),
		write("change-offer", "PUT", "/offers/SPRING", `{"name":"Late spring"}`, 200, request{path: "!/offers/NOSUCH", body: `{"name":"x"}`, status: 404, code: "offer_not_found"}),
		read("list-offers", "/offers", unknown),
		write("put-selling", "PUT", "/selling", `{"automatic_tax":true,"tax_ids":true,"promotion_box":false,"account_first":false,"currency":"usd"}`, 200,
			request{body: `{"automatic_tax":true,"tax_ids":true,"promotion_box":false,"account_first":false,"currency":"u"}`, status: 422, code: "invalid_input"}),
		read("get-selling", "/selling", unknown),
		write("make-quote", "POST", "/orders", `{"company":"Lind","email":"ada@lind.example","plan":"reader","months":12,"amount":90000,"currency":"eur","days_until_due":30,"valid_days":14,"send":true}`, 201,
			request{body: `{"company":" ","email":"ada","months":12,"amount":90000,"currency":"eur","days_until_due":30,"valid_days":14}`, status: 422, code: "invalid_input"}),
		read("list-orders", "/orders", request{path: "?cursor=x", status: 422, code: "invalid_input"}),
		read("get-order", "/orders/{order}", request{path: "!/orders" + nowhere, status: 404, code: "order_not_found"}),
		write("send-quote", "POST", "/orders/{order}/letters", "", 200, request{path: "!/orders" + nowhere + "/letters", status: 404, code: "order_not_found"}),
		write("withdraw-order", "PUT", "/orders/{order}/withdrawal", "", 200, request{path: "!/orders" + nowhere + "/withdrawal", status: 404, code: "order_not_found"}),
		read("list-gifts", "/gifts", request{path: "?cursor=x", status: 422, code: "invalid_input"}),
		read("list-leads", "/leads", request{path: "?limit=0", status: 422, code: "invalid_input"}),
		read("list-members", "/members", request{path: "?cursor=!", status: 422, code: "invalid_input"}),
		read("get-member", "/members/{member}", request{path: "!/members" + nowhere, status: 404, code: "member_not_found"}),

		write("create-note", "POST", "/notes", `{"title":"Made","abstract":"A.","body":"B."}`, 201, request{body: `{"title":"X","gate":"everybody"}`, status: 422, code: "invalid_input"}),
		read("list-notes", "/notes", request{path: "?limit=9999", status: 422, code: "invalid_input"}),
		read("get-note", "/notes/{note}", request{path: "!/notes" + nowhere, status: 404, code: "note_not_found"}),
		write("change-note", "PATCH", "/notes/{note}", `{"title":"Changed"}`, 200, request{body: `{"title":""}`, status: 422, code: "invalid_input"}, "If-Match", `"1"`),
		read("list-revisions", "/notes/{note}/revisions", request{path: "!/notes" + nowhere + "/revisions", status: 404, code: "note_not_found"}),
		read("get-revision", "/notes/{note}/revisions/1", request{path: "!/notes/{note}/revisions/99", status: 404, code: "note_not_found"}),
		write("publish-note", "PUT", "/notes/{note}/publication", "", 200, request{path: "!/notes" + nowhere + "/publication", status: 404, code: "note_not_found"}),
		write("retract-note", "DELETE", "/notes/{note}/publication?reason=Wrong", "", 200, request{path: "!/notes" + nowhere + "/publication", status: 404, code: "note_not_found"}),

		write("upload-picture", "POST", "/pictures", pngUpload, 201, request{body: textUpload, status: 415, code: "media_type_refused"}, "Content-Type", "multipart/form-data; boundary=x"),
		read("list-pictures", "/pictures", request{path: "?cursor=!", status: 400, code: "bad_cursor"}),
		read("get-picture", "/pictures/{picture}", request{path: "!/pictures" + nowhere, status: 404, code: "media_not_found"}),
		write("describe-picture", "PUT", "/pictures/{picture}", `{"alt":"Grey","caption":""}`, 200, request{body: `{"alt":"` + strings.Repeat("a", 501) + `","caption":""}`, status: 422, code: "invalid_input"}),
		write("delete-picture", "DELETE", "/pictures/{picture}", "", 204, request{path: "!/pictures" + nowhere, status: 404, code: "media_not_found"}),

		read("list-journal", "/journal", request{path: "?before=yesterday", status: 422, code: "invalid_input"}),
		write("create-key", "POST", "/keys", `{"name":"Script","scopes":["admin.read"]}`, 201, request{body: `{"name":"Script","scopes":["everything"]}`, status: 422, code: "invalid_input"}),
		read("list-keys", "/keys", unknown),
		write("revoke-key", "DELETE", "/keys/{key}", "", 204, request{path: "!/keys" + nowhere, status: 404, code: "api_key_not_found"}),
		read("who-am-i", "/session", unknown),
		{id: "sign-in", method: "POST", path: "/session", body: `{"email":"olga@desk.example","password":"a long enough password"}`, status: 200,
			bad: request{body: `{"email":"olga@desk.example","password":"wrong"}`, status: 401, code: "credentials_wrong"}},
		{id: "sign-out", method: "DELETE", path: "/session", status: 204, bad: request{path: "?colour=red", status: 422, code: "invalid_input"}},
	}
}

const (
	pngUpload  = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n{png}\r\n--x--\r\n"
	textUpload = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nno picture\r\n--x--\r\n"
)

// openToAll are the operations that ask for no capability: the ways in, and
// what somebody does who holds a token from a mail.
var openToAll = map[string]bool{
	"sign-in": true, "sign-in-second-factor": true, "ask-passkey": true, "sign-in-passkey": true, "sign-out": true, "who-am-i": true,
	"look-invitation": true, "accept-invitation": true,
	"ask-password-reset": true, "look-password-reset": true, "reset-password": true,
}

// TestEveryOperationOfTheAdminAPI plays each operation as nobody, as somebody
// without the right, with a bad request and with a good one.
func TestEveryOperationOfTheAdminAPI(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		reading, key, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "reader", Scopes: []identity.Scope{identity.ScopeAdminRead}})
		if err != nil {
			t.Fatal(err)
		}
		d := &clerk{t: t, owner: h.colleague(t, "Olga", identity.Owner).visitor, nobody: h.stranger(t), reading: reading, front: h.contentKey(t), names: map[string]string{
			"{note}":   must(h.desk.Create(h.staff, content.Input{Title: "There", Abstract: "A.", Body: "B."})).Note.ID.String(),
			"{member}": h.member(t, "ada@example.com").id.String(), "{key}": key.ID.String(),
			"{png}": string(pngOf(t, 40)),
		}}
		for _, op := range operations() {
			if !d.play(op) {
				break
			}
		}
		d.guardsEverything()
	})
}

// clerk plays operations as different people.
type clerk struct {
	t              *testing.T
	owner, nobody  *visitor
	reading, front string
	names          map[string]string
}

func (d *clerk) fill(s string) string {
	for name, value := range d.names {
		s = strings.ReplaceAll(s, name, value)
	}
	return s
}

// ask sends a request as somebody, and gives the status, the code of a problem
// and the answer.
func (d *clerk) ask(who *visitor, op operation, path, body string, header ...string) (int, string, map[string]any) {
	d.t.Helper()
	h := append([]string{"Accept", "application/json", "Sec-Fetch-Site", "same-origin"}, op.header...)
	if body != "" && !strings.Contains(strings.Join(op.header, " "), "multipart") {
		h = append(h, "Content-Type", "application/json")
	}
	resp, text := who.send(op.method, "/api/admin/v1"+d.fill(path), io.Reader(bytes.NewReader([]byte(d.fill(body)))), append(h, header...)...)
	if resp.StatusCode == http.StatusUnauthorized && resp.Header.Get("WWW-Authenticate") == "" {
		d.t.Errorf("%s: 401 without WWW-Authenticate", op.id)
	}
	var out map[string]any
	if text != "" {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			d.t.Fatalf("%s: %d %s", op.id, resp.StatusCode, text)
		}
	}
	code, _ := out["code"].(string)
	return resp.StatusCode, code, out
}

func (d *clerk) play(op operation) bool {
	d.t.Helper()
	ok := true
	expect := func(who string, status int, code string, wantStatus int, wantCode string) {
		d.t.Helper()
		if status != wantStatus || code != wantCode {
			d.t.Errorf("%s, %s: %d %q, want %d %q", op.id, who, status, code, wantStatus, wantCode)
			ok = false
		}
	}
	if !openToAll[op.id] {
		status, code, _ := d.ask(d.nobody, op, op.path, op.body)
		expect("nobody", status, code, 401, "sign_in_required")
		status, code, _ = d.ask(d.nobody, op, op.path, op.body, "Authorization", "Bearer "+d.front)
		expect("a content key", status, code, 403, "capability_missing")
	}
	if op.writes {
		status, code, _ := d.ask(d.nobody, op, op.path, op.body, "Authorization", "Bearer "+d.reading)
		expect("a key that reads", status, code, 403, "capability_missing")
		status, code, _ = d.ask(d.owner, op, op.path, op.body, "Sec-Fetch-Site", "cross-site")
		expect("another site", status, code, 403, "cross_origin")
	}
	path, alone := strings.CutPrefix(op.bad.path, "!")
	if !alone {
		path = op.path + op.bad.path
	}
	status, code, _ := d.ask(d.owner, op, path, op.bad.body)
	expect("a bad request", status, code, op.bad.status, op.bad.code)
	status, code, got := d.ask(d.owner, op, op.path, op.body)
	expect("a good request", status, code, op.status, "")
	if op.id == "upload-picture" {
		d.names["{picture}"], _ = got["id"].(string)
	}
	if op.id == "make-quote" {
		d.names["{order}"], _ = got["id"].(string)
	}
	return ok
}

// guardsEverything asks every operation that the document names, also those
// that this table does not: without the right, whatever is sent, nothing is
// read of it.
func (d *clerk) guardsEverything() {
	d.t.Helper()
	_, text := d.nobody.get("/api/admin/v1/openapi.json")
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string
			Security    []map[string]any
		}
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		d.t.Fatal(err)
	}
	parameter := regexp.MustCompile(`\{[a-z_]+\}`)
	guarded := 0
	for path, methods := range doc.Paths {
		path = strings.TrimPrefix(parameter.ReplaceAllString(path, "x"), "/api/admin/v1")
		for method, op := range methods {
			if len(op.Security) == 1 && len(op.Security[0]) == 0 {
				if !openToAll[op.OperationID] {
					d.t.Errorf("%s is open to everybody", op.OperationID)
				}
				continue
			}
			guarded++
			o := operation{id: op.OperationID, method: strings.ToUpper(method)}
			for name, body := range map[string]string{"a body": `{"colour":"red"}`, "nothing": "", "nonsense": `{{`} {
				if status, code, _ := d.ask(d.nobody, o, path+"?colour=red", body); status != http.StatusUnauthorized || code != "sign_in_required" {
					d.t.Errorf("%s, nobody with %s: %d %s", op.OperationID, name, status, code)
				}
				if status, code, _ := d.ask(d.nobody, o, path, body, "Authorization", "Bearer "+d.front); status != http.StatusForbidden || (code != "capability_missing" && code != "staff_only") {
					d.t.Errorf("%s, a content key with %s: %d %s", op.OperationID, name, status, code)
				}
			}
		}
	}
	if guarded < 30 {
		d.t.Errorf("only %d operations are guarded", guarded)
	}
}
