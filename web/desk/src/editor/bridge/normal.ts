// What a document says, without how it is written down. Two documents with the
// same normal form hold the same text, structure and formatting.
import { append, type MarkJSON, type NodeJSON } from './json'

const BOOKKEEPING = new Set(['src', 'gap', 'lead', 'tail', 'loose', 'eol', 'bom', 'colspan', 'rowspan', 'colwidth'])
const JOINS = new Set(['bulletList', 'orderedList', 'blockquote'])

/** The normal form of a node. */
export function normal(node: NodeJSON): NodeJSON {
  const attrs = attributes(node)
  const out: NodeJSON = { type: node.type, ...(attrs && { attrs }) }
  if (node.type === 'codeBlock' || node.type === 'rawBlock') return { ...out, content: [{ type: 'text', text: flat(node) }] }
  if (node.type === 'table') return normalTable(node)
  if (!node.content) return out
  // An empty line has no content, or none that anybody sees: the same.
  const inline = node.content.some((n) => n.text !== undefined || INLINE.has(n.type))
  const content = inline ? normalRun(node.content) : normalBlocks(node.content)
  return content.length ? { ...out, content } : out
}

// In a table of Markdown the first row is the head, it says how columns are
// aligned, and every row is as long as the longest.
function normalTable(node: NodeJSON): NodeJSON {
  const rows = node.content ?? []
  const width = Math.max(...rows.map((row) => row.content?.length ?? 0))
  const columns = Array.from({ length: width }, (_, c) => rows[0]?.content?.[c]?.attrs?.align ?? null)
  const cell = (cell: NodeJSON | undefined): NodeJSON => ({ type: 'cell', content: cell ? normalBlocks(cell.content ?? []) : [] })
  const content = rows.map((row): NodeJSON => ({ type: 'row', content: columns.map((_, c) => cell(row.content?.[c])) }))
  return { type: 'table', attrs: { align: columns.join() }, content }
}

const INLINE = new Set(['hardBreak', 'image', 'footnoteRef', 'rawInline'])

function flat(node: NodeJSON): string {
  const text = (node.content ?? []).map((n) => n.text ?? '').join('').replace(/\p{Cs}/gu, '\uFFFD')
  return node.type === 'rawBlock' ? text.trim() : text
}

function attributes(node: NodeJSON): NodeJSON['attrs'] {
  const kept = Object.entries(node.attrs ?? {}).filter(([key, v]) => !BOOKKEEPING.has(key) && v !== null && v !== undefined && v !== '')
  if (node.type === 'listItem' && !textFirst(node)) return undefined
  return kept.length ? Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined
}

// A box to tick needs text beside it.
function textFirst(item: NodeJSON): boolean {
  const first = normalBlocks(item.content ?? [])[0]
  return first?.type === 'paragraph'
}

/** Blocks, without empty paragraphs; lists that would be read as one are one. */
export function normalBlocks(nodes: NodeJSON[]): NodeJSON[] {
  const out: NodeJSON[] = []
  for (const node of nodes.map(normal)) {
    const last = out.at(-1)
    if (node.type === 'paragraph' && !node.content?.length) continue
    if (node.type === 'rawBlock' && !node.content?.[0]?.text) continue
    if (node.type === 'table' && !node.content?.[0]?.content?.length) continue
    if (last && JOINS.has(node.type) && last.type === node.type && node.type === 'bulletList') last.content?.push(...(node.content ?? []))
    else out.push(node)
  }
  return out
}

// Space has no formatting and no number; at the edge of a line it has no meaning.
function normalRun(nodes: NodeJSON[]): NodeJSON[] {
  const run: NodeJSON[] = []
  for (const node of nodes) {
    if (node.text === undefined) {
      run.push(attributed(node))
      continue
    }
    const marks = (node.marks ?? []).map(plainMark).sort((a, b) => (key(a) < key(b) ? -1 : 1))
    const text = node.text.replace(/\0/g, '').replace(/\p{Cs}/gu, '\uFFFD').replace(/\s+/g, ' ')
    const whole = marks.some((m) => m.type === 'code') || marks.length === 0
    for (const part of whole ? [text] : text.split(/( )/)) {
      if (part) append(run, { type: 'text', text: part, marks: !whole && part === ' ' ? [] : marks })
    }
  }
  return trimRun(run)
}

const key = (mark: MarkJSON): string => mark.type + JSON.stringify(mark.attrs ?? {})

function plainMark(mark: MarkJSON): MarkJSON {
  const attrs = Object.entries(mark.attrs ?? {}).filter(([, v]) => v !== null && v !== undefined && v !== '')
  return { type: mark.type, ...(attrs.length && { attrs: Object.fromEntries(attrs) }) }
}

function attributed(node: NodeJSON): NodeJSON {
  const attrs = attributes(node)
  const marks = (node.marks ?? []).filter((m) => m.type !== 'code').map(plainMark).sort((a, b) => (key(a) < key(b) ? -1 : 1))
  return { type: node.type, ...(attrs && { attrs }), ...(marks.length && node.type !== 'hardBreak' && { marks }) }
}

function trimRun(run: NodeJSON[]): NodeJSON[] {
  const plain = (n: NodeJSON | undefined): boolean => n?.text !== undefined && !n.marks?.length
  run.forEach((n, i) => {
    if (!plain(n)) return
    n.text = (n.text ?? '').replace(/ +/g, ' ')
    if (i === 0 || run[i - 1]?.type === 'hardBreak') n.text = n.text.trimStart()
    if (i === run.length - 1 || run[i + 1]?.type === 'hardBreak') n.text = n.text.trimEnd()
  })
  const out = run.filter((n) => n.text !== '')
  while (out[0]?.type === 'hardBreak' || (plain(out[0]) && out[0]?.text?.trim() === '')) out.shift()
  while (out.at(-1)?.type === 'hardBreak' || (plain(out.at(-1)) && out.at(-1)?.text?.trim() === '')) out.pop()
  return out
}

/** Tells whether two blocks say the same. */
export const sameMeaning = (a: NodeJSON, b: NodeJSON): boolean => JSON.stringify(normalBlocks([a])) === JSON.stringify(normalBlocks([b]))
