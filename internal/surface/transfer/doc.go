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
package transfer
