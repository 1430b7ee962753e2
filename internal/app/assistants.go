package app

import (
	"runtime/debug"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/surface/kit"
	"lighttrends/internal/surface/mcp"
)

// openAssistants opens the door for assistants.
func (r *rooms) openAssistants(s *kit.Server) {
	d := mcp.Deps{
		Library: r.library, Gatekeeper: r.gatekeeper, Recorder: r.reading, House: r.publication, Member: r.personal(identity.TokenMCP, nil),
		Caps: library.UsageCaps{Notes: r.cfg.MCPNotesPerDay, Words: r.cfg.MCPWordsPerDay}, BaseURL: r.cfg.BaseURL, Version: "development", Now: r.clock.Now, Log: r.log,
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		d.Version = info.Main.Version
	}
	if r.cfg.RateLimits {
		d.Rate = mcp.UsualRate()
	}
	mcp.Register(s, d)
}
