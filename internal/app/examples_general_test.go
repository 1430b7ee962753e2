package app

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// general writes an answer without what only this house has.
func (r *replay) general(body string) string {
	dec := json.NewDecoder(strings.NewReader(body))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		r.t.Fatal(err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	g := generalizer{r: r, ids: map[string]string{}}
	if err := enc.Encode(g.value("", v)); err != nil {
		r.t.Fatal(err)
	}
	return strings.TrimSpace(out.String())
}

// table writes the lines of a CSV in the same way.
func (r *replay) table(body string) string {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		r.t.Fatal(err)
	}
	var out strings.Builder
	w, g := csv.NewWriter(&out), generalizer{r: r, ids: map[string]string{}}
	for _, row := range rows {
		for i, cell := range row {
			if strings.HasPrefix(cell, "{") && json.Valid([]byte(cell)) { // which each engine writes in its own way
				cell = r.general(cell)
			}
			row[i] = g.text(rows[0][i], cell)
		}
		_ = w.Write(row) // to memory
	}
	w.Flush()
	return strings.TrimSpace(out.String())
}

type generalizer struct {
	r   *replay
	ids map[string]string
}

// passing are numbers that depend on the moment.
var passing = map[string]json.Number{"took_ms": "84", "due": "1230", "remaining": "1230", "amount": "", "expires_in": "900", "events": "12"}

// emergencies are codes as they are shown once.
var emergencies = []any{
	"{{recovery}}", "q2vt-mzn7-4hak-x5wd", "b7rs-y3pe-tk2c-uq6m", "h4xo-d5ln-w7gi-za3f", "nv6e-2jtb-rc4y-k5sp",
	"t3mq-uw7h-ao2x-d6gl", "e5zk-i4vr-7nfb-ys2j", "c6pw-xl3t-qm5d-h7oe", "y2ga-k7us-v4ni-b3rz", "w5fd-j6xc-e2tq-mp4h",
}

// health sets what differs from machine to machine and from hour to hour.
func (g *generalizer) health(v map[string]any) {
	if v["jobs"] == nil || v["storage"] == nil {
		return
	}
	for part, fields := range map[string]map[string]any{
		"":         {"version": "4f1c09be27aa"},
		"database": {"engine": "sqlite", "version": "3.50.4", "size_bytes": 4186112, "schema": 140},
		"jobs":     {"queued": 0, "scheduled": 4, "running": 0, "retrying": 0},
		"mail":     {"sent": 12, "last_sent_at": "2026-07-13T09:00:00Z"},
		"stripe":   {"waiting": 0, "last_event_at": "2026-07-13T09:00:00Z"},
		"storage":  {"free_bytes": 48318382080, "total_bytes": 85899345920},
	} {
		to, is := v[part].(map[string]any)
		if part == "" {
			to, is = v, true
		}
		if !is {
			g.r.t.Fatalf("the health has no %s", part)
		}
		maps.Copy(to, fields)
		maps.DeleteFunc(to, func(name string, _ any) bool { return strings.HasPrefix(name, "oldest_") || name == "silent_since" })
	}
}

func (g *generalizer) value(key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "looked_at") // a job looks when it comes to it,
		if _, is := v["mirrored"]; is {
			v["mirrored"] = true // and one brings offers to Stripe
		}
		if v["filename"] != nil && v["expires_at"] != nil {
			v["bytes"] = 192 // times are written as short as they can be
		}
		g.health(v)
		for _, k := range slices.Sorted(maps.Keys(v)) {
			v[k] = g.value(k, v[k])
		}
		return v
	case []any:
		if key == "recovery_codes" {
			return emergencies[:len(v)]
		}
		if key == "reconciliations" { // one runs by itself as well
			v = slices.DeleteFunc(v, func(x any) bool { m, _ := x.(map[string]any); return m["asked_by"] == "billing" })
		}
		for i := range v {
			v[i] = g.value(key, v[i])
		}
		return v
	case string:
		return g.text(key, v)
	case json.Number:
		if n := passing[key]; n != "" && (v != "0" || key == "took_ms") {
			return n
		}
	}
	return v
}

