// Writing: text with marks as inline nodes of mdast.
import type { PhrasingContent } from 'mdast'
import { type MarkJSON, type NodeJSON, sameMark, textOf } from './json'

/** Where inline content stands; some places cannot hold a line break. */
export interface Place {
  oneLine: boolean
}

// Outermost first where two marks cover the same run.
const ORDER = ['link', 'bold', 'italic', 'strike', 'tag', 'superscript', 'subscript', 'code']

interface Piece {
  node: NodeJSON
  marks: MarkJSON[]
}

/** Writes the inline content of a block. */
export function writeInline(nodes: NodeJSON[], place: Place): PhrasingContent[] {
  const pieces = nodes.map((node) => ({ node, marks: (node.marks ?? []).filter((m) => m.type !== 'code' || node.text !== undefined) }))
  return trimmed(wrap(pieces, place))
}

function wrap(pieces: Piece[], place: Place): PhrasingContent[] {
  const out: PhrasingContent[] = []
  for (let i = 0; i < pieces.length; ) {
    const piece = pieces[i]!
    if (piece.marks.length === 0) {
      out.push(leaf(piece.node, place))
      i++
      continue
    }
    const { mark, end } = widest(pieces, i)
    const inner = pieces.slice(i, end).map((p) => ({ node: p.node, marks: p.marks.filter((m) => !sameMark(m, mark)) }))
    out.push(...marked(mark, inner, place))
    i = end
  }
  return joined(out)
}

// The mark that runs longest from here becomes the outermost. Code holds
// nothing but text, so it goes in last.
function widest(pieces: Piece[], from: number): { mark: MarkJSON; end: number } {
  const marks = pieces[from]!.marks
  const outer = marks.filter((m) => m.type !== 'code')
  const runs = (outer.length ? outer : marks).map((mark) => {
    let end = from
    while (pieces[end]?.marks.some((m) => sameMark(m, mark)) && (mark.type !== 'code' || pieces[end]!.marks.length === 1)) end++
    return { mark, end }
  })
  runs.sort((a, b) => b.end - a.end || ORDER.indexOf(a.mark.type) - ORDER.indexOf(b.mark.type))
  return runs[0]!
}

function marked(mark: MarkJSON, inner: Piece[], place: Place): PhrasingContent[] {
  switch (mark.type) {
    case 'code': {
      const value = inner.map((p) => textOf(p.node)).join('').replace(/\s*[\r\n]+\s*/g, ' ').replace(/\p{Cs}/gu, '\uFFFD')
      return value ? [{ type: 'inlineCode', value }] : []
    }
    case 'subscript':
      return tagged('sub', '', wrap(inner, place))
    case 'superscript':
      return tagged('sup', '', wrap(inner, place))
    case 'tag':
      return tagged(String(mark.attrs?.name ?? 'mark'), mark.attrs?.rest ? ' ' + mark.attrs.rest : '', wrap(inner, place))
    default:
      return edged(wrap(inner, place), (children) => wrapped(mark, children))
  }
}

function tagged(name: string, rest: string, children: PhrasingContent[]): PhrasingContent[] {
  if (children.length === 0) return []
  return [{ type: 'html', value: `<${name}${rest}>` }, ...children, { type: 'html', value: `</${name}>` }]
}

function wrapped(mark: MarkJSON, children: PhrasingContent[]): PhrasingContent {
  switch (mark.type) {
    case 'bold':
      return { type: 'strong', children }
    case 'italic':
      return { type: 'emphasis', children }
    case 'strike':
      return { type: 'delete', children }
    case 'link':
      return { type: 'link', url: String(mark.attrs?.href ?? ''), title: (mark.attrs?.title as string | null) ?? null, children: children as never }
    default:
      throw new Error(`no Markdown for the mark ${mark.type}`)
  }
}

// Markdown knows no emphasis that starts or ends with a space: it moves out.
function edged(children: PhrasingContent[], make: (children: PhrasingContent[]) => PhrasingContent): PhrasingContent[] {
  const before: PhrasingContent[] = []
  const after: PhrasingContent[] = []
  while (children.length && blank(children[0]!)) before.push(children.shift()!)
  while (children.length && blank(children.at(-1)!)) after.unshift(children.pop()!)
  const first = children[0]
  const last = children.at(-1)
  if (first?.type === 'text') {
    const space = /^\s*/.exec(first.value)![0]
    if (space) before.push({ type: 'text', value: space })
    first.value = first.value.slice(space.length)
  }
  if (last?.type === 'text') {
    const space = /\s*$/.exec(last.value)![0]
    if (space) after.unshift({ type: 'text', value: space })
    last.value = last.value.slice(0, last.value.length - space.length)
  }
  return children.length ? [...before, make(children), ...after] : [...before, ...after]
}

const blank = (node: PhrasingContent): boolean =>
  node.type === 'break' || isBreakTag(node) || (node.type === 'text' && node.value.trim() === '')

const isBreakTag = (node: PhrasingContent): boolean => node.type === 'html' && node.value === '<br>'

// Space at the edge of a block means nothing in Markdown; nor does a break.
function trimmed(nodes: PhrasingContent[]): PhrasingContent[] {
  const out = [...nodes]
  for (;;) {
    const first = out[0]
    if (first?.type === 'text') first.value = first.value.replace(/^[ \t\n\r]+/, '')
    if (first && (first.type === 'break' || isBreakTag(first) || (first.type === 'text' && first.value === ''))) out.shift()
    else break
  }
  for (;;) {
    const last = out.at(-1)
    if (last?.type === 'text') last.value = last.value.replace(/[ \t\n\r]+$/, '')
    if (last && (last.type === 'break' || isBreakTag(last) || (last.type === 'text' && last.value === ''))) out.pop()
    else break
  }
  return besideBreaks(out)
}

// A line cannot start or end with spaces either.
function besideBreaks(nodes: PhrasingContent[]): PhrasingContent[] {
  nodes.forEach((node, i) => {
    if (node.type !== 'text') return
    if (nodes[i - 1]?.type === 'break') node.value = node.value.replace(/^[ \t]+/, '')
    if (nodes[i + 1]?.type === 'break') node.value = node.value.replace(/[ \t]+$/, '')
  })
  return nodes.filter((n) => n.type !== 'text' || n.value !== '')
}

function joined(nodes: PhrasingContent[]): PhrasingContent[] {
  const out: PhrasingContent[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (node.type === 'text' && last?.type === 'text') last.value += node.value
    else if (node.type !== 'text' || node.value) out.push(node)
  }
  return out
}

function leaf(node: NodeJSON, place: Place): PhrasingContent {
  const a = node.attrs ?? {}
  switch (node.type) {
    case 'text':
      return { type: 'text', value: (node.text ?? '').replace(/[ \t]*[\r\n]+[ \t]*/g, ' ').replace(/\0/g, '').replace(/\p{Cs}/gu, '\uFFFD') }
    case 'hardBreak':
      return place.oneLine ? { type: 'html', value: '<br>' } : { type: 'break' }
    case 'image':
      return { type: 'image', url: String(a.src ?? ''), alt: String(a.alt ?? ''), title: (a.title as string | null) || null }
    case 'footnoteRef':
      return { type: 'footnoteReference', identifier: String(a.id), label: String(a.id) }
    case 'rawInline':
      return { type: 'html', value: String(a.html ?? '') }
    default:
      throw new Error(`no Markdown for ${node.type} within text`)
  }
}
