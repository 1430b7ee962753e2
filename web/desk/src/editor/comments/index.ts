// Comments on passages: from a selection to an anchor, and from an anchor to
// the passage, in the document and in Markdown.
export { type Anchor, findAnchor, makeAnchor } from './anchor'
export { anchorOf, AnchorFinder, type Place } from './document'
export { anchorInMarkdown, findAllInMarkdown, findInMarkdown } from './markdown'
