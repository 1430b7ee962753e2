// Carrying a change over to the source text. A block is printed before and
// after the change; what differs between the prints is applied to the source,
// so that the rest of the block keeps its author's spelling.
import { type Match, matches } from './diff'

const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\n|[^\S\n]+|[^]/gu) ?? []

/**
 * Applies to `source` what leads from `before` to `after`. Where the source is
 * spelled differently and changed as well, the print after the change wins.
 */
export function patch(source: string, before: string, after: string): string {
  const base = tokens(before)
  const mine = tokens(source)
  const next = tokens(after)
  const toMine = positions(matches(base, mine), base.length)
  const toNext = positions(matches(base, next), base.length)
  let out = ''
  let at = { base: 0, mine: 0, next: 0 }
  for (let i = 0; i <= base.length; i++) {
    const end = i === base.length
    if (!end && (toMine[i] === -1 || toNext[i] === -1)) continue
    const to = end ? { base: i, mine: mine.length, next: next.length } : { base: i, mine: toMine[i]!, next: toNext[i]! }
    out += choose(base.slice(at.base, to.base), mine.slice(at.mine, to.mine), next.slice(at.next, to.next))
    if (!end) out += base[i]
    at = { base: to.base + 1, mine: to.mine + 1, next: to.next + 1 }
  }
  return out
}

function choose(base: string[], mine: string[], next: string[]): string {
  const was = base.join('')
  const now = next.join('')
  return now === was ? mine.join('') : now
}

function positions(found: Match[], length: number): Int32Array {
  const to = new Int32Array(length).fill(-1)
  for (const m of found) for (let i = 0; i < m.length; i++) to[m.a + i] = m.b + i
  return to
}
