// Anchors in Markdown text. The words of a block and its source are laid side
// by side; what they share carries a place from one to the other.
import type { Node } from '@tiptap/pm/model'
import { matches, Sourcebook } from '../bridge'
import { noteSchema } from '../schema'
import { type Anchor, blockAt, findAnchor, makeAnchor, type Range } from './anchor'
import { plainOf } from './plain'

interface Block {
  text: string
  source: string
  /** Where the source of the block starts in the document. */
  start: number
}

let schema: ReturnType<typeof noteSchema> | undefined

/** Makes the anchor of a run of Markdown. Null if no word of the text is in it. */
export function anchorInMarkdown(markdown: string, range: Range): Anchor | null {
  const blocks = read(markdown)
  let from = -1
  let to = -1
  let before = 0
  for (const block of blocks) {
    for (const pair of pairs(block)) {
      const start = block.start + pair.source
      if (start + pair.length <= range.from || start >= range.to) continue
      const head = Math.max(0, range.from - start)
      const tail = Math.min(pair.length, range.to - start)
      if (from < 0) from = before + pair.text + head
      to = before + pair.text + tail
    }
    before += block.text.length + 1
  }
  return from < 0 || to <= from ? null : makeAnchor(blocks.map((b) => b.text), { from, to })
}

/** Finds an anchor's passage in Markdown. */
export const findInMarkdown = (markdown: string, anchor: Anchor): Range | null => findAllInMarkdown(markdown, [anchor])[0] ?? null

/** Finds many anchors at once. */
export function findAllInMarkdown(markdown: string, anchors: Anchor[]): (Range | null)[] {
  if (anchors.length === 0) return []
  const blocks = read(markdown)
  const texts = blocks.map((b) => b.text)
  return anchors.map((anchor) => {
    const range = findAnchor(texts, anchor)
    if (!range) return null
    const from = sourceAt(blocks, texts, range.from, false)
    const to = sourceAt(blocks, texts, range.to, true)
    return from === null || to === null || to <= from ? null : { from, to }
  })
}

function read(markdown: string): Block[] {
  schema ??= noteSchema()
  const book = new Sourcebook(schema)
  const doc: Node = book.open(markdown)
  let at = markdown.startsWith('\uFEFF') ? 1 : 0
  return book.blocks(doc).map(({ node, gap, text }) => {
    const start = at + gap.length
    at = start + text.length
    return { text: plainOf(node, 0).text, source: text, start }
  })
}

interface Pair {
  text: number
  source: number
  length: number
}

const WORD = /[\p{L}\p{N}]+|[^]/gu

// The words that the text of a block and its source share, in order.
function pairs(block: Block): Pair[] {
  const text = [...block.text.matchAll(WORD)]
  const source = [...block.source.matchAll(WORD)]
  const shared = matches(text.map((m) => m[0]), source.map((m) => m[0]))
  return shared.flatMap((m) =>
    Array.from({ length: m.length }, (_, i) => ({
      text: text[m.a + i]!.index,
      source: source[m.b + i]!.index,
      length: text[m.a + i]![0].length,
    })),
  )
}

// The place in the source of a place in the text; of an end, the one just after
// the last letter.
function sourceAt(blocks: Block[], texts: string[], at: number, end: boolean): number | null {
  const index = blockAt(texts, end ? at - 1 : at)
  const block = blocks[index]
  if (!block) return null
  let within = at
  for (let i = 0; i < index; i++) within -= texts[i]!.length + 1
  const all = pairs(block)
  if (end) {
    const last = all.findLast((p) => p.text < within)
    return last ? block.start + last.source + Math.min(last.length, within - last.text) : null
  }
  const first = all.find((p) => p.text + p.length > within)
  return first ? block.start + first.source + Math.max(0, within - first.text) : null
}
