package app

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"lighttrends/internal/domain/identity"
)

// exampleOrigin is where web/examples/reader runs.
const exampleOrigin = "http://localhost:5173"

// frontEndFile tells the example where the demonstration is, and with which key
// to ask it.
type frontEndFile struct {
	URL string `json:"url"`
	Key string `json:"key"`
}

// demoFrontEnd makes a content key for the example, once, and writes it down for
// it: the demonstration runs on this machine only, and the key opens what is
// public.
func (r *rooms) demoFrontEnd(ctx context.Context) error {
	path := filepath.Join(r.cfg.DataDir, "front-end.json")
	var f frontEndFile
	raw, err := os.ReadFile(path)
	if err == nil {
		_ = json.Unmarshal(raw, &f) // an odd one is written anew
	}
	if _, err := r.identity.ResolveKey(ctx, f.Key); err != nil {
		if f.Key, _, err = r.identity.CreateKey(ctx, identity.CreateKey{
			Name: "Example front end", Scopes: []identity.Scope{identity.ScopeContentRead},
			FrontEnd: identity.FrontEnd{Origins: []string{exampleOrigin}, ReturnAddresses: []string{exampleOrigin + "/"}},
		}); err != nil {
			return err
		}
	}
	f.URL = r.cfg.BaseURL
	if raw, err = json.Marshal(f); err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o600)
}
