// What can be put into a text, for the slash menu, the toolbar and the keys.
import type { ChainedCommands, Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { noteKey } from '../bridge/slices'

/** A thing to insert or turn a block into. */
export interface Insertion {
  id: string
  label: string
  hint: string
  words: string
  run: (editor: Editor, chain: () => ChainedCommands) => void
}

/** Asks the surface around the editor to open a dialog. */
export type Ask = (what: 'picture' | 'link' | 'chart') => void

const turn = (id: string, label: string, hint: string, words: string, step: (c: ChainedCommands) => ChainedCommands): Insertion => ({
  id, label, hint, words, run: (_, chain) => void step(chain()).run(),
})

/** Everything that can be inserted. */
export function insertions(ask: Ask, can: { picture: boolean }): Insertion[] {
  return [
    turn('h2', 'Heading 2', '##', 'title section', (c) => c.setNode('heading', { level: 2 })),
    turn('h3', 'Heading 3', '###', 'title section', (c) => c.setNode('heading', { level: 3 })),
    turn('text', 'Text', '', 'paragraph plain', (c) => c.setNode('paragraph')),
    turn('bullets', 'Bullet list', '-', 'unordered points', (c) => c.toggleBulletList()),
    turn('numbers', 'Numbered list', '1.', 'ordered', (c) => c.toggleOrderedList()),
    turn('table', 'Table', '3 × 3', 'grid rows columns', (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
    { id: 'tasks', label: 'Task list', hint: '[ ]', words: 'todo check box', run: (editor, chain) => tasks(editor, chain) },
    ...(can.picture ? [{ id: 'picture', label: 'Picture', hint: 'upload', words: 'image photo figure', run: (_: Editor, chain: () => ChainedCommands) => (chain().run(), ask('picture')) }] : []),
    { id: 'chart', label: 'Chart', hint: 'from data', words: 'graph bar line figure', run: (_, chain) => (chain().run(), ask('chart')) },
    turn('callout', 'Callout', 'note', 'tip warning important box', (c) => c.wrapIn('callout', { kind: 'NOTE' })),
    turn('quote', 'Quote', '>', 'citation block', (c) => c.toggleBlockquote()),
    turn('code', 'Code', '```', 'source block', (c) => c.setNode('codeBlock')),
    { id: 'footnote', label: 'Footnote', hint: '[^1]', words: 'reference note source', run: (editor, chain) => (chain().run(), insertFootnote(editor)) },
    { id: 'paywall', label: 'Paywall', hint: 'gate below', words: 'subscribers members paid line', run: (editor, chain) => (chain().run(), insertPaywall(editor)) },
    turn('rule', 'Line', '---', 'rule divider separator', (c) => c.setHorizontalRule()),
    { id: 'link', label: 'Link', hint: 'Ctrl Shift L', words: 'url address note', run: (_, chain) => (chain().run(), ask('link')) },
    turn('raw', 'Raw block', 'Markdown', 'html comment definition', (c) => c.insertContent({ type: 'rawBlock' })),
  ]
}

/** The insertions that answer to a query, best first. */
export function matching(all: Insertion[], query: string): Insertion[] {
  const q = query.toLowerCase().trim()
  const starts = all.filter((i) => i.label.toLowerCase().startsWith(q))
  const others = all.filter((i) => !starts.includes(i) && `${i.label} ${i.words}`.toLowerCase().split(' ').some((w) => w.startsWith(q)))
  return [...starts, ...others]
}

function tasks(editor: Editor, chain: () => ChainedCommands): void {
  chain().toggleBulletList().run()
  editor.commands.updateAttributes('listItem', { checked: false })
}

/** Puts the paywall after the block of the selection; there is one at most. */
export function insertPaywall(editor: Editor): boolean {
  const { state } = editor
  const tr = state.tr
  state.doc.forEach((node, pos) => {
    if (node.type.name === 'paywall') tr.delete(tr.mapping.map(pos), tr.mapping.map(pos + node.nodeSize))
  })
  const $from = state.selection.$from
  const empty = $from.depth === 1 && $from.parent.content.size === 0
  const at = $from.depth === 0 ? $from.pos : empty ? $from.before(1) : $from.after(1)
  tr.insert(tr.mapping.map(at), state.schema.nodes.paywall!.create())
  editor.view.dispatch(tr.scrollIntoView())
  return true
}

/** Puts a chart after the block of the selection, or in place of an empty one; the text goes on below. */
export function insertChart(editor: Editor, source: string): void {
  const { state } = editor
  const { $from } = state.selection
  const { chart, paragraph } = state.schema.nodes
  const start = $from.depth ? $from.before(1) : $from.pos
  const end = $from.depth ? $from.after(1) : $from.pos + (state.selection.empty ? 0 : state.selection.content().size)
  const empty = $from.depth === 1 && $from.parent.isTextblock && $from.parent.content.size === 0
  const at = empty ? start : end
  const tr = state.tr.replaceWith(at, end, chart!.create({ source }))
  const below = at + 1
  if (!tr.doc.nodeAt(below)?.isTextblock) tr.insert(below, paragraph!.create())
  tr.setSelection(TextSelection.create(tr.doc, below + 1))
  editor.view.dispatch(tr.scrollIntoView())
}

/** Puts a footnote at the selection and goes to its text. */
export function insertFootnote(editor: Editor): boolean {
  const { state } = editor
  const used = new Set<string>()
  let last = -1
  state.doc.descendants((node, pos) => {
    if (node.type.name === 'footnoteDef' || node.type.name === 'footnoteRef') used.add(noteKey(String(node.attrs.id)))
    if (node.type.name === 'footnoteDef' && state.doc.resolve(pos).depth === 0) last = pos + node.nodeSize
  })
  const text = state.doc.textContent
  let n = 1
  while (used.has(String(n)) || text.includes(`[^${n}]`)) n++
  const { nodes } = state.schema
  const tr = state.tr
  const ref = nodes.footnoteRef!.create({ id: String(n) })
  if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.code) return false
  tr.insert(state.selection.to, ref)
  const at = last < 0 ? tr.doc.content.size : tr.mapping.map(last)
  tr.insert(at, nodes.footnoteDef!.create({ id: String(n) }, nodes.paragraph!.create()))
  editor.view.dispatch(tr)
  editor.chain().setTextSelection(at + 2).scrollIntoView().focus().run()
  return true
}

/** Goes from a footnote's mark to its text, or back. */
export function jumpFootnote(editor: Editor, id: string, to: 'footnoteDef' | 'footnoteRef'): boolean {
  let at = -1
  editor.state.doc.descendants((node, pos) => {
    if (at < 0 && node.type.name === to && noteKey(String(node.attrs.id)) === noteKey(id)) at = to === 'footnoteDef' ? pos + 2 : pos + 1
  })
  if (at < 0) return false
  editor.chain().setTextSelection(at).scrollIntoView().focus().run()
  return true
}

/** Goes from the text of a footnote back to its mark; the same key made it. */
export function backToMark(editor: Editor): boolean {
  const { $from } = editor.state.selection
  for (let d = $from.depth; d > 0; d--) {
    const node = $from.node(d)
    if (node.type.name === 'footnoteDef') return jumpFootnote(editor, String(node.attrs.id), 'footnoteRef')
  }
  return false
}

/** Moves the top block of the selection by one place. */
export function moveBlock(editor: Editor, by: -1 | 1): boolean {
  const { state } = editor
  const index = state.selection.$from.index(0)
  const other = index + by
  if (other < 0 || other >= state.doc.childCount) return false
  let start = 0
  for (let i = 0; i < index; i++) start += state.doc.child(i).nodeSize
  const node = state.doc.child(index)
  const neighbour = state.doc.child(other)
  const tr = state.tr.delete(start, start + node.nodeSize)
  const target = by < 0 ? start - neighbour.nodeSize : start + neighbour.nodeSize
  tr.insert(target, node)
  const offset = state.selection.from - start
  const selection = state.selection.toJSON() as { type: string }
  tr.setSelection(
    selection.type === 'node'
      ? (state.selection.constructor as unknown as { create: (doc: unknown, pos: number) => never }).create(tr.doc, target)
      : (state.selection.constructor as unknown as { near: (pos: unknown) => never }).near(tr.doc.resolve(target + offset)),
  )
  editor.view.dispatch(tr.scrollIntoView())
  return true
}
