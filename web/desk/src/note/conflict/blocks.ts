// A three-way merge of texts in Markdown, block by block. What only one side
// changed is taken; what both changed differently is left to a person.

/** The blocks of a text: what stands between empty lines, fences kept whole. */
export function blocksOf(text: string): string[] {
  const blocks: string[] = []
  let block: string[] = []
  let fence = ''
  const end = () => {
    if (block.length) blocks.push(block.join('\n'))
    block = []
  }
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (!fence && line.trim() === '') {
      end()
      continue
    }
    if (mark && !fence) fence = mark
    else if (mark && fence && mark[0] === fence[0] && mark.length >= fence.length && /^ {0,3}[`~]+\s*$/.test(line)) fence = ''
    block.push(line)
  }
  end()
  return blocks
}

export const textOf = (blocks: string[]): string => blocks.map((b) => b + '\n').join('\n')

/** For each block of a, the place of the same block in b, in order; or -1. */
function match(a: string[], b: string[]): number[] {
  const w = b.length + 1
  const best = new Uint32Array((a.length + 1) * w)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * w + j] = a[i] === b[j] ? best[(i + 1) * w + j + 1]! + 1 : Math.max(best[(i + 1) * w + j]!, best[i * w + j + 1]!)
    }
  }
  const out = new Array<number>(a.length).fill(-1)
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) out[i++] = j++
    else if (best[(i + 1) * w + j]! >= best[i * w + j + 1]!) i++
    else j++
  }
  return out
}

export type Piece =
  | { kind: 'same' | 'mine' | 'theirs'; blocks: string[] }
  | { kind: 'both'; base: string[]; mine: string[]; theirs: string[] }

const equal = (a: string[], b: string[]) => a.length === b.length && a.every((x, i) => x === b[i])

/** Cuts three texts into pieces, each with who changed it. */
export function merge(base: string, mine: string, theirs: string): Piece[] {
  const [o, a, b] = [blocksOf(base), blocksOf(mine), blocksOf(theirs)]
  const [inA, inB] = [match(o, a), match(o, b)]
  const pieces: Piece[] = []
  const same = (block: string) => {
    const last = pieces.at(-1)
    if (last?.kind === 'same') last.blocks.push(block)
    else pieces.push({ kind: 'same', blocks: [block] })
  }
  let [i, j, k] = [0, 0, 0]
  const changed = (ie: number, je: number, ke: number) => {
    const [po, pa, pb] = [o.slice(i, ie), a.slice(j, je), b.slice(k, ke)]
    if (equal(pa, pb)) pa.forEach(same)
    else if (equal(po, pa)) pieces.push({ kind: 'theirs', blocks: pb })
    else if (equal(po, pb)) pieces.push({ kind: 'mine', blocks: pa })
    else pieces.push({ kind: 'both', base: po, mine: pa, theirs: pb })
  }
  // Between blocks that all three share lies what somebody changed.
  for (let n = 0; n <= o.length; n++) {
    const shared = n < o.length && inA[n]! >= 0 && inB[n]! >= 0
    if (n < o.length && !shared) continue
    const [je, ke] = n < o.length ? [inA[n]!, inB[n]!] : [a.length, b.length]
    if (n > i || je > j || ke > k) changed(n, je, ke)
    if (n < o.length) same(o[n]!)
    ;[i, j, k] = [n + 1, je + 1, ke + 1]
  }
  return pieces
}

export type Choice = 'mine' | 'theirs' | 'both'

/** The text after a person has decided on each piece that both changed. */
export function settle(pieces: Piece[], choices: Record<number, Choice>): string {
  return textOf(pieces.flatMap((p, i) => {
    if (p.kind !== 'both') return p.blocks
    const choice = choices[i] ?? 'both'
    return choice === 'mine' ? p.mine : choice === 'theirs' ? p.theirs : [...p.mine, ...p.theirs]
  }))
}
