// Two changes of one sequence, laid over each other.
import { matches } from './diff'

/** A run of the base that one side replaced, and with what. */
export interface Hunk {
  from: number
  to: number
  start: number
  end: number
}

/** A run of the base that changed, and the same run on either side. */
export interface Group {
  from: number
  to: number
  mine: [start: number, end: number]
  theirs: [start: number, end: number]
  by: 'mine' | 'theirs' | 'both'
}

/** What leads from one sequence to another. */
export function hunks<T>(base: readonly T[], other: readonly T[]): Hunk[] {
  const out: Hunk[] = []
  let a = 0
  let b = 0
  for (const m of [...matches(base, other), { a: base.length, b: other.length, length: 0 }]) {
    if (m.a > a || m.b > b) out.push({ from: a, to: m.a, start: b, end: m.b })
    a = m.a + m.length
    b = m.b + m.length
  }
  return out
}

/**
 * Lays two changes over each other. Changes that touch the same run, or add at
 * the same place, are one group; changes side by side are two.
 */
export function groups<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[]): Group[] {
  const sides = [hunks(base, mine), hunks(base, theirs)] as const
  const next = [0, 0]
  const shift = [0, 0]
  const out: Group[] = []
  for (;;) {
    const heads = sides.map((list, s) => list[next[s]!])
    const first = Math.min(heads[0]?.from ?? Infinity, heads[1]?.from ?? Infinity)
    if (first === Infinity) return out
    const taken: [Hunk[], Hunk[]] = [[], []]
    let end = first
    for (let s = pick(sides, next, first, end, taken); s >= 0; s = pick(sides, next, first, end, taken)) {
      const hunk = sides[s]![next[s]!]!
      taken[s]!.push(hunk)
      next[s]!++
      end = Math.max(end, hunk.to)
    }
    const ranges = taken.map((own, s) => rangeOf(own, first, end, shift, s)) as [Group['mine'], Group['mine']]
    const by = taken[0].length && taken[1].length ? 'both' : taken[0].length ? 'mine' : 'theirs'
    out.push({ from: first, to: end, mine: ranges[0], theirs: ranges[1], by })
  }
}

// The side whose next hunk belongs to the group, or -1.
function pick(sides: readonly [Hunk[], Hunk[]], next: number[], first: number, end: number, taken: [Hunk[], Hunk[]]): number {
  const adding = [...taken[0], ...taken[1]].some((h) => h.from === h.to)
  const none = taken[0].length + taken[1].length === 0
  for (const s of [0, 1]) {
    const hunk = sides[s]![next[s]!]
    if (!hunk) continue
    if (none ? hunk.from === first : hunk.from < end || (hunk.from === end && hunk.from === hunk.to && adding)) return s
  }
  return -1
}

function rangeOf(own: Hunk[], from: number, to: number, shift: number[], s: number): [number, number] {
  const last = own.at(-1)
  const start = own[0] ? own[0].start - (own[0].from - from) : from + shift[s]!
  if (last) shift[s] = last.end - last.to
  return [start, to + shift[s]!]
}
