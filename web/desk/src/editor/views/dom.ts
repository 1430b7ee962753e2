// Small helpers for views that are plain elements.
import type { Editor } from '@tiptap/core'

/** Makes an element. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attrs: Record<string, string>, text?: string): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag)
  for (const [name, value] of Object.entries(attrs)) e.setAttribute(name, value)
  if (text !== undefined) e.textContent = text
  return e
}

/** Makes a button that is no part of the text. */
export function button(label: string, run: () => void, className: string): HTMLButtonElement {
  const b = element('button', { type: 'button', class: className, contenteditable: 'false' }, label)
  b.addEventListener('click', run)
  return b
}

/** Changes attributes of the node at a position. */
export function setAttrs(editor: Editor, at: () => number | undefined, attrs: Record<string, unknown>): void {
  const pos = at()
  const node = pos === undefined ? null : editor.state.doc.nodeAt(pos)
  if (pos === undefined || !node) return
  editor.view.dispatch(editor.state.tr.setNodeMarkup(pos, undefined, { ...node.attrs, ...attrs }))
}
