// Package identity knows who people are: members, who read; staff users, who
// work at the desk; and the keys programs use. It signs them in, keeps their
// sessions, and says which capabilities a role or a key has.
//
// Members need no password. Registering and signing in are one thing: a mail
// with a link and a six-digit code, each good for one sign-in within fifteen
// minutes. Asking costs the same work and gets the same answer whether the
// address is known or not. Older requests stay good beside a newer one,
// because mails overtake each other; an address can ask five times an hour,
// and the first link or code that is used ends all of them.
//
// Members may add passkeys, and a password where the owner lets them. Whoever
// changes how an account is signed in to has signed in within a quarter of an
// hour, or typed a code that was sent for it; the member hears of it by mail.
//
// An account that was used from many networks within a day, or took
// many copies, is shown to the owners, once a day at most. Nothing else follows.
// Only a prefix of a network's address is kept, and of ended sessions for two
// days.
//
// Staff users have an e-mail address, a password and a role. The first owner
// is made with a setup token, everybody else by an owner. Wrong passwords cost
// a growing pause, not an account.
//
// What the package never does: keep a secret in clear, in a table, a job or a
// log. Session tokens, browser tokens, setup tokens and API keys stand in the
// database as SHA-256 of 256 random bits. Link and code of a sign-in are
// computed from the row's id with a key derived from SECRET_KEY and stand
// nowhere. Passwords are Argon2id. Counters of limits are filed under keyed
// hashes.
//
// A member's new address is confirmed there before anything changes, and
// announced at the one before. A member who wants to go is deleted after a week,
// and can change their mind until then. Where the owner bounds how many devices a
// member may use at once, the one not used for the longest time makes room.
//
// A front end of the publication is known by its content key, which says from
// which origins browsers may call with it, and whereto sign-in links and payment
// pages may lead back.
//
// A member's program has no cookie: it signs in with a pair of tokens, one good
// for a quarter of an hour, one that is exchanged for the next pair. Its session
// is theirs as any other, and ends with all its tokens; a refresh token that
// comes a second time ends it, too.
//
// Members who come from another system are made without a mail, with the day
// they joined there and with newsletters declined where they were.
//
// A session is looked up at every request, so whoever is signed out, disabled
// or deleted is out at the next one, and a role change works as fast.
//
// A view is how a staff user looks at a list of the desk; it is theirs alone
// until they share it. Which filters a list has is not known here.
//
// A member can make personal tokens, with which a program reads as they may read.
// A token is looked up at every request; it changes nothing of the account, and
// ends with the sessions when a member shuts others out.
//
// Tables: members, staff, sessions, session_tokens, sign_in_tokens, api_keys, attempts,
// setup_offers, email_changes, leavings, member_passkeys, member_passwords,
// member_tokens, sharing_alerts, views, view_defaults.
package identity
