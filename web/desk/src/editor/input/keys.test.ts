import { EditorState, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { expect, test } from 'vitest'
import { noteSchema } from '../schema'
import { typeHere } from './keys'

/** Types a letter where the cursor is in a text of paragraphs, and tells what is there; null for what is left to the browser. */
function typed(letter: string, texts: string[], from: number, to = from, more: Partial<KeyboardEvent> = {}): string | null {
  const schema = noteSchema()
  const doc = schema.node('doc', null, texts.map((t) => schema.node('paragraph', null, t ? [schema.text(t)] : [])))
  let state = EditorState.create({ doc })
  state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)))
  const view = { get state() { return state }, composing: false, someProp: () => undefined, dispatch: (tr: EditorState['tr']) => { state = state.apply(tr) } }
  if (!typeHere(view as unknown as EditorView, { key: letter, ctrlKey: false, metaKey: false, ...more } as KeyboardEvent)) return null
  const { $from, empty } = state.selection
  expect(empty).toBe(true)
  return state.doc.children.map((p) => p.textContent).join('/') + ` ${$from.index(0)}:${$from.parentOffset}`
}

test('the first letter of a block is written by the editor, with the cursor behind it', () => {
  expect(typed('T', ['One', ''], 6)).toBe('One/T 1:1')
  expect(typed('T', ['One', 'wo'], 6)).toBe('One/Two 1:1')
  expect(typed('é', [''], 1)).toBe('é 0:1')
})

test('a letter over a selection is, too; all others are the browser’s', () => {
  expect(typed('x', ['One'], 1, 4)).toBe('x 0:1')
  expect(typed('x', ['One'], 2)).toBeNull()
  expect(typed('x', ['One'], 4)).toBeNull()
  expect(typed('Enter', [''], 1)).toBeNull()
  expect(typed('b', [''], 1, 1, { ctrlKey: true })).toBeNull()
})
