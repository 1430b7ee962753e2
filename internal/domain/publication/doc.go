// Package publication owns what the publication says of itself (name, tagline,
// contact block, legal texts), the leads: people who wrote to the firm through
// the portal, and the redirects from addresses at which nothing is any more.
//
// A redirect never wins over a page, never leads back to itself, and leads to
// nothing but what staff wrote.
//
// Tables: settings, leads, redirects.
package publication
