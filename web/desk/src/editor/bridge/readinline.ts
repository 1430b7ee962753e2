// Reading: the inline content of mdast as text with marks.
import type { Html, PhrasingContent } from 'mdast'
import { append, type MarkJSON, type NodeJSON, sameMark } from './json'
import type { Context } from './read'

/** What the schema has no place for; the block is kept as raw text. */
export class Unheld extends Error {}

/** Tags that become marks, with the mark they become. */
const TAGS: Record<string, string> = {
  sub: 'subscript', sup: 'superscript', kbd: 'tag', mark: 'tag', small: 'tag', ins: 'tag', del: 'tag', abbr: 'tag',
}
const OPENING = /^<([a-z]+)(\s[^<>]*)?>$/i
const CLOSING = /^<\/([a-z]+)\s*>$/i
const BREAK = /^<br\s*\/?>$/i

/** Text of a paragraph: a line break in the source is a space to readers. */
export const unwrapped = (value: string): string => value.replace(/[ \t]*(?:\r\n|\n|\r)[ \t]*/g, ' ')

/** Reads inline nodes; marks already on come first. */
export function readInline(nodes: PhrasingContent[], context: Context, marks: MarkJSON[] = []): NodeJSON[] {
  const run: NodeJSON[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!
    const pair = node.type === 'html' ? paired(nodes, i) : null
    if (pair) {
      const inner = nodes.slice(i + 1, pair.end)
      for (const n of readInline(inner, context, withMark(marks, pair.mark))) append(run, n)
      i = pair.end
    } else {
      for (const n of readOne(node, context, marks)) append(run, n)
    }
  }
  return run
}

function readOne(node: PhrasingContent, context: Context, marks: MarkJSON[]): NodeJSON[] {
  const leaf = (n: NodeJSON): NodeJSON[] => [marks.length ? { ...n, marks } : n]
  const within = (children: PhrasingContent[], mark: MarkJSON) => readInline(children, context, withMark(marks, mark))
  switch (node.type) {
    case 'text':
      return leaf({ type: 'text', text: unwrapped(node.value) })
    case 'emphasis':
      return within(node.children, { type: 'italic' })
    case 'strong':
      return within(node.children, { type: 'bold' })
    case 'delete':
      return within(node.children, { type: 'strike' })
    case 'inlineCode':
      return [{ type: 'text', text: unwrapped(node.value), marks: withMark(marks, { type: 'code' }) }]
    case 'break':
      return leaf({ type: 'hardBreak' })
    case 'link':
      return within(node.children, { type: 'link', attrs: { href: node.url, title: node.title ?? null } })
    case 'linkReference': {
      const d = definition(node.identifier, context)
      return within(node.children, { type: 'link', attrs: { href: d.url, title: d.title ?? null } })
    }
    case 'image':
      return leaf({ type: 'image', attrs: { src: node.url, alt: node.alt ?? '', title: node.title ?? null } })
    case 'imageReference': {
      const d = definition(node.identifier, context)
      return leaf({ type: 'image', attrs: { src: d.url, alt: node.alt ?? '', title: d.title ?? null } })
    }
    case 'footnoteReference':
      return leaf({ type: 'footnoteRef', attrs: { id: node.label ?? node.identifier } })
    case 'html':
      return leaf(readTag(node))
    default:
      throw new Unheld(`no place for ${(node as { type: string }).type}`)
  }
}

function definition(identifier: string, context: Context) {
  const d = context.links.get(identifier)
  if (!d) throw new Unheld('a reference without its definition')
  return d
}

function readTag(node: Html): NodeJSON {
  if (BREAK.test(node.value)) return { type: 'hardBreak' }
  return { type: 'rawInline', attrs: { html: unwrapped(node.value) } }
}

// The place of the tag that closes the one at `at`, counting equal tags within.
function paired(nodes: PhrasingContent[], at: number): { end: number; mark: MarkJSON } | null {
  const open = OPENING.exec((nodes[at] as Html).value)
  const name = open?.[1]?.toLowerCase() ?? ''
  const type = TAGS[name]
  if (!open || !type || (type !== 'tag' && open[2]?.trim())) return null
  let depth = 0
  for (let i = at; i < nodes.length; i++) {
    const node = nodes[i]!
    if (node.type !== 'html') continue
    if (OPENING.exec(node.value)?.[1]?.toLowerCase() === name) depth++
    else if (CLOSING.exec(node.value)?.[1]?.toLowerCase() === name) depth--
    if (depth === 0) return i === at + 1 ? null : { end: i, mark: tagMark(type, name, open[2] ?? '') }
  }
  return null
}

function tagMark(type: string, name: string, rest: string): MarkJSON {
  if (type !== 'tag') return { type }
  return { type, attrs: { name, rest: unwrapped(rest).trim() || null } }
}

// A mark within itself says nothing new, but the inner of two tags is another one.
function withMark(marks: MarkJSON[], mark: MarkJSON): MarkJSON[] {
  if (marks.some((m) => sameMark(m, mark))) return marks
  return [...marks.filter((m) => m.type !== mark.type || (mark.type !== 'link' && mark.type !== 'tag')), mark]
}
