// Anchors in the document of the editor.
import type { Node } from '@tiptap/pm/model'
import { type Anchor, findAnchor, makeAnchor } from './anchor'
import { type Plain, plainBlocks, plainOf } from './plain'

/** The anchor of a selection. Null if no letter is selected. */
export function anchorOf(doc: Node, from: number, to: number): Anchor | null {
  const blocks = plainBlocks(doc)
  let start = -1
  let end = -1
  let at = 0
  for (const block of blocks) {
    block.places.forEach((place, i) => {
      if (place < from || place >= to) return
      if (start < 0) start = at + i
      end = at + i + 1
    })
    at += block.text.length + 1
  }
  return start < 0 ? null : makeAnchor(blocks.map((b) => b.text), { from: start, to: end })
}

/** Positions of the document. */
export interface Place {
  from: number
  to: number
}

/** Finds passages in documents, reading each block once while it stays. */
export class AnchorFinder {
  private known = new WeakMap<Node, Plain>()

  /** Finds an anchor's passage in a document. */
  find(doc: Node, anchor: Anchor): Place | null {
    return this.findAll(doc, [anchor])[0] ?? null
  }

  /** Finds many anchors at once. */
  findAll(doc: Node, anchors: Anchor[]): (Place | null)[] {
    if (anchors.length === 0) return []
    const blocks: { plain: Plain; start: number }[] = []
    doc.forEach((block, start) => blocks.push({ plain: this.plain(block), start }))
    const texts = blocks.map((b) => b.plain.text)
    return anchors.map((anchor) => {
      const range = findAnchor(texts, anchor)
      if (!range) return null
      const from = placeAt(blocks, range.from)
      const last = placeAt(blocks, range.to - 1)
      return from === null || last === null ? null : { from, to: last + 1 }
    })
  }

  /** The anchors of places as the document is now. */
  anchorsOf(doc: Node, places: (Place | null)[]): (Anchor | null)[] {
    const blocks: { plain: Plain; start: number }[] = []
    doc.forEach((block, start) => blocks.push({ plain: this.plain(block), start }))
    const texts = blocks.map((b) => b.plain.text)
    return places.map((place) => {
      if (!place) return null
      let [from, to, before] = [-1, -1, 0]
      blocks.forEach(({ plain, start }, i) => {
        const end = blocks[i + 1]?.start ?? doc.content.size
        if (end > place.from && start < place.to) {
          plain.places.forEach((at, letter) => {
            if (start + at < place.from || start + at >= place.to) return
            if (from < 0) from = before + letter
            to = before + letter + 1
          })
        }
        before += plain.text.length + 1
      })
      return from < 0 ? null : makeAnchor(texts, { from, to })
    })
  }

  private plain(block: Node): Plain {
    const known = this.known.get(block)
    if (known) return known
    const plain = plainOf(block, 0)
    this.known.set(block, plain)
    return plain
  }
}

function placeAt(blocks: { plain: Plain; start: number }[], at: number): number | null {
  let before = 0
  for (const { plain, start } of blocks) {
    if (at < before + plain.text.length) return start + plain.places[at - before]!
    before += plain.text.length + 1
    if (at < before) return start + (plain.places.at(-1) ?? 0)
  }
  return null
}
