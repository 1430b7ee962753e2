// A three-way merge of Markdown by blocks. What one side alone changed is
// taken; what both changed in different ways is left to a person. No text of
// either side is dropped on the way.
import { cut, groups } from '../bridge'

/** The lines before a piece, as each side has them; null where it has none. */
interface Gaps {
  mine: string | null
  theirs: string | null
}

/** A run of blocks that needs a decision; each side as Markdown. */
export interface Conflict {
  kind: 'conflict'
  base: string
  mine: string
  theirs: string
  gaps: Gaps
}

/** Blocks that need none, and whose they are. An empty text was taken out. */
export interface Agreed {
  kind: 'same' | 'mine' | 'theirs'
  text: string
  gaps: Gaps
}

export type Piece = Conflict | Agreed

/** The outcome of a merge. */
export interface Merged {
  pieces: Piece[]
  conflicts: number
  /** What the text starts and ends with. */
  head: string
  tail: string
}

/** What a person decides about a conflict. */
export type Decision = 'mine' | 'theirs' | 'both' | { text: string }

interface Side {
  head: string
  texts: string[]
  gaps: string[]
  tail: string
}

/** Merges two texts that came from one. */
export function merge(base: string, mine: string, theirs: string): Merged {
  const [b, m, t] = [side(base), side(mine), side(theirs)]
  const pieces: Piece[] = []
  let at = { b: 0, m: 0, t: 0 }
  const shared = (until: number): void => {
    for (; at.b < until; at = { b: at.b + 1, m: at.m + 1, t: at.t + 1 }) pieces.push(same(b, at.b, m, at.m, t, at.t))
  }
  for (const g of groups(b.texts, m.texts, t.texts)) {
    shared(g.from)
    pieces.push(compare(run(b, g.from, g.to), run(m, ...g.mine), run(t, ...g.theirs)))
    at = { b: g.to, m: g.mine[1], t: g.theirs[1] }
  }
  shared(b.texts.length)
  const tail = m.tail === b.tail ? t.tail : m.tail
  return { pieces, conflicts: pieces.filter((p) => p.kind === 'conflict').length, head: m.head, tail }
}

/** Puts a merged text together; undecided conflicts keep both sides. */
export function assemble(merged: Merged, decide: (conflict: Conflict, index: number) => Decision = () => 'both'): string {
  let out = ''
  let index = 0
  let since = new Set<string>()
  for (const piece of merged.pieces) {
    const decision = piece.kind === 'conflict' ? decide(piece, index++) : piece.kind
    since.add(typeof decision === 'string' ? decision : 'both')
    const text = piece.kind === 'conflict' ? decided(piece, decision as Decision) : piece.text
    if (text === '') continue
    out += gapFor(piece, since, out === '') + text
    since = new Set([typeof decision === 'string' ? decision : 'both'])
  }
  return out === '' ? '' : merged.head + out + merged.tail
}

// The lines of a side count where its blocks stand together; where blocks of
// two sides meet there is an empty line at least.
function gapFor({ gaps }: Piece, since: Set<string>, first: boolean): string {
  const gap = since.has('theirs') ? gaps.theirs : gaps.mine
  const mixed = since.has('both') || (since.has('mine') && since.has('theirs'))
  if (!mixed && gap !== null) return gap
  if (first) return ''
  const known = gap ?? gaps.mine ?? gaps.theirs ?? ''
  return /\n[ \t]*\r?\n/.test(known) ? known : '\n\n'
}

function decided(conflict: Conflict, decision: Decision): string {
  if (typeof decision === 'object') return decision.text
  if (decision === 'mine') return conflict.mine
  if (decision === 'theirs') return conflict.theirs
  return [conflict.mine, conflict.theirs].filter((text) => text !== '').join('\n\n')
}

function side(source: string): Side {
  const head = source.startsWith('\uFEFF') ? '\uFEFF' : ''
  const parts = cut(source.slice(head.length))
  return {
    head,
    texts: parts.slices.map((s) => s.text),
    gaps: parts.slices.map((s) => s.gap),
    tail: parts.slices.length ? parts.tail : '\n',
  }
}

interface Run {
  text: string
  gap: string | null
}

function compare(base: Run, mine: Run, theirs: Run): Piece {
  const gaps = { mine: mine.gap, theirs: theirs.gap }
  if (mine.text === theirs.text) return { kind: 'same', text: mine.text, gaps }
  if (theirs.text === base.text) return { kind: 'mine', text: mine.text, gaps }
  if (mine.text === base.text) return { kind: 'theirs', text: theirs.text, gaps }
  return { kind: 'conflict', base: base.text, mine: mine.text, theirs: theirs.text, gaps }
}

// A block that all three have. Lines before it that one side changed are taken.
function same(b: Side, i: number, m: Side, j: number, t: Side, k: number): Agreed {
  const mine = m.gaps[j] === b.gaps[i] && j > 0 && k > 0 ? t.gaps[k]! : m.gaps[j]!
  return { kind: 'same', text: m.texts[j]!, gaps: { mine, theirs: t.gaps[k]! } }
}

function run(s: Side, from: number, to: number): Run {
  let text = ''
  for (let i = from; i < to; i++) text += (i > from ? s.gaps[i]! : '') + s.texts[i]!
  return { text, gap: from < to ? s.gaps[from]! : null }
}
