// Package caller is the command line's way into the three APIs: it sends one
// request with the key of the environment, and prints what came back. It is a
// client like any other and reaches no room of the house.
//
// Secrets come from the environment alone. Arguments can be seen by everybody
// on the machine, so a key among them is refused, and none is ever printed.
package caller
