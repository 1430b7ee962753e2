package main

import (
	"cmp"

	"lighttrends/internal/app/caller"
)

// apiCmd is one request. Keys are taken from the environment alone.
type apiCmd struct {
	Method  string   `arg:"" help:"get, post, put, patch or delete."`
	Path    string   `arg:"" help:"Below the API's prefix: notes, notes/my-note."`
	Items   []string `arg:"" optional:"" name:"item" help:"name==value in the query; name=text, name:=JSON, name=@file in the body; name@file as an upload."`
	API     string   `enum:",content,member,admin" default:"" help:"content, member or admin. Left out, it is the one that the key opens."`
	URL     string   `placeholder:"https://…" help:"The server. Left out, it is LIGHTTRENDS_URL, BASE_URL or this machine."`
	Body    string   `placeholder:"FILE" help:"A JSON object to send; items are laid over it. - is standard input."`
	IfMatch string   `placeholder:"VERSION" help:"Change only this version."`
	Once    string   `placeholder:"NAME" help:"Sent as Idempotency-Key: the same request again takes effect once."`
	All     bool     `help:"Follow the list to its end; each item is a line of JSON."`
}

// Help says what the usage line cannot.
func (apiCmd) Help() string {
	return `The key is read from LIGHTTRENDS_KEY, a member's token from LIGHTTRENDS_TOKEN.

  lighttrends api get notes topic==film-foundries limit==5
  lighttrends api get notes --all | jq -r .slug
  lighttrends api post notes title="A quiet quarter" gate=paid body=@note.md --once first

Exit codes: 0 done, 1 no answer, 2 used wrongly, 3 the server is elsewhere, 4 refused, 5 the server failed.`
}

func (c apiCmd) Run(e env) error {
	call := caller.Call{
		Method: c.Method, Path: c.Path, Items: c.Items, API: c.API, URL: cmp.Or(c.URL, e.vars["LIGHTTRENDS_URL"], e.vars["BASE_URL"]),
		Key: e.vars["LIGHTTRENDS_KEY"], Token: e.vars["LIGHTTRENDS_TOKEN"], Body: c.Body, IfMatch: c.IfMatch, Once: c.Once, All: c.All,
	}
	return call.Run(e.ctx, caller.Streams{In: e.console.In, Out: e.console.Out, Err: e.console.Err, Shown: isTerminal(e.console.Out)})
}
