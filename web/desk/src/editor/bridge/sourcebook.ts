// The sourcebook of one document: which lines every block came from. It turns
// Markdown into a document and the document back, block by block.
import { Fragment, type Node, type Schema } from '@tiptap/pm/model'
import type { NodeJSON } from './json'
import { type Context, contextOf, noContext, parse } from './read'
import { render, type Rendered } from './render'
import { type Cut, cut, noteKey, refKey, type Slice, stands } from './slices'
import { Joiner } from './joiner'

/** One block as it will be written: its text and what separates it from the last. */
export interface Written {
  node: Node
  /** Its place among the children of the document. */
  index: number
  gap: string
  text: string
}

/** Keeps the source of a document's blocks. */
export class Sourcebook {
  private texts = new WeakMap<Node, Rendered>()
  private before = new WeakMap<Node, Node>()
  private contexts = new WeakMap<Node, Context>()
  private joiner = new Joiner()
  private was: Context = noContext()
  private bom = ''
  private lead = ''
  private tail = '\n'
  private wasEmpty = true
  private eol = '\n'

  constructor(private readonly schema: Schema) {}

  /** Reads a document. Blocks of `keep` that did not change stay the same nodes. */
  open(markdown: string, keep?: Node): Node {
    const bom = markdown.startsWith('\uFEFF') ? '\uFEFF' : ''
    const source = markdown.slice(bom.length)
    const parts = cut(source)
    const kept = keep && sameContext(this.was, parts.context) ? this.keeper(keep) : () => null
    this.bom = bom
    this.lead = parts.lead
    this.was = parts.context
    this.eol = (source.match(/\r\n/g)?.length ?? 0) * 2 > (source.match(/\n/g)?.length ?? 0) ? '\r\n' : '\n'
    this.wasEmpty = parts.slices.length === 0
    this.tail = this.wasEmpty && source === '' ? this.eol : parts.tail
    return this.schema.topNodeType.create(null, Fragment.from(this.nodes(parts, kept)))
  }

  private nodes(parts: Cut, kept: (slice: Slice, index: number, length: number) => Node | null): Node[] {
    let last: Node | null = null
    const nodes = parts.slices.map((slice, i) => {
      const node = kept(slice, i, parts.slices.length) ?? this.node(slice)
      this.texts.set(node, { text: slice.text, refs: slice.refs })
      if (last) this.before.set(node, last)
      last = node
      return node
    })
    return nodes.length ? nodes : [this.schema.nodes.paragraph!.create()]
  }

  private node(slice: Slice): Node {
    const attrs = { gap: slice.gap, src: slice.text }
    try {
      const node = this.schema.nodeFromJSON({ ...slice.json, attrs: { ...slice.json.attrs, ...attrs } })
      node.check()
      return node
    } catch {
      const text = slice.text.replace(/\r\n?/g, '\n')
      return this.schema.nodes.rawBlock!.create(attrs, text ? this.schema.text(text) : null)
    }
  }

  // Old blocks that stand at the same place from the start or from the end.
  private keeper(old: Node) {
    const fits = (node: Node | null, slice: Slice, first: boolean): Node | null => {
      if (!node || this.text(node, this.was) !== slice.text) return null
      return first || (node.attrs.gap ?? this.eol + this.eol) === slice.gap ? node : null
    }
    let front = true
    return (slice: Slice, index: number, length: number): Node | null => {
      const ahead = front ? fits(old.maybeChild(index), slice, index === 0) : null
      if (ahead) return ahead
      front = false
      return fits(old.maybeChild(old.childCount - length + index), slice, false)
    }
  }

  /** Writes a document. What nobody touched comes back byte for byte. */
  print(doc: Node): string {
    const blocks = this.blocks(doc)
    if (blocks.length === 0) return this.bom + (this.wasEmpty && this.tail !== this.eol ? this.tail : '')
    return this.bom + blocks.map((b) => b.gap + b.text).join('') + this.tail
  }

  /** The blocks of a document as they will be written, empty ones left out. */
  blocks(doc: Node): Written[] {
    const now = this.contextNow(doc)
    const out: Written[] = []
    doc.forEach((node, _, index) => {
      const text = this.text(node, now)
      if (text.trim() === '') return
      const last = out.at(-1)
      out.push({ node, index, gap: this.lead, text })
      if (last) out.at(-1)!.gap = this.between(last, out.at(-1)!)
    })
    return out
  }

  private between(last: Written, next: Written): string {
    if (this.before.get(next.node) === last.node) return next.node.attrs.gap as string
    const joint = this.joiner.join(last.node, last.text, next.node, next.text)
    last.text = joint.before === last.text ? last.text : this.lines(joint.before)
    return this.lines(joint.gap)
  }

  private text(node: Node, now: Context): string {
    const known = this.texts.get(node)
    if (known && holds(known, now)) return known.text
    const source = node.attrs.src as string | null
    const fresh = render(node.toJSON() as NodeJSON, source, this.was, now)
    const text = fresh.text === source ? source : this.lines(fresh.text)
    this.texts.set(node, { text, refs: fresh.refs })
    return text
  }

  private lines(text: string): string {
    return this.eol === '\n' ? text : text.replace(/\r?\n/g, this.eol)
  }

  // What blocks may refer to, as the document stands now.
  private contextNow(doc: Node): Context {
    const now = noContext()
    doc.forEach((block) => {
      const own = this.contextOfBlock(block)
      for (const [id, d] of own.links) if (!now.links.has(id)) now.links.set(id, d)
      for (const [id, label] of own.notes) if (!now.notes.has(id)) now.notes.set(id, label)
    })
    return now
  }

  private contextOfBlock(block: Node): Context {
    const known = this.contexts.get(block)
    if (known) return known
    const own = noContext()
    const visit = (node: Node): void => {
      if (node.type.name === 'rawBlock') {
        for (const [id, d] of contextOf(parse(node.textContent)).links) own.links.set(id, d)
      }
      if (node.type.name === 'footnoteDef') own.notes.set(noteKey(String(node.attrs.id)), String(node.attrs.id))
    }
    visit(block)
    if (!block.isTextblock) block.descendants(visit)
    this.contexts.set(block, own)
    return own
  }
}

const holds = (text: Rendered, now: Context): boolean => text.refs.every((ref) => stands(ref, now))

function sameContext(a: Context, b: Context): boolean {
  const keys = (c: Context): string => [...[...c.links.values()].map(refKey), ...c.notes.keys()].join('\n')
  return keys(a) === keys(b)
}
