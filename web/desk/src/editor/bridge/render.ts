// Choosing the Markdown of a changed block: the spelling nearest to its source
// that is read back as what the block says.
import type { NodeJSON } from './json'
import { sameMeaning } from './normal'
import { patch } from './patch'
import { type Context, parsePiece } from './read'
import { BlockReader } from './readblock'
import { missing, noteKey, refsOf, stands } from './slices'
import { type Care, type Hand, handOf, plainHand, writeBlock } from './writeblock'

/** The Markdown of a block, and the references it relies on. */
export interface Rendered {
  text: string
  refs: string[]
}

const CARES: Care[] = ['light', 'usual', 'heavy']

/**
 * Renders a block that changed. `source` is what it was read from, in the
 * document of `was`; `now` is what surrounds it today.
 */
export function render(node: NodeJSON, source: string | null, was: Context, now: Context): Rendered {
  const here = withNotes(now, node)
  // The mark of a footnote that is not there is text to readers, and the words
  // around it must be right for them as well.
  const bare = here.notes.size > now.notes.size ? withoutOrphans(node, now) : null
  const hand = source === null ? plainHand : handOf(source)
  for (const text of candidates(node, source, was, hand)) {
    const refs = reading(text, node, here)
    if (refs && (!bare || reading(text, bare, now))) return { text, refs: refs.filter((ref) => stands(ref, now)) }
  }
  if (bare) {
    // The mark as the words it is, as long as its footnote is not there.
    const gone = [...here.notes.keys()].filter((id) => !now.notes.has(id)).map(missing)
    for (const text of candidates(bare, null, was, hand)) {
      const refs = reading(text, bare, now)
      if (refs) return { text, refs: [...refs, ...gone] }
    }
  }
  return { text: writeBlock(node, hand, 'usual'), refs: [] }
}

function* candidates(node: NodeJSON, source: string | null, was: Context, hand: Hand): Generator<string> {
  const before = source === null ? null : readSource(source, was)
  if (source !== null && before) {
    for (const care of ['light', 'usual'] as const) {
      yield patch(source, writeBlock(before, hand, care), writeBlock(node, hand, care))
    }
  }
  for (const care of CARES) yield writeBlock(node, hand, care)
  if (hand !== plainHand) for (const care of CARES) yield writeBlock(node, plainHand, care)
}

function readSource(source: string, context: Context): NodeJSON | null {
  const piece = parsePiece(source, context)
  if (piece.blocks.length !== 1) return null
  return new BlockReader(piece.source, context).top(piece.blocks[0]!)
}

// The references of a text, if it is read as the block; null if it is not.
function reading(text: string, node: NodeJSON, context: Context): string[] | null {
  const piece = parsePiece(text, context)
  const reader = new BlockReader(piece.source, context)
  const back = piece.blocks.map((b) => reader.top(b))
  if (back.length > 1) return null
  const said = back[0] ?? { type: 'paragraph' }
  return sameMeaning(said, node) ? refsOf(piece.blocks, context) : null
}

function withoutOrphans(node: NodeJSON, now: Context): NodeJSON {
  if (node.type !== 'footnoteRef') return { ...node, ...(node.content && { content: node.content.map((n) => withoutOrphans(n, now)) }) }
  if (now.notes.has(noteKey(String(node.attrs?.id)))) return node
  return { type: 'text', text: `[^${node.attrs?.id}]`, ...(node.marks && { marks: node.marks.filter((m) => m.type !== 'code') }) }
}

// A mark whose footnote is gone is still written as a mark.
function withNotes(context: Context, node: NodeJSON): Context {
  const notes = new Map(context.notes)
  const visit = (n: NodeJSON): void => {
    if (n.type === 'footnoteRef') notes.set(noteKey(String(n.attrs?.id)), String(n.attrs?.id))
    n.content?.forEach(visit)
  }
  visit(node)
  return { links: context.links, notes }
}
