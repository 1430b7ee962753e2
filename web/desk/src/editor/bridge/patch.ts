// Carrying a change over to the source text. A block is printed before and
// after the change; what differs between the prints is applied to the source,
// so that the rest of the block keeps its author's spelling.
import { matches } from './diff'

const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\r\n|[\r\n]|[^\S\r\n]+|[^]/gu) ?? []

/** A run of the base that one side replaced. */
interface Hunk {
  from: number
  to: number
  text: string
  mine: boolean
}

/**
 * Applies to `source` what leads from `before` to `after`. Where the source is
 * spelled differently and changed as well, the print after the change wins.
 */
export function patch(source: string, before: string, after: string): string {
  const base = tokens(before)
  const spelling = hunks(base, tokens(source), true)
  const change = hunks(base, tokens(after), false)
  const all = [...spelling, ...change].sort((a, b) => a.from - b.from || a.to - b.to)
  let out = ''
  let at = 0
  for (let i = 0; i < all.length; ) {
    const group = together(all, i)
    const from = group[0]!.from
    const to = Math.max(...group.map((h) => h.to))
    const changed = group.filter((h) => !h.mine)
    out += base.slice(at, from).join('') + replaced(base, from, to, changed.length ? changed : group)
    at = to
    i += group.length
  }
  return out + base.slice(at).join('')
}

// Hunks of both sides that touch the same tokens, or add at the same place.
function together(all: Hunk[], first: number): Hunk[] {
  const group = [all[first]!]
  let end = group[0]!.to
  for (let i = first + 1; i < all.length; i++) {
    const next = all[i]!
    const adding = next.from === next.to && next.from === end && group.some((h) => h.from === h.to)
    if (next.from >= end && !adding) break
    group.push(next)
    end = Math.max(end, next.to)
  }
  return group
}

function replaced(base: string[], from: number, to: number, hunks: Hunk[]): string {
  let out = ''
  let at = from
  for (const h of hunks) {
    out += base.slice(at, h.from).join('') + h.text
    at = h.to
  }
  return out + base.slice(at, to).join('')
}

function hunks(base: string[], other: string[], mine: boolean): Hunk[] {
  const out: Hunk[] = []
  let a = 0
  let b = 0
  const end = { a: base.length, b: other.length, length: 0 }
  for (const m of [...matches(base, other), end]) {
    if (m.a > a || m.b > b) out.push({ from: a, to: m.a, text: other.slice(b, m.b).join(''), mine })
    a = m.a + m.length
    b = m.b + m.length
  }
  return out
}
