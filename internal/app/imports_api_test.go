package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// sendFile starts an import as a script does.
func (s *script) sendFile(path, name, file string, fields ...string) (int, map[string]any) {
	s.t.Helper()
	return s.sendFileAs("", path, name, file, fields...)
}

// sendFileAs sends it with an Idempotency-Key.
func (s *script) sendFileAs(key, path, name, file string, fields ...string) (int, map[string]any) {
	s.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	must(must(w.CreateFormFile("file", name)).Write([]byte(file)))
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			s.t.Fatal(err)
		}
	}
	_ = w.Close()
	header := []string{"Authorization", "Bearer " + s.key, "Content-Type", w.FormDataContentType()}
	if key != "" {
		header = append(header, "Idempotency-Key", key)
	}
	r, text := s.send("POST", "/api/admin/v1"+path, &form, header...)
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		s.t.Fatal(r.StatusCode, text)
	}
	return r.StatusCode, out
}

// ended waits for a transfer to be through.
func (s *script) ended(path string) (out map[string]any) {
	s.t.Helper()
	eventually(s.t, path+" ends", func() bool {
		_, out = s.call("GET", path, "")
		return out["state"] == "done" || out["state"] == "failed"
	})
	return out
}

func TestImportsAndExportsOverTheAPI(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		if resp, got := s.call("GET", "/imports", ""); resp.StatusCode != 200 || len(got["transfers"].([]any)) != 0 {
			t.Fatal(resp.StatusCode, got)
		}
		file := ghostExport(ghostPost("p1", "one", "<p>x</p>", ""), ghostPost("p2", "two", "<p>y</p>", `,"type":"page"`), ghostPost("p3", "three", "<p>z</p>", ""))
		for _, bad := range [][]string{{"source", "blogger"}, {"source", "ghost", "options", `{"gate":"nobody"}`}, {"source", "ghost", "options", `{"colour":1}`}, {"source", "ghost", "options", `{"complimentary":"*"}`}, {"source", "ghost", "dry_run", "True"}} {
			if status, got := s.sendFile("/imports", "e.json", file, bad...); status != 422 || got["code"] != "invalid_input" {
				t.Error(bad, status, got)
			}
		}
		status, dry := s.sendFile("/imports", "e.json", file, "source", "ghost", "dry_run", "true", "options", `{"drafts":true}`)
		if status != 202 || dry["dry_run"] != true || dry["filename"] != "e.json" {
			t.Fatal(status, dry)
		}
		id := dry["id"].(string)
		if dry = s.ended("/imports/" + id); dry["runnable"] != true {
			t.Error(dry)
		}
		counts := dry["counts"].(map[string]any)
		if counts["done"] != 3.0 || counts["made"] != 2.0 || counts["skipped"] != 1.0 {
			t.Error(counts)
		}
		_, page := s.call("GET", "/imports/"+id+"/report?limit=2", "")
		_, rest := s.call("GET", "/imports/"+id+"/report?limit=2&after=2", "")
		_, skipped := s.call("GET", "/imports/"+id+"/report?outcome=skipped&said=true", "")
		if len(page["lines"].([]any)) != 2 || page["next"] != 2.0 || len(rest["lines"].([]any)) != 1 || rest["next"] != nil || len(skipped["lines"].([]any)) != 1 {
			t.Error(page, rest, skipped)
		}
		_, csv := s.send("GET", "/api/admin/v1/imports/"+id+"/report.csv", nil, "Authorization", "Bearer "+s.key)
		if strings.Count(csv, "\n") != 4 || !strings.Contains(csv, "posts[1],note,About two,skipped,") {
			t.Error(csv)
		}
		resp, real := s.call("POST", "/imports/"+id+"/run", "")
		if resp.StatusCode != 202 || real["dry_run"] != false || real["options"].(map[string]any)["drafts"] != true {
			t.Fatal(resp.StatusCode, real)
		}
		if done := s.ended("/imports/" + real["id"].(string)); done["counts"].(map[string]any)["made"] != 2.0 {
			t.Error(done)
		}
		if resp, got := s.call("POST", "/imports/"+id+"/run", ""); resp.StatusCode != 409 || got["code"] != "nothing_to_run" {
			t.Error(resp.StatusCode, got)
		}
		if v := must(h.desk.DraftBySlug(h.staff, "one")); v.Note.Status != "draft" {
			t.Error(v.Note.Status)
		}
		if resp, _ := s.call("POST", "/imports/"+id+"/cancel", ""); resp.StatusCode != 200 {
			t.Error(resp.StatusCode)
		}
		s.exports(t)

		reading, _, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "reader", Scopes: []identity.Scope{identity.ScopeAdminRead}})
		if err != nil {
			t.Fatal(err)
		}
		weak := &script{h.stranger(t), reading}
		for _, path := range []string{"/imports", "/exports", "/imports/" + id, "/imports/" + id + "/report"} {
			if resp, got := weak.call("GET", path, ""); resp.StatusCode != http.StatusForbidden {
				t.Error(path, resp.StatusCode, got)
			}
		}
	})
}

