package pages

import (
	"encoding/json"
	"html/template"
	"strings"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/object"
)

// funcs are what templates can call.
func (p *Pages) funcs() template.FuncMap {
	return template.FuncMap{
		"style":     func() string { return p.style },
		"at":        func(path string) string { return p.prefix + path },
		"money":     billing.Money,
		"every":     billing.Every,
		"date":      func(unix any) string { return when(unix, "2 Jan 2006") },
		"moment":    func(unix any) string { return when(unix, "2 Jan 2006, 15:04:05") },
		"clockTime": func(t time.Time) string { return t.UTC().Format("2 Jan 15:04:05") },
		"words":     func(s string) string { return strings.ReplaceAll(s, "_", " ") },
		"tone":      tone,
		"pretty":    pretty,
		"cents":     func(n object.Num) int64 { return int64(n) },
	}
}

func when(unix any, layout string) string {
	var seconds int64
	switch t := unix.(type) {
	case int64:
		seconds = t
	case object.Num:
		seconds = int64(t)
	}
	if seconds == 0 {
		return "–"
	}
	return time.Unix(seconds, 0).UTC().Format(layout)
}

// tone is the colour of a status: good, bad, or waiting.
func tone(status string) string {
	switch status {
	case "active", "trialing", "paid", "succeeded", "complete", "delivered", "ready", "won":
		return "good"
	case "past_due", "unpaid", "incomplete_expired", "canceled", "uncollectible", "failed", "given up", "expired", "void", "lost":
		return "bad"
	}
	return "wait"
}

func pretty(raw json.RawMessage) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return string(raw)
	}
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return string(raw)
	}
	return string(out)
}
