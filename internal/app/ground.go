package app

import (
	"context"
	"strings"

	"lighttrends/internal/surface/kit"
)

// ground tells the publication what the portal has at its addresses.
type ground struct {
	server *kit.Server
	base   string // origin of the portal
}

// reserved are the parts of the site that programs live in: nothing there is
// led elsewhere, also where nothing is.
var reserved = []string{"/api", "/desk", "/media", "/static"}

// Answers implements publication.Ground.
func (g ground) Answers(_ context.Context, path string) (bool, error) {
	for _, r := range reserved {
		if path == r || strings.HasPrefix(path, r+"/") {
			return true, nil
		}
	}
	return g.server.Probe(path)
}

// Own implements publication.Ground.
func (g ground) Own(address string) string {
	if path, ok := strings.CutPrefix(address, g.base); ok && strings.HasPrefix(path, "/") {
		return path
	}
	return address
}
