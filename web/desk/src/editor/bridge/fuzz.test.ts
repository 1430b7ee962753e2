// @vitest-environment node
// Random edits on real documents: whatever is done to one, what is written is
// read back as the same document, and no letter is lost.
import fc from 'fast-check'
import { joinBackward, lift, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands'
import type { Attrs, Node, NodeType } from '@tiptap/pm/model'
import { liftListItem, sinkListItem, wrapInList } from '@tiptap/pm/schema-list'
import { type Command, type EditorState, TextSelection } from '@tiptap/pm/state'
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, fixTables } from '@tiptap/pm/tables'
import { expect, it } from 'vitest'
import { type NodeJSON, textOf } from './json'
import { normal } from './normal'
import { noteKey } from './slices'
import { documents, letters, opened, reread, schema } from './testkit'

const n = schema.nodes
const WORDS = [
  'alpha', ' beta ', '*', '**', '_x_', '1. ', '# ', '- ', '> ', '|', '`', '``', '[a](b)', '<b>', '</sub>', '&amp;', '$5', '!', '![', '\\',
  '~', '[^1]', '[x]', ':', '+1', '+ ', '  ', 'é', '2021.', '7) ', '---', '===', '```', '~~~', 'http://a.b/c_d', 'www.x.yz', 'a@b.co',
  '[!NOTE]', '<!-- paywall -->', '<!--', '日本', '「', '」', '👍🏽', 'שלום', '\u00a0', '"', "'", '(', ')', ']', '    ', '\t', '=', '&#42;', ':::',
]
const MARKS = ['bold', 'italic', 'strike', 'code', 'subscript', 'superscript', 'tag', 'link'] as const
const ATTRS: Record<string, Attrs> = { link: { href: 'https://e.x/(y) z', title: 'a "b"' }, tag: { name: 'kbd' } }

type Op = [kind: number, at: number, length: number, pick: number]

const insert = (type: NodeType, attrs?: Attrs): Command => (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(type.createAndFill(attrs)!))
  return true
}
const COMMANDS: Command[] = [
  splitBlock, splitBlock, joinBackward, lift,
  wrapInList(n.bulletList!), wrapInList(n.orderedList!, { start: 3 }), liftListItem(n.listItem!), sinkListItem(n.listItem!),
  wrapIn(n.blockquote!), wrapIn(n.callout!, { kind: 'TIP' }), wrapIn(n.footnoteDef!, { id: 'z' }),
  setBlockType(n.heading!, { level: 2 }), setBlockType(n.heading!, { level: 4 }), setBlockType(n.paragraph!), setBlockType(n.codeBlock!),
  insert(n.horizontalRule!), insert(n.paywall!), insert(n.hardBreak!), insert(n.footnoteRef!, { id: '1' }),
  insert(n.image!, { src: '/m/a b.png', alt: 'a ] b', title: '"t"' }), insert(n.rawInline!, { html: '<!-- x -->' }),
  insert(n.chart!, { source: 'type: bar' }), insert(n.rawBlock!), insert(n.table!),
  addRowAfter, addColumnAfter, deleteRow, deleteColumn,
]

function apply(state: EditorState, [kind, at, length, pick]: Op): EditorState {
  const spots: number[] = []
  state.doc.descendants((node, pos) => {
    if (node.isTextblock && node.type !== n.rawBlock) for (let k = 0; k <= node.content.size; k++) spots.push(pos + 1 + k)
  })
  if (spots.length === 0) return state
  const from = spots[at % spots.length]!
  const to = spots[Math.min(spots.length - 1, (at % spots.length) + length)]!
  let next = state
  const run = (command: Command): void => void command(next, (tr) => (next = next.apply(tr)))
  const select = (a: number, b: number): void => void (next = next.apply(next.tr.setSelection(TextSelection.create(next.doc, a, b))))
  if (kind < 5) return state.apply(state.tr.insertText(WORDS[pick % WORDS.length]!, from))
  select(from, kind < 9 ? to : from)
  if (kind < 7) run(toggleMark(schema.marks[MARKS[pick % MARKS.length]!]!, ATTRS[MARKS[pick % MARKS.length]!]))
  else if (kind < 8) run((s, d) => (d?.(s.tr.deleteSelection()), true))
  else if (kind < 9) run(move(pick))
  else run(COMMANDS[pick % COMMANDS.length]!)
  return next
}

// The editor evens out tables after each edit; its commands rely on it.
const evened = (state: EditorState): EditorState => {
  const fix = fixTables(state)
  return fix ? state.apply(fix) : state
}

// Takes the block at the selection to another place.
const move = (to: number): Command => (state, dispatch) => {
  const index = state.selection.$from.index(0)
  const blocks = state.doc.content
  if (state.doc.childCount < 2) return false
  const node = state.doc.child(index)
  let start = 0
  for (let i = 0; i < index; i++) start += blocks.child(i).nodeSize
  const tr = state.tr.delete(start, start + node.nodeSize)
  let target = 0
  for (let i = 0; i < to % tr.doc.childCount; i++) target += tr.doc.child(i).nodeSize
  dispatch?.(tr.insert(target, node))
  return true
}

// The mark of a footnote that is not there is text to every reader.
function withoutOrphans(doc: Node): NodeJSON {
  const ids = new Set<string>()
  doc.descendants((node) => void (node.type === n.footnoteDef && ids.add(noteKey(String(node.attrs.id)))))
  const visit = (node: NodeJSON): NodeJSON => {
    if (node.type !== 'footnoteRef') return { ...node, ...(node.content && { content: node.content.map(visit) }) }
    if (ids.has(noteKey(String(node.attrs?.id)))) return node
    return { type: 'text', text: `[^${node.attrs?.id}]`, ...(node.marks && { marks: node.marks.filter((m) => m.type !== 'code') }) }
  }
  return visit(doc.toJSON() as NodeJSON)
}

const small = documents.filter(([, text]) => text.length < 2500)
const op = fc.tuple(fc.nat(11), fc.nat(4000), fc.nat(14), fc.nat(1000)) as fc.Arbitrary<Op>

it('1,000 random edit sequences lose nothing', { timeout: 600_000 }, () => {
  const property = fc.property(fc.nat(small.length - 1), fc.array(op, { minLength: 1, maxLength: 12 }), (index, ops) => {
    const { book, state } = opened(small[index]![1])
    const doc = ops.reduce((was, step) => evened(apply(was, step)), state).doc
    doc.check()
    const text = book.print(doc)
    const said = normal(withoutOrphans(doc))
    const again = reread(text)
    expect(letters(textOf(again)), text).toBe(letters(textOf(said)))
    expect(again, text).toEqual(said)
  })
  fc.assert(property, { seed: Number(process.env.FUZZ_SEED ?? 20210730), numRuns: Number(process.env.FUZZ_RUNS ?? 1000), interruptAfterTimeLimit: Number(process.env.FUZZ_TIME ?? 1e9) })
})
