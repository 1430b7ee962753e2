// What stands between two blocks that were not neighbours in the source.
import type { RootContent } from 'mdast'
import type { Node } from '@tiptap/pm/model'
import { endOf, parse, startOf } from './read'
import { writeBlock } from './writeblock'
import type { NodeJSON } from './json'

/** The lines between two blocks; `before` replaces the text of the first one. */
export interface Joint {
  before: string
  gap: string
}

const BLANK = '\n\n'
const OPEN = /\n[ \t]*\r?\n/
const DIVIDED = '\n\n<!-- -->\n\n'

// Blocks that end at a blank line, whatever follows.
const CLOSED = new Set(['paragraph', 'heading', 'table', 'blockquote', 'callout', 'paywall', 'horizontalRule'])

interface Known extends Joint {
  last: Node
  lastText: string
  nextText: string
}

/** Joins blocks and remembers how. */
export class Joiner {
  private known = new WeakMap<Node, Known>()

  /** Finds lines that keep two blocks apart. */
  join(last: Node, lastText: string, next: Node, nextText: string): Joint {
    const known = this.known.get(next)
    if (known?.last === last && known.lastText === lastText && known.nextText === nextText) return known
    const joint = search(last, lastText, next, nextText)
    this.known.set(next, { last, lastText, nextText, ...joint })
    return joint
  }
}

function search(last: Node, lastText: string, next: Node, nextText: string): Joint {
  const gap = (next.attrs.gap as string | null) ?? BLANK
  const open = OPEN.test(gap)
  if (open && CLOSED.has(last.type.name)) return { before: lastText, gap }
  const gaps = open ? [gap] : [gap, BLANK]
  const closed = last.type.name === 'rawBlock' ? lastText : writeBlock(last.toJSON() as NodeJSON)
  for (const before of [lastText, closed]) {
    for (const candidate of gaps) if (parts(before, candidate, nextText)) return { before, gap: candidate }
  }
  for (const before of [lastText, closed]) if (parts(before, DIVIDED, nextText)) return { before, gap: DIVIDED }
  return { before: lastText, gap: BLANK }
}

// Tells whether the blocks are read apart: none reaches over the gap, and each
// is read as it is by itself.
function parts(before: string, gap: string, after: string): boolean {
  if (gap === '') return false
  const nodes = parse(before + gap + after).children
  const from = before.length + gap.length
  if (!nodes.some((n) => startOf(n) >= from)) return false
  if (nodes.some((n) => startOf(n) < before.length && endOf(n) > from)) return false
  const own = nodes.filter((n) => startOf(n) < before.length || startOf(n) >= from) // without a divider in the gap
  return shape(own) === shape([...parse(before).children, ...parse(after).children])
}

const shape = (nodes: RootContent[]): string => JSON.stringify(nodes, (key, value: unknown) => (key === 'position' ? undefined : value))
