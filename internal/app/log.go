package app

import (
	"io"
	"log/slog"
)

// NewLog makes the structured log. format is "json" or "text".
func NewLog(w io.Writer, format string) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
