// Package markup turns the HTML of other systems into the Markdown of a note.
//
// What it gives is text for the content room, which parses and sanitises it as
// it does with everything that is typed: nothing here needs to be trusted. What
// has no place in a note (scripts, forms, frames) is left out and named.
//
// The tree is cut at the paywall before anything is converted, so that the
// marker always stands at the top level and nothing from below it can end up
// above, whatever it was nested in. Footnotes are found by the two links that
// lead to each other, which all editors write somehow.
package markup
