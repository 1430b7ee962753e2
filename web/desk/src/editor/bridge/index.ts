// The bridge between Markdown and the document of the editor. It promises:
//
//   - a document that nobody touched comes back byte for byte
//   - a change of one block changes the lines of that block alone, and in them
//     little more than what was changed
//   - what the editor has no form for stays as a block of raw text
//   - what is written is read back as the same document, whatever was typed
export { Sourcebook, type Written } from './sourcebook'
export { type NodeJSON, type MarkJSON, textOf } from './json'
export { normalBlocks } from './normal'
export { CALLOUTS } from './readblock'
export { cut, type Cut, type Slice } from './slices'
export { matches, type Match } from './diff'
export { groups, type Group } from './hunks'
