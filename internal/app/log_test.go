package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestTheLogHoldsNoAddressWhoeverWroteIt(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		var b bytes.Buffer
		log := NewLog(&b, format, "info")
		log.Warn("job failed for Ada@Reader.example", "error", fmt.Errorf("smtp: %w", errors.New("550 <ada@reader.example>: no such user, ask post+x@mx.reader.example")),
			"to", "ada@reader.example", "took", 17, "list", "a@b.example,c@d.example")
		got := b.String()
		if strings.Contains(strings.ToLower(got), "reader.example") || strings.Contains(got, "@") {
			t.Errorf("%s: %s", format, got)
		}
		for _, kept := range []string{"no such user", "took", "17", "(address)"} {
			if !strings.Contains(got, kept) {
				t.Errorf("%s: %q is lost: %s", format, kept, got)
			}
		}
		if format == "json" && !json.Valid(b.Bytes()) {
			t.Errorf("not JSON: %s", got)
		}
	}
}

func TestTheLogsLevel(t *testing.T) {
	t.Parallel()
	for level, want := range map[string]string{"debug": "diw", "info": "iw", "warn": "w", "nonsense": "iw"} {
		var b bytes.Buffer
		log := NewLog(&b, "text", level)
		log.Debug("m-d")
		log.Info("m-i")
		log.Warn("m-w")
		got := ""
		for _, l := range []string{"d", "i", "w"} {
			if strings.Contains(b.String(), "m-"+l) {
				got += l
			}
		}
		if got != want {
			t.Errorf("%s writes %q", level, got)
		}
	}
}
