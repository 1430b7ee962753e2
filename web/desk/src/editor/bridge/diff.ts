// The longest common part of two sequences, by Myers' greedy method.

/** A run that both sides share: its start on each side and its length. */
export interface Match {
  a: number
  b: number
  length: number
}

// Beyond this many differences the search costs more than it tells.
const MOST = 2000

/** Finds what two sequences share, in order. */
export function matches<T>(a: readonly T[], b: readonly T[]): Match[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const found: Match[] = []
  if (head) found.push({ a: 0, b: 0, length: head })
  for (const m of middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) {
    found.push({ a: m.a + head, b: m.b + head, length: m.length })
  }
  if (tail) found.push({ a: a.length - tail, b: b.length - tail, length: tail })
  return found
}

function middle<T>(a: readonly T[], b: readonly T[]): Match[] {
  const n = a.length
  const m = b.length
  if (n === 0 || m === 0) return []
  const most = Math.min(n + m, MOST)
  const offset = most + 1
  const reach = new Int32Array(2 * most + 3)
  const history: Int32Array[] = []
  for (let d = 0; d <= most; d++) {
    history.push(reach.slice(offset - d - 1, offset + d + 2))
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && reach[offset + k - 1]! < reach[offset + k + 1]!)
      let x = down ? reach[offset + k + 1]! : reach[offset + k - 1]! + 1
      while (x < n && x - k < m && x - k >= 0 && a[x] === b[x - k]) x++
      reach[offset + k] = x
      if (x >= n && x - k >= m) return walkBack(history, n, m)
    }
  }
  return []
}

// Walks the furthest points back to the start and keeps the diagonals.
function walkBack(history: Int32Array[], n: number, m: number): Match[] {
  const found: Match[] = []
  let x = n
  let y = m
  for (let d = history.length - 1; d >= 0; d--) {
    const reach = history[d]!
    const at = (k: number): number => reach[k + d + 1] ?? 0
    const k = x - y
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1))
    const before = d === 0 ? 0 : down ? k + 1 : k - 1
    const fromX = d === 0 ? 0 : at(before)
    const startX = d === 0 ? 0 : down ? fromX : fromX + 1
    if (x > startX) found.unshift({ a: startX, b: startX - k, length: x - startX })
    x = fromX
    y = fromX - before
  }
  return found
}