// shelfInTx tells of files that are kept while a transaction is open.
type shelfInTx struct {
	blob.Store
	db    *db.DB
	inTx  atomic.Bool
	count atomic.Int32
}

func (f *shelfInTx) Put(ctx context.Context, key string, body io.Reader, size int64, contentType string) error {
	f.count.Add(1)
	if f.db.InTx(ctx) {
		f.inTx.Store(true)
	}
	return f.Store.Put(ctx, key, body, size, contentType)
}

// TestAnImportIsSentAgain: it starts once, and no transaction waits for its
// megabytes to be kept.
func TestAnImportIsSentAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		files := &shelfInTx{Store: h.porter.Files, db: h.db}
		h.porter.Files = files
		var ids []any
		for range 2 {
			status, got := s.sendFileAs("again", "/imports", "e.json", ghostExport(ghostPost("p1", "one", "<p>x</p>", "")), "source", "ghost", "dry_run", "true")
			if status != http.StatusAccepted {
				t.Fatal(status, got)
			}
			ids = append(ids, got["id"])
		}
		if ids[0] != ids[1] || files.count.Load() != 1 || files.inTx.Load() {
			t.Error(ids, "kept", files.count.Load(), "times; in a transaction:", files.inTx.Load())
		}
		s.ended("/imports/" + ids[0].(string))
	})
}

func (s *script) exports(t *testing.T) {
	t.Helper()
	resp, out := s.call("POST", "/exports", `{"what":"notes"}`)
	if resp.StatusCode != 202 {
		t.Fatal(resp.StatusCode, out)
	}
	path := "/exports/" + out["id"].(string)
	out = s.ended(path)
	result, _ := out["result"].(map[string]any)
	if result == nil || !strings.HasSuffix(result["filename"].(string), ".zip") {
		t.Fatal(out)
	}
	r, raw := s.send("GET", result["url"].(string), nil, "Authorization", "Bearer "+s.key)
	if r.StatusCode != 200 || !strings.HasPrefix(raw, "PK") || float64(len(raw)) != result["bytes"] || r.Header.Get("Cache-Control") != "private, no-store" || !strings.HasPrefix(r.Header.Get("Content-Disposition"), "attachment") {
		t.Error(r.StatusCode, r.Header, len(raw))
	}
	for who, header := range map[string][]string{"a stranger": nil, "a front end": {"X-Api-Key", s.house.contentKey(t)}, "a member": {"Authorization", "Bearer " + s.house.contentKey(t)}} {
		if r, text := s.house.stranger(t).get(result["url"].(string), header...); r.StatusCode != 401 && r.StatusCode != 403 || strings.Contains(text, "PK") {
			t.Error(who, "gets the archive", r.StatusCode)
		}
	}
	if resp, got := s.call("GET", strings.Replace(path, "exports", "imports", 1), ""); resp.StatusCode != 404 || got["code"] != "import_not_found" {
		t.Error(resp.StatusCode, got)
	}
}
