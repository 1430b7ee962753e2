// Counting a text as the server does: what readers get to read, 225 words a
// minute, and 12 seconds for each figure and table.
import type { Node } from '@tiptap/pm/model'

/** What a text adds up to. */
export interface Count {
  words: number
  figures: number
  tables: number
}

const PER_MINUTE = 225
const PER_FIGURE = 12
const GLYPH = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u
const WORDS = /[\p{L}\p{Nd}](?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])\S)*/gu

/** Words of plain text; two glyphs of Chinese or Japanese read like one. */
export function wordsIn(text: string): number {
  if (!GLYPH.test(text)) return text.match(WORDS)?.length ?? 0
  const glyphs = text.match(new RegExp(GLYPH, 'gu'))?.length ?? 0
  const rest = text.replace(new RegExp(GLYPH, 'gu'), ' ')
  return (rest.match(WORDS)?.length ?? 0) + Math.ceil(glyphs / 2)
}

/** Counts documents, each block once for as long as it stays as it is. */
export class Counter {
  private known = new WeakMap<Node, Count>()

  /** Counts a document. */
  count(doc: Node): Count {
    const sum: Count = { words: 0, figures: 0, tables: 0 }
    doc.forEach((block) => {
      const own = this.block(block)
      sum.words += own.words
      sum.figures += own.figures
      sum.tables += own.tables
    })
    return sum
  }

  private block(block: Node): Count {
    const known = this.known.get(block)
    if (known) return known
    const own: Count = { words: 0, figures: 0, tables: 0 }
    count(block, own)
    this.known.set(block, own)
    return own
  }
}

function count(node: Node, sum: Count): void {
  if (node.type.name === 'chart') sum.figures++
  if (node.type.name === 'table') sum.tables++
  if (node.type.name === 'rawBlock') {
    sum.words += wordsIn(node.textContent.replace(/<!--[^]*?-->|<[^>]*>/g, ' ').replace(/^\[[^\]]+\]:.*$/gm, ' '))
  } else if (node.isTextblock) {
    sum.words += wordsIn(node.textBetween(0, node.content.size, '\n', (leaf) => (leaf.type.name === 'hardBreak' ? '\n' : '')))
    node.forEach((child) => {
      const caption = child.type.name === 'image' && standsAlone(node) ? String(child.attrs.title ?? '').trim() : ''
      if (!caption) return
      sum.words += wordsIn(caption)
      sum.figures++
    })
  } else node.forEach((child) => count(child, sum))
}

/** Tells whether a paragraph holds images and nothing else; each is a figure then. */
export function standsAlone(paragraph: Node): boolean {
  let alone = paragraph.type.name === 'paragraph' && paragraph.childCount > 0
  paragraph.forEach((child) => {
    if (child.type.name !== 'image' && !(child.isText && child.text?.trim() === '')) alone = false
  })
  return alone
}

/** Minutes to read, at least one if there is anything. */
export function minutesFor(count: Count): number {
  const seconds = Math.floor((count.words * 60) / PER_MINUTE) + PER_FIGURE * (count.figures + count.tables)
  return Math.max(count.words > 0 ? 1 : 0, Math.ceil(seconds / 60))
}
