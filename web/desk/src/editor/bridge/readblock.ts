// Reading: the blocks of mdast as blocks of the document.
import type { Blockquote, Code, Html, List, Nodes, Paragraph, RootContent, Table } from 'mdast'
import type { NodeJSON } from './json'
import { type Context, endOf, startOf } from './read'
import { readInline, Unheld } from './readinline'

/** The paywall as the server knows it: a comment alone in a block. */
export const PAYWALL = /^\s*<!--\s*paywall\s*-->\s*$/

/** A comment that only keeps two blocks apart; nobody needs to see it. */
export const DIVIDER = /^<!--\s*-->$/

/** The kinds of callout, as they are written. */
export const CALLOUTS = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'] as const

const MARKER = /^\s*\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\r\n|\n|\r|$)/i
const lines = (text: string): string => text.replace(/\r\n?/g, '\n')

/** Reads blocks of one document. */
export class BlockReader {
  constructor(
    private readonly source: string,
    private readonly context: Context,
  ) {}

  /** Reads a block that stands at the top of the document. */
  top(node: RootContent): NodeJSON {
    if (node.type === 'html' && PAYWALL.test(node.value)) return { type: 'paywall' }
    try {
      return this.block(node)
    } catch (error) {
      if (!(error instanceof Unheld)) throw error
      return this.raw(this.source.slice(startOf(node), endOf(node)))
    }
  }

  private raw(text: string): NodeJSON {
    const value = lines(text)
    return { type: 'rawBlock', content: value ? [{ type: 'text', text: value }] : [] }
  }

  private block(node: RootContent): NodeJSON {
    switch (node.type) {
      case 'paragraph':
        return { type: 'paragraph', content: readInline(node.children, this.context) }
      case 'heading':
        return { type: 'heading', attrs: { level: node.depth }, content: readInline(node.children, this.context) }
      case 'thematicBreak':
        return { type: 'horizontalRule' }
      case 'code':
        return code(node)
      case 'blockquote':
        return this.quote(node)
      case 'list':
        return this.list(node)
      case 'table':
        return this.table(node)
      case 'footnoteDefinition':
        return { type: 'footnoteDef', attrs: { id: node.label ?? node.identifier }, content: this.within(node.children) }
      case 'html':
        return this.raw(node.value)
      case 'definition':
        return this.raw(this.source.slice(startOf(node), endOf(node)))
      default:
        throw new Unheld(`no place for ${node.type}`)
    }
  }

  // A container always holds something in the document, if only an empty line.
  private within(nodes: Nodes[]): NodeJSON[] {
    const kept = nodes.filter((n, i) => !(n.type === 'html' && DIVIDER.test((n as Html).value) && i > 0 && i < nodes.length - 1))
    const blocks = kept.map((n) => this.block(n as RootContent))
    return blocks.length ? blocks : [{ type: 'paragraph' }]
  }

  private quote(node: Blockquote): NodeJSON {
    const first = node.children[0]
    // Brackets that are escaped are words.
    const written = first?.type === 'paragraph' && this.source[startOf(first)] === '['
    const found = written ? callout(first) : null
    if (!found) return { type: 'blockquote', content: this.within(node.children) }
    const rest = found.rest.children.length ? [found.rest] : []
    return { type: 'callout', attrs: { kind: found.kind }, content: this.within([...rest, ...node.children.slice(1)]) }
  }

  private list(node: List): NodeJSON {
    const loose = Boolean(node.spread) || node.children.some((item) => item.spread)
    const content = node.children.map((item): NodeJSON => {
      const blocks = this.within(item.children)
      if (blocks[0]?.type !== 'paragraph') blocks.unshift({ type: 'paragraph' })
      return { type: 'listItem', attrs: { checked: item.checked ?? null }, content: blocks }
    })
    if (!node.ordered) return { type: 'bulletList', attrs: { loose }, content }
    return { type: 'orderedList', attrs: { start: node.start ?? 1, loose }, content }
  }

  private table(node: Table): NodeJSON {
    const width = node.children[0]?.children.length ?? 0
    const content = node.children.map((row, r): NodeJSON => {
      if (row.children.length > width) throw new Unheld('a row longer than its table')
      const cells = Array.from({ length: width }, (_, c): NodeJSON => ({
        type: r ? 'tableCell' : 'tableHeader',
        attrs: { align: node.align?.[c] ?? null },
        content: [{ type: 'paragraph', content: readInline(row.children[c]?.children ?? [], this.context) }],
      }))
      return { type: 'tableRow', content: cells }
    })
    return { type: 'table', content }
  }
}

function code(node: Code): NodeJSON {
  const value = lines(node.value)
  if (node.lang === 'chart') return { type: 'chart', attrs: { source: value, meta: node.meta ?? null } }
  return {
    type: 'codeBlock',
    attrs: { language: node.lang ?? null, meta: node.meta ?? null },
    content: value ? [{ type: 'text', text: value }] : [],
  }
}

// A callout starts with its kind alone on the first line, as the server wants it.
function callout(paragraph: Paragraph): { kind: string; rest: Paragraph } | null {
  const [first, second] = paragraph.children
  if (first?.type !== 'text') return null
  const marker = MARKER.exec(first.value)
  if (!marker) return null
  const left = first.value.slice(marker[0].length)
  const closed = /[\r\n]$/.test(marker[0]) || second === undefined || second.type === 'break'
  if (left === '' && !closed) return null
  const skip = left === '' && second?.type === 'break' ? 2 : 1
  const rest = paragraph.children.slice(skip)
  return { kind: marker[1]!.toUpperCase(), rest: { ...paragraph, children: left ? [{ ...first, value: left }, ...rest] : rest } }
}
