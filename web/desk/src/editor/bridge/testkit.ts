// What the tests of the bridge share: the documents and ways to change them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fragment, type Node } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'
import { noteSchema } from '../schema'
import type { NodeJSON } from './json'
import { normal } from './normal'
import { Sourcebook } from './sourcebook'

export const schema = noteSchema()

const folders = ['../testdata/roundtrip', '../testdata/own', '../../../../../internal/app/demo/notes']

/** Every document of the corpus, by name. */
export const documents: [string, string][] = folders.flatMap((folder) => {
  const path = join(import.meta.dirname, folder)
  return readdirSync(path)
    .filter((name) => name.endsWith('.md'))
    .map((name): [string, string] => [name, readFileSync(join(path, name), 'utf8')])
})

/** A document with its sourcebook, ready to be changed. */
export function opened(source: string): { book: Sourcebook; state: EditorState } {
  const book = new Sourcebook(schema)
  return { book, state: EditorState.create({ doc: book.open(source) }) }
}

/** The document without a trace of where it came from. */
export function sourceless(doc: Node): Node {
  const blocks: Node[] = []
  doc.forEach((b) => blocks.push(b.type.create({ ...b.attrs, src: null, gap: null }, b.content, b.marks)))
  return doc.type.create(null, Fragment.from(blocks))
}

/** What a document says, to compare with another. */
export const meaning = (doc: Node): NodeJSON => normal(doc.toJSON() as NodeJSON)

/** What a text says when it is read afresh. */
export const reread = (source: string): NodeJSON => meaning(new Sourcebook(schema).open(source))

/** The places where text can be typed, by top block. */
export function places(doc: Node): { block: number; at: number }[] {
  const out: { block: number; at: number }[] = []
  doc.descendants((node, pos) => {
    if (node.isTextblock && node.type.name !== 'rawBlock' && node.content.size > 0) {
      out.push({ block: doc.resolve(pos + 1).index(0), at: pos + 1 + Math.floor(node.content.size / 2) })
    }
  })
  return out
}

/** All letters and digits of a text in order, without what Markdown adds. */
export const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '')
