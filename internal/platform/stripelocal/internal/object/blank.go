package object

import (
	_ "embed" // for blank.json
	"encoding/json"
	"fmt"
)

//go:embed blank.json
var blankJSON []byte

// Blanks are the fields the stand-in never sets, by kind of object.
type Blanks map[string]map[string]any

// LoadBlanks reads the embedded list.
func LoadBlanks() (Blanks, error) {
	var b Blanks
	if err := json.Unmarshal(blankJSON, &b); err != nil {
		return nil, fmt.Errorf("stripelocal: blank.json: %w", err)
	}
	return b, nil
}

// Render gives an object's JSON with every field Stripe shows, also in the
// objects inside it.
func (b Blanks) Render(v any) (json.RawMessage, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return nil, err
	}
	b.complete(tree)
	return json.Marshal(tree)
}

func (b Blanks) complete(tree any) {
	switch t := tree.(type) {
	case map[string]any:
		for name, part := range t {
			if name != "metadata" { // belongs to the caller, whatever it looks like
				b.complete(part)
			}
		}
		kind, _ := t["object"].(string)
		for name, nothing := range b[kind] {
			if _, there := t[name]; !there {
				t[name] = nothing
			}
		}
	case []any:
		for _, part := range t {
			b.complete(part)
		}
	}
}
