// Package markdown turns the Markdown of a research note into what readers see,
// cut at the paywall. It owns the dialect, the HTML, the plain text, the counts
// and the list of mistakes for the editor. It stores nothing: callers keep the
// result with the Version that made it.
//
// The dialect is CommonMark with tables, strikethrough, autolinks, task lists,
// footnotes, typographic quotes and dashes, callouts (> [!NOTE]), charts (a
// fence named chart, see package chart) and the paywall.
//
// # The cut
//
// The paywall is the comment <!-- paywall --> alone in a block at the top level;
// the first one counts. What stands above is the preview. The syntax tree is
// cut, never the HTML. Everything that can be numbered, named or made unique is
// settled for the preview first, so that no preview field depends on a word
// below the cut. Two things from below may show above, because the preview
// itself uses them: footnotes and link definitions that it refers to.
//
// # The HTML
//
// It holds no script, style, event attribute or address with a scheme other than
// http, https and mailto, and every element is closed. Raw HTML is taken for
// text, but for sub, sup, kbd, br, mark, abbr, small, del, ins, details and
// summary, which lose their attributes (abbr keeps its title). Headings start at
// h2. Ids of headings are slugs of letters, digits and hyphens; ids of footnotes
// contain an underscore and cannot collide with them.
//
// # Caps
//
// The parser below is quadratic in places. What passes a cap is shown as plain
// text, with a Problem:
//
//   - a document of more than 1 MiB, which then has no paywall and no preview
//   - a paragraph, heading or table cell of more than 8 KiB, or with more than
//     1,000 marks such as * and [
//   - quotes, lists and footnotes nested more than 24 deep; formatting more
//     than 32 deep; raw details more than 8 deep
//   - a table of more than 20,000 cells, 1,000 lines of definitions in a row,
//     100 charts
//   - reference links whose addresses add up to more than 1 MiB
//
// At most 200 problems are listed.
package markdown
