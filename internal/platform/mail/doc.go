// Package mail writes and sends letters. A room says what a letter holds, as a
// [Letter] of a few kinds of [Block]; the [Composer] lays it out once as HTML
// and once as plain text, in the look of the publication; a sender takes it
// from there: [SMTP] to the outside, or the built-in mailbox of package
// mailbox, which keeps letters on this machine.
//
// Both senders have one method, Send(ctx, Letter) error, and rooms declare
// that interface themselves. A letter is sent from a job, never inside a
// transaction. Errors are faults: [Permanent] tells whether trying again can
// help.
//
// A Message-ID is made from the letter's key, so a letter that is sent twice
// after a crash is recognised as one by mail programs and by the mailbox.
//
// The package never writes a password or a recipient into an error.
package mail
