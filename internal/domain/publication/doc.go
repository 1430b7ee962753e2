// Package publication owns what the publication says of itself (name, tagline,
// contact block, legal texts) and the leads: people who wrote to the firm
// through the portal.
//
// Tables: settings, leads.
package publication
