package main

import (
	"cmp"

	"lighttrends/internal/app/caller"
)

// mcpCmd lets an assistant that starts programs read from a server.
type mcpCmd struct {
	URL string `placeholder:"https://…" help:"The server. Left out, it is LIGHTTRENDS_URL, BASE_URL or this machine."`
}

// Help says what the usage line cannot.
func (mcpCmd) Help() string {
	return `For assistants that start a program and speak the Model Context Protocol with it. The member's personal token is read from
LIGHTTRENDS_TOKEN; without one the assistant gets what a stranger gets. Assistants that know addresses need no program: theirs is /mcp.`
}

func (c mcpCmd) Run(e env) error {
	r := caller.Relay{
		URL: cmp.Or(c.URL, e.vars["LIGHTTRENDS_URL"], e.vars["BASE_URL"]), Token: e.vars["LIGHTTRENDS_TOKEN"],
		In: e.console.In, Out: e.console.Out, Err: e.console.Err,
	}
	return r.Run(e.ctx)
}