var (
	someID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	someTime   = regexp.MustCompile(`^20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	someDay    = regexp.MustCompile(`^20[2-9]\d-\d\d-\d\d$`)
	dayInName  = regexp.MustCompile(`20[2-9]\d-\d\d-\d\d`)
	dayInWords = regexp.MustCompile(`\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) 20(2[6-9]|[3-9]\d)\b`)
	someStripe = regexp.MustCompile(`\b(cs_test|in|sub|cus|pi|ch|re|price|bps|si)_[A-Za-z0-9_]{10,}`)
	someSecret = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]+|(?:lt_[a-z]+_|lt[apr]_)?[A-Za-z0-9_-]{24,}`)
	someKey    = regexp.MustCompile(`^(lt_[a-z]+_|ltp_)\w{4}$`)
	someHandle = regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`)
	someLink   = regexp.MustCompile(`/(preview|invoice|order)/([A-Za-z0-9_-]{20,})`)
	someCall   = regexp.MustCompile(`webhook-timestamp: \d+`)
	someNumber = regexp.MustCompile(`\b[A-Z0-9]{8}-\d{4}\b`)
)

func (g *generalizer) text(key, s string) string {
	switch {
	case s != "" && s == g.r.values["month"]:
		return "2026-07"
	case key == "filename":
		return dayInName.ReplaceAllString(s, "2026-07-13")
	case key == "qr":
		return "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA"
	case key == "code_begins":
		return "QRHT"
	case key == "challenge" || key == "id" && someHandle.MatchString(s):
		return "b7Yt2KqX9mRz4LwN8vGs"
	case strings.HasPrefix(s, "2025-07") && len(s) > 7: // the notes' own dates
		return s
	case someTime.MatchString(s):
		return "2026-07-13T09:00:00Z"
	case someDay.MatchString(s):
		return "2026-07-13"
	}
	for _, name := range slices.Sorted(maps.Keys(g.r.values)) {
		if v := g.r.values[name]; len(v) > 8 {
			s = strings.ReplaceAll(s, v, "{{"+name+"}}")
		}
	}
	s = strings.ReplaceAll(s, g.r.h.cfg.BaseURL, "https://notes.example.com")
	s = strings.ReplaceAll(s, g.r.h.cfg.DemoURL, "https://checkout.stripe.com")
	s = someID.ReplaceAllStringFunc(s, func(id string) string {
		if g.ids[id] == "" {
			g.ids[id] = fmt.Sprintf("0198a4c2-7f00-7000-8000-%012d", len(g.ids)+1)
		}
		return g.ids[id]
	})
	s = dayInWords.ReplaceAllString(s, "13 Jul 2026")
	s = someStripe.ReplaceAllString(s, "${1}_1Qz8Kd2eZvKYlo2C")
	s = someKey.ReplaceAllString(s, "${1}b7Yt")
	s = someLink.ReplaceAllStringFunc(s, func(link string) string {
		if strings.Contains(link, "/0198a4c2-") { // an id
			return link
		}
		return link[:strings.LastIndex(link, "/")+1] + "b7Yt2KqX9mRz4LwN8vGs"
	})
	s = someCall.ReplaceAllString(s, "webhook-timestamp: 1783933200")
	s = someNumber.ReplaceAllString(s, "7F3A91C2-0001")
	if html := strings.ContainsAny(s, "< "); !html && !strings.Contains(s, "{{") && !strings.HasPrefix(s, "0198a4c2") {
		s = someSecret.ReplaceAllStringFunc(s, func(secret string) string {
			kind := ""
			for _, p := range []string{"lt_content_", "lt_admin_", "lta_", "ltp_", "ltr_", "whsec_"} {
				if strings.HasPrefix(secret, p) {
					kind = p
				}
			}
			word := !strings.ContainsAny(secret, "0123456789") || strings.ToLower(secret) == secret && !strings.Contains(key, "tag")
			if kind == "" && word && key != "next" {
				return secret
			}
			return kind + "b7Yt2KqX9mRz4LwN8vGs"
		})
	}
	return strings.NewReplacer("127.0.0.1", "192.0.2.7", "127.0.0.0", "192.0.2.0", "localhost", "notes.example.com").Replace(s)
}
