// Package mailbox is the mail server that is always there: it takes letters
// like the SMTP sender does, keeps them in the database, and shows them on
// pages of its own. Nothing in it leaves the machine. It is for trying things
// out, for demonstrations, and for tests that need to read a mail.
//
// Whoever can open its pages can read every letter, sign-in links included.
// The wiring therefore mounts it only where the base URL is local, or where
// the owner asked for it in so many words.
//
// Table: mailbox_messages. A Message-ID stands there once, so a letter sent
// twice is one row. The newest 2,000 letters are kept.
package mailbox
