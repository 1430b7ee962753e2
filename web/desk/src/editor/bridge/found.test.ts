// @vitest-environment node
// What random edits once broke, each by name.
import { TextSelection } from '@tiptap/pm/state'
import { expect, it } from 'vitest'
import type { NodeJSON } from './json'
import { normal } from './normal'
import { Sourcebook } from './sourcebook'
import { opened, reread, schema } from './testkit'

const n = schema.nodes
const bold = [schema.marks.bold!.create()]
const paragraph = (...content: NodeJSON[]): NodeJSON => ({ type: 'doc', content: [{ type: 'paragraph', content }] })

/** Writes a document and reads it back. */
function there(doc: NodeJSON): { text: string; back: NodeJSON } {
  const text = new Sourcebook(schema).print(schema.nodeFromJSON(doc))
  return { text, back: reread(text) }
}

it('an emoji beside bold brackets stays whole', () => {
  const doc = paragraph({ type: 'text', text: '「x」', marks: [{ type: 'bold' }] }, { type: 'text', text: '👍🏽 and on' })
  const { text, back } = there(doc)
  expect(back, text).toEqual(normal(doc))
  const before = paragraph({ type: 'text', text: 'so 👍' }, { type: 'text', text: '「x」', marks: [{ type: 'bold' }] })
  expect(there(before).back, there(before).text).toEqual(normal(before))
})

it('half a letter becomes the sign for what cannot be read', () => {
  const { back } = there(paragraph({ type: 'text', text: 'a\uD83Db' }, { type: 'text', text: '\uDC4D', marks: [{ type: 'bold' }] }))
  expect(JSON.stringify(back)).toContain('a\uFFFDb')
  expect(JSON.stringify(back)).not.toMatch(/\\ud8|\\udc/i)
})

it('a footnote within a footnote ends where the outer one goes on', () => {
  const { state } = opened('Text.[^b]\n\n[^b]: [^z]: First.\n\n    Second.\n')
  const outer = state.doc.child(1)
  expect(outer.childCount).toBe(2)
  expect(outer.child(0).type).toBe(n.footnoteDef)
  expect(outer.child(0).textContent).toBe('First.')
  expect(outer.child(1).textContent).toBe('Second.')
})

it('an empty heading is an empty heading', () => {
  const { book, state } = opened('# Ends\n')
  const doc = state.tr.insert(state.doc.content.size, n.heading!.create({ level: 1 })).doc
  expect(reread(book.print(doc))).toEqual(normal(doc.toJSON() as NodeJSON))
})

it('a kind of callout that is escaped is words in a quote', () => {
  const { book, state } = opened('> \\[!NOTE]\n>\n> Text.\n')
  expect(state.doc.child(0).type).toBe(n.blockquote)
  const doc = state.tr.insertText('More. ', 12 + 3).doc
  expect(reread(book.print(doc))).toEqual(normal(doc.toJSON() as NodeJSON))
  const title = opened('> [!NOTE] title\n>\n> Text.\n')
  const shorter = title.state.tr.delete(9, 15).doc
  expect(shorter.child(0).child(0).textContent).toBe('[!NOTE]'.slice(0, 7))
  expect(title.book.print(shorter)).toMatch(/^> \\\[!NOTE/)
})

it('the mark of a footnote that is not there takes no link with it', () => {
  const { book, state } = opened('Uses [quoted].\n\n[quoted]: /q\n')
  const marked = state.apply(state.tr.insert(6, n.footnoteRef!.create({ id: '1' })))
  expect(reread(book.print(marked.doc)).content![0]).toEqual(normal({ type: 'paragraph', content: [
    { type: 'text', text: 'Uses [^1]' }, { type: 'text', text: 'quoted', marks: [{ type: 'link', attrs: { href: '/q' } }] }, { type: 'text', text: '.' },
  ] }))
  const note = n.footnoteDef!.create({ id: '1' }, n.paragraph!.create(null, schema.text('A note.')))
  const { doc } = marked.apply(marked.tr.insert(marked.doc.content.size, note))
  expect(reread(book.print(doc))).toEqual(normal(doc.toJSON() as NodeJSON))
})

it('bold over half of a letter is written', () => {
  const { state, book } = opened('a 👍 b\n')
  const at = 1 + 'a '.length
  const tr = state.tr.setSelection(TextSelection.create(state.doc, at, at + 1))
  const doc = tr.addMark(at, at + 1, bold[0]!).doc
  expect(reread(book.print(doc))).toEqual(normal(doc.toJSON() as NodeJSON))
})
