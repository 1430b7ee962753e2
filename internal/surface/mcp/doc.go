// Package mcp is the door for assistants: the Model Context Protocol over
// streamable HTTP at /mcp (https://modelcontextprotocol.io). A member connects a
// program with a personal token and it reads what the member's licence lets
// programs read; without one it gets what a stranger gets. Nothing can be
// changed through it.
//
// It decides nothing. The access room decides whether a note is open to a
// program, the library counts what it reads in a member's place and refuses
// what is beyond the caps of a day. No state is kept between two requests, so
// any node answers any of them.
package mcp
