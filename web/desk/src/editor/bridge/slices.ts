// Cutting a document into its top blocks and the lines between them.
import type { Definition, RootContent } from 'mdast'
import { type Context, contextOf, endOf, parse, startOf } from './read'
import { BlockReader, DIVIDER } from './readblock'
import type { NodeJSON } from './json'

/** A block of a document: its own lines, and what stands before them. */
export interface Slice {
  gap: string
  text: string
  json: NodeJSON
  /** What this block refers to, as `refsOf` spells it. */
  refs: string[]
}

/** A document cut up; lead, gaps, texts and tail in order are its source. */
export interface Cut {
  lead: string
  slices: Slice[]
  tail: string
  context: Context
}

/** What a reference stands for, to see whether it still does. */
export const refKey = (d: Definition): string => [d.identifier, d.url, d.title ?? ''].join('\0')

/** Marks a reference to a footnote among the others. */
const NOTE = '^'

/** The reference of a block that relies on a footnote not being there. */
export const missing = (id: string): string => `!${id}`

/** How a footnote's label is looked up. */
export const noteKey = (label: string): string => label.replace(/[\t\n\r ]+/g, ' ').trim().toLowerCase().toUpperCase().toLowerCase()

/** Tells whether what a block refers to is still there, and the same. */
export const stands = (ref: string, now: Context): boolean => {
  if (ref.startsWith(NOTE)) return now.notes.has(ref.slice(1))
  if (ref.startsWith('!')) return !now.notes.has(ref.slice(1))
  const d = now.links.get(ref.slice(0, ref.indexOf('\0')))
  return d !== undefined && refKey(d) === ref
}

/** Cuts a document. */
export function cut(source: string): Cut {
  const root = parse(source)
  const context = contextOf(root)
  const reader = new BlockReader(source, context)
  const groups = grouped(root.children, source)
  const slices: Slice[] = []
  let lead = ''
  let at = 0
  for (const group of groups) {
    const start = lineStart(source, startOf(group[0]!), at)
    const end = lineEnd(source, endOf(group.at(-1)!))
    const gap = source.slice(at, start)
    const text = source.slice(start, end)
    const json = group.length > 1 ? rawOf(text) : reader.top(group[0]!)
    if (slices.length === 0) lead = gap
    slices.push({ gap, text, json, refs: refsOf(group, context) })
    at = end
  }
  return { lead, slices, tail: source.slice(at), context }
}

const rawOf = (text: string): NodeJSON => ({ type: 'rawBlock', content: [{ type: 'text', text: text.replace(/\r\n?/g, '\n') }] })

// Definitions on adjoining lines are one block to an editor. Dividers are none.
function grouped(nodes: RootContent[], source: string): RootContent[][] {
  const groups: RootContent[][] = []
  nodes.forEach((node, i) => {
    const last = groups.at(-1)
    const before = last?.at(-1)
    if (node.type === 'html' && DIVIDER.test(node.value) && i > 0 && i < nodes.length - 1) return
    const touching = before && !/\n[ \t]*\r?\n/.test(source.slice(endOf(before), startOf(node)))
    if (touching && node.type === 'definition' && before.type === 'definition') last!.push(node)
    else groups.push([node])
  })
  return groups
}

// Indentation belongs to a block: without it a moved list would be read otherwise.
function lineStart(source: string, start: number, floor: number): number {
  let at = start
  while (at > floor && (source[at - 1] === ' ' || source[at - 1] === '\t')) at--
  return at === floor || source[at - 1] === '\n' || source[at - 1] === '\r' ? at : start
}

function lineEnd(source: string, end: number): number {
  let at = end
  while (source[at] === ' ' || source[at] === '\t') at++
  return at === source.length || source[at] === '\n' || source[at] === '\r' ? at : end
}

/** The references in a group of nodes: links by `refKey`, footnotes by their label behind a caret. */
export function refsOf(nodes: RootContent[], context: Context): string[] {
  const refs = new Set<string>()
  const visit = (node: { type: string; identifier?: string; children?: unknown[] }): void => {
    if (node.type === 'linkReference' || node.type === 'imageReference') {
      const d = context.links.get(node.identifier ?? '')
      if (d) refs.add(refKey(d))
    }
    if (node.type === 'footnoteReference') refs.add(NOTE + noteKey(node.identifier ?? ''))
    node.children?.forEach((child) => visit(child as never))
  }
  nodes.forEach((n) => visit(n as never))
  return [...refs]
}
