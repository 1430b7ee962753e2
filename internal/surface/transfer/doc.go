// Package transfer brings notes in from a folder of Markdown files and out
// again in the same format: front matter, then the text. Importing what was
// exported changes nothing, so a folder in a version control system can be the
// place where a firm keeps its archive.
//
// A folder holds notes (any *.md below it), issues with their editorials (*.md
// below issues/), pictures (media/, also those that nothing shows, with what the
// library says of them and which is the logo in pictures.yaml) and files beside notes (files/, named in the front matter with
// who may have them). A file that is wrong is named with its
// line, and the others go on.
//
// Archives of other systems come as jobs of the room porter, which keeps the
// progress and the book of what became of what. The packages below read the
// formats: ghost, wordpress, substack and memberlist into the words of source,
// and markup turns HTML into Markdown. A carrier plans each note first, so that
// the same export makes the same plan, brings its pictures, and writes it in one
// transaction with its line of the report.
//
// What cannot be told is closed: a gate that is not known is for who pays, a
// paywall that was lost leaves no preview, and words from behind a gate never
// become an abstract. Pictures that did not come with an export are named; they
// are fetched when an import names the site that has them, and from there only.
package transfer
