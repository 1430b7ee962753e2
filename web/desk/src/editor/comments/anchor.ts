// What ties a comment to a passage: the words themselves, what stands around
// them, and the block. Pure text; nothing here knows an editor.

/** The place of a comment. It is found again after edits elsewhere. */
export interface Anchor {
  /** The passage. */
  quote: string
  /** What stood before it. */
  prefix: string
  /** What stood after it. */
  suffix: string
  /** In which block it began, counted from 0. */
  block: number
}

/** A run of the text of all blocks, joined by line ends. */
export interface Range {
  from: number
  to: number
}

/** How much of the surroundings is kept on either side. */
const AROUND = 48
// So much of the surroundings tells a passage from its likes.
const ENOUGH = 6
const SURE = 24
// A passage of this length that stands in a text once is known by itself.
const TELLING = 10

/** Joins the texts of blocks. */
export const joinBlocks = (texts: string[]): string => texts.join('\n')

/** Makes the anchor of a run. */
export function makeAnchor(texts: string[], range: Range): Anchor {
  const text = joinBlocks(texts)
  return {
    quote: text.slice(range.from, range.to),
    prefix: text.slice(Math.max(0, range.from - AROUND), range.from),
    suffix: text.slice(range.to, range.to + AROUND),
    block: blockAt(texts, range.from),
  }
}

/** Finds an anchor's passage. Null if it is gone. */
export function findAnchor(texts: string[], anchor: Anchor): Range | null {
  const text = joinBlocks(texts)
  if (!anchor.quote) return null
  return exact(text, texts, anchor) ?? between(text, texts, anchor)
}

// The passage word for word; among its likes the one with the most familiar
// surroundings, then the nearest to where it was.
function exact(text: string, texts: string[], anchor: Anchor): Range | null {
  let best: { range: Range; score: number; far: number } | null = null
  let count = 0
  for (let at = text.indexOf(anchor.quote); at >= 0; at = text.indexOf(anchor.quote, at + 1)) {
    count++
    const range = { from: at, to: at + anchor.quote.length }
    const score = familiar(text, range, anchor)
    const far = Math.abs(blockAt(texts, at) - anchor.block)
    if (!best || score > best.score || (score === best.score && far < best.far)) best = { range, score, far }
  }
  if (!best) return null
  const known = Math.min(ENOUGH, anchor.prefix.length + anchor.suffix.length)
  const telling = count === 1 && anchor.quote.trim().length >= TELLING
  return best.score >= known || telling ? best.range : null
}

function familiar(text: string, range: Range, anchor: Anchor): number {
  let before = 0
  while (before < anchor.prefix.length && text[range.from - 1 - before] === anchor.prefix[anchor.prefix.length - 1 - before]) before++
  let after = 0
  while (after < anchor.suffix.length && text[range.to + after] === anchor.suffix[after]) after++
  return before + after
}

// The passage was changed: what stands between its surroundings now is it.
function between(text: string, texts: string[], anchor: Anchor): Range | null {
  const before = anchor.prefix.slice(-SURE)
  const after = anchor.suffix.slice(0, SURE)
  if (before.trim().length < ENOUGH && after.trim().length < ENOUGH) return null
  const most = anchor.quote.length * 2 + 80
  let best: { range: Range; far: number } | null = null
  for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
    const from = at + before.length
    const to = after ? text.indexOf(after, from) : text.length
    if (to > from && to - from <= most && (before || after)) {
      const far = Math.abs(blockAt(texts, from) - anchor.block)
      if (!best || far < best.far) best = { range: { from, to }, far }
    }
    if (before === '') break
  }
  return best?.range ?? null
}

/** The block in which a letter of the joined text stands. */
export function blockAt(texts: string[], at: number): number {
  let end = -1
  for (let i = 0; i < texts.length; i++) {
    end += (texts[i] ?? '').length + 1
    if (at <= end) return i
  }
  return Math.max(0, texts.length - 1)
}
