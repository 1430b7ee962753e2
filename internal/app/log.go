package app

import (
	"io"
	"log/slog"
	"regexp"
)

// NewLog makes the structured log. format is "json" or "text"; level is
// "debug" (a line for each request), "info" or "warn". Unknown words mean text
// and info, so that faults of the configuration itself can be logged.
func NewLog(w io.Writer, format, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: l, ReplaceAttr: withoutAddresses}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// address finds e-mail addresses. Mail servers repeat the receiver's in what
// they refuse, and databases the value that broke a rule.
var address = regexp.MustCompile(`[^\s<>"'()\[\]:;,=]+@[^\s<>"'()\[\]:;,=]+`)

// withoutAddresses takes e-mail addresses out of texts and errors, wherever
// they come from: a log is read by more people than a mailbox.
func withoutAddresses(_ []string, a slog.Attr) slog.Attr {
	var text string
	switch v := a.Value.Any().(type) {
	case string:
		text = v
	case error:
		text = v.Error()
	default:
		return a
	}
	if clean := address.ReplaceAllString(text, "(address)"); clean != text {
		a.Value = slog.StringValue(clean)
	}
	return a
}
