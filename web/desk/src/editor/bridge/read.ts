// Reading: Markdown text to mdast, in the dialect of the server.
import type { Definition, FootnoteDefinition, Nodes, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

// Micromark lets a footnote within a footnote take the indentation that the
// outer one has eaten for its own, so that it never ends. Here it goes on only
// where it has eaten some itself.
function ownIndent(extension: ReturnType<typeof gfm>): ReturnType<typeof gfm> {
  const constructs = [extension.document?.[91] ?? []].flat()
  for (const construct of constructs) {
    const continuation = construct.continuation
    if (construct.name !== 'gfmFootnoteDefinition' || !continuation) continue
    const { tokenize } = continuation
    continuation.tokenize = function (effects, ok, nok) {
      const before = this.events.length
      const some: typeof ok = (code) => (this.events.length === before && code !== null && code >= 0 && code !== 32 ? nok(code) : ok(code))
      return tokenize.call(this, effects, some, nok)
    }
  }
  return extension
}

const syntax = [ownIndent(gfm({ singleTilde: true }))]

// The transform that looks for addresses in finished text is left out: it
// would turn an address into a link that its author had escaped.
const tree = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }))

/** Parses a whole document. */
export function parse(source: string): Root {
  return fromMarkdown(source, { extensions: syntax, mdastExtensions: tree })
}

/** Start of a node in the source it was parsed from. */
export const startOf = (node: Nodes): number => node.position?.start.offset ?? 0

/** End of a node in the source it was parsed from. */
export const endOf = (node: Nodes): number => node.position?.end.offset ?? 0

/**
 * What a block needs from the rest of the document to be read right:
 * definitions of links, by normalised label, and the labels of footnotes.
 */
export interface Context {
  links: Map<string, Definition>
  notes: Map<string, string>
}

/** An empty context. */
export const noContext = (): Context => ({ links: new Map(), notes: new Map() })

/** Collects the definitions of a document; the first of a label counts. */
export function contextOf(root: Root): Context {
  const context = noContext()
  const visit = (node: Nodes): void => {
    if (node.type === 'definition' && !context.links.has(node.identifier)) context.links.set(node.identifier, node)
    if (node.type === 'footnoteDefinition') addNote(context, node)
    if ('children' in node) node.children.forEach(visit)
  }
  visit(root)
  return context
}

function addNote(context: Context, node: FootnoteDefinition): void {
  if (!context.notes.has(node.identifier)) context.notes.set(node.identifier, node.label ?? node.identifier)
}

/** The end of the preamble: a comment ends every block that could go on. */
const END = '\n\n<!-- -->\n\n'

// The part of a context that a piece of text can refer to. Most text refers to
// nothing, and then costs nothing.
function preamble(text: string, context: Context): string {
  if (!text.includes('[')) return ''
  const low = text.toLowerCase()
  const lines: string[] = []
  for (const [id, label] of context.notes) {
    if (low.includes('[^' + id)) lines.push(`[^${label}]: x`)
  }
  for (const [id, d] of context.links) {
    if (!low.includes(id.split(' ')[0] ?? id)) continue
    const title = d.title == null ? '' : ` "${d.title.replace(/(["\\])/g, '\\$1').replace(/\s*\n\s*/g, ' ')}"`
    lines.push(`[${d.label ?? id}]: <${d.url.replace(/[<>\\\n]/g, encodeURIComponent)}>${title}`)
  }
  return lines.length ? lines.join('\n\n') + END : ''
}

/** A piece of text as blocks, with the source that their positions refer to. */
export interface Piece {
  source: string
  blocks: RootContent[]
}

/** Parses a piece of a document as it would be read within it. */
export function parsePiece(text: string, context: Context): Piece {
  const before = preamble(text, context)
  const source = before + text
  const blocks = parse(source).children.filter((n) => startOf(n) >= before.length && (before === '' || endOf(n) > before.length))
  return { source, blocks }
}
