// Writing: a block of the document as Markdown, without regard to its source.
import type { ListItem, PhrasingContent, Root, RootContent, TableCell } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { defaultHandlers, type Options, toMarkdown } from 'mdast-util-to-markdown'
import { type NodeJSON, textOf } from './json'
import { writeInline } from './writeinline'

/** How a list, rule or emphasis is spelled where Markdown leaves the choice. */
export interface Hand {
  bullet: '-' | '*' | '+'
  ordered: '.' | ')'
  counting: boolean
  fence: '`' | '~'
  rule: '-' | '*' | '_'
  emphasis: '*' | '_'
  strong: '*' | '_'
}

/**
 * How much is escaped. Light leaves alone what is safe nearly always, usual is
 * the printer's own choice, heavy escapes everything that could mean something.
 */
export type Care = 'light' | 'usual' | 'heavy'

/** The hand of text that had no source. */
export const plainHand: Hand = { bullet: '-', ordered: '.', counting: true, fence: '`', rule: '-', emphasis: '*', strong: '*' }

/** Reads from the source of a block how its author writes. */
export function handOf(source: string): Hand {
  const one = <T extends string>(pattern: RegExp, fallback: T): T => (pattern.exec(source)?.[1] as T | undefined) ?? fallback
  const numbers = [...source.matchAll(/^ {0,3}(\d+)[.)][ \t]/gm)].map((m) => m[1])
  return {
    bullet: one(/^ {0,3}([-*+])[ \t]/m, '-'),
    ordered: one(/^ {0,3}\d+([.)])[ \t]/m, '.'),
    counting: numbers.length < 2 || numbers[0] !== numbers[1],
    fence: one(/^\s*([`~])\1\1/m, '`'),
    rule: one(/^ {0,3}([-*_])[ \t]*\1/m, '-'),
    emphasis: /(^|[^\w_\\])_[^\s_]/.test(source) && !/(^|[^*\\])\*[^\s*]/.test(source) ? '_' : '*',
    strong: /(^|[^\w_\\])__[^\s_]/.test(source) && !source.includes('**') ? '_' : '*',
  }
}

/** Writes one block. An empty block is an empty string. */
export function writeBlock(node: NodeJSON, hand: Hand = plainHand, care: Care = 'usual'): string {
  if (node.type === 'rawBlock') return textOf(node).replace(/^(?:[ \t]*\n)+/, '').trimEnd()
  const blocks = write(node)
  if (blocks.length === 0) return ''
  const root: Root = { type: 'root', children: blocks }
  return whole(toMarkdown(root, optionsOf(hand, care)).replace(/\n$/, ''))
}

// Beside emphasis the printer spells a letter as a number, and takes half of a
// letter that is two units long for one.
const whole = (text: string): string =>
  text
    .replace(/&#x(D[89AB][0-9A-F]{2});([\uDC00-\uDFFF])/g, (_, high: string, low: string) => asNumber(String.fromCharCode(parseInt(high, 16)) + low))
    .replace(/([\uD800-\uDBFF])&#x(D[C-F][0-9A-F]{2});/g, (_, high: string, low: string) => asNumber(high + String.fromCharCode(parseInt(low, 16))))
    .replace(/\p{Cs}/gu, '\uFFFD')

const asNumber = (letter: string): string => `&#x${letter.codePointAt(0)!.toString(16).toUpperCase()};`

function optionsOf(hand: Hand, care: Care): Options {
  return {
    bullet: hand.bullet,
    bulletOrdered: hand.ordered,
    incrementListMarker: hand.counting,
    fence: hand.fence,
    rule: hand.rule,
    emphasis: hand.emphasis,
    strong: hand.strong,
    fences: true,
    listItemIndent: 'one',
    resourceLink: care === 'heavy',
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    handlers: { text: textHandlers[care] },
  }
}

type TextHandler = NonNullable<NonNullable<Options['handlers']>['text']>

const textHandlers: Record<Care, TextHandler> = {
  usual: defaultHandlers.text,
  light: (node, parent, state, info) => relaxed(defaultHandlers.text(node, parent, state, info)),
  heavy: (node) => (node as { value: string }).value.replace(/[!-/:-@[-`{-~]/g, '\\$&'),
}

// The printer escapes by character; these have no meaning where they stand.
function relaxed(text: string): string {
  return text
    .replace(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, '_')
    .replace(/\\&(?!#?\w+;)/g, '&')
    .replace(/(?<=\s)\\([*_~])(?=\s)/g, '$1')
    .replace(/\\~(?=[\d\s])/g, '~')
    .replace(/\\\[(?![\^!\]xX ])/g, '[')
}

function writeAll(nodes: NodeJSON[]): RootContent[] {
  return nodes.flatMap(write)
}

const emptyParagraph = (node: RootContent | undefined): boolean => node?.type === 'paragraph' && node.children.length === 0

function write(node: NodeJSON): RootContent[] {
  const a = node.attrs ?? {}
  const kids = node.content ?? []
  switch (node.type) {
    case 'paragraph': {
      const children = tagsWithin(writeInline(kids, { oneLine: false }))
      return children.length ? [{ type: 'paragraph', children }] : []
    }
    case 'heading':
      return [{ type: 'heading', depth: Number(a.level ?? 2) as 2, children: writeInline(kids, { oneLine: true }) }]
    case 'horizontalRule':
      return [{ type: 'thematicBreak' }]
    case 'codeBlock':
      return [{ type: 'code', lang: info(a.language), meta: a.language ? info(a.meta) : null, value: textOf(node) }]
    case 'chart':
      return [{ type: 'code', lang: 'chart', meta: info(a.meta), value: String(a.source ?? '') }]
    case 'blockquote':
      return [{ type: 'blockquote', children: writeAll(kids) as never }]
    case 'callout':
      return [{ type: 'blockquote', children: callout(String(a.kind ?? 'NOTE'), writeAll(kids)) as never }]
    case 'bulletList':
    case 'orderedList':
      return [list(node)]
    case 'table':
      return node.content?.some((row) => row.content?.length) ? [table(node)] : []
    case 'footnoteDef':
      return [{ type: 'footnoteDefinition', identifier: String(a.id), label: String(a.id), children: writeAll(kids) as never }]
    case 'paywall':
      return [{ type: 'html', value: '<!-- paywall -->' }]
    case 'rawBlock':
      return textOf(node).trim() ? [{ type: 'html', value: textOf(node).trim() }] : []
    default:
      throw new Error(`no Markdown for ${node.type}`)
  }
}

const INLINE_TAG = /^<\/?(?:sub|sup|kbd|mark|small|ins|del|abbr|span|br)\b/i

// A line that starts with a tag would be a block of HTML; a written-out space
// before it keeps it a line of text.
function tagsWithin(nodes: PhrasingContent[]): PhrasingContent[] {
  const lone = nodes.every((n) => n.type === 'html')
  return nodes.flatMap((node, i) => {
    const starts = i === 0 || nodes[i - 1]?.type === 'break'
    const risky = node.type === 'html' && starts && (lone || !INLINE_TAG.test(node.value))
    return risky ? [{ type: 'text', value: ' ' }, node] : [node]
  })
}

const info = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

function callout(kind: string, blocks: RootContent[]): RootContent[] {
  const marker: PhrasingContent = { type: 'html', value: `[!${kind}]` }
  const first = blocks[0]
  if (first?.type !== 'paragraph' || emptyParagraph(first)) return [{ type: 'paragraph', children: [marker] }, ...blocks]
  const lead: PhrasingContent[] = [marker, { type: 'html', value: '\n' }]
  return [{ ...first, children: [...lead, ...first.children] }, ...blocks.slice(1)]
}

function list(node: NodeJSON): RootContent {
  const spread = Boolean(node.attrs?.loose)
  const children = (node.content ?? []).map((item): ListItem => {
    const blocks = writeAll(item.content ?? [])
    const checked = (item.attrs?.checked as boolean | null | undefined) ?? null
    const text = blocks[0]?.type === 'paragraph'
    return { type: 'listItem', checked: text ? checked : null, spread, children: blocks as never }
  })
  const ordered = node.type === 'orderedList'
  return { type: 'list', ordered, start: ordered ? Number(node.attrs?.start ?? 1) : null, spread, children }
}

// The first row is the head. A row that is shorter than others is filled up:
// Markdown would drop the cells that stand out.
function table(node: NodeJSON): RootContent {
  const rows = node.content ?? []
  const width = Math.max(...rows.map((row) => row.content?.length ?? 0))
  const columns = Array.from({ length: width }, (_, c) => c)
  const align = columns.map((c) => (rows[0]?.content?.[c]?.attrs?.align as 'left' | null | undefined) ?? null)
  return {
    type: 'table',
    align,
    children: rows.map((row) => ({ type: 'tableRow', children: columns.map((c) => tableCell(row.content?.[c])) })),
  }
}

function tableCell(cell: NodeJSON | undefined): TableCell {
  const lines = (cell?.content ?? []).map((p) => writeInline(p.content ?? [], { oneLine: true })).filter((line) => line.length)
  const children = lines.flatMap((line, i): PhrasingContent[] => (i ? [{ type: 'html', value: '<br>' }, ...line] : line))
  return { type: 'tableCell', children: children as never }
}
