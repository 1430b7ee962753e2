// A picture in the text: alone in its paragraph it is a figure, whose caption
// and description are written right below it.
import type { Editor } from '@tiptap/core'
import Image from '@tiptap/extension-image'
import type { Node } from '@tiptap/pm/model'
import { NodeSelection, TextSelection } from '@tiptap/pm/state'
import { element, setAttrs } from './dom'

/** The picture's view. */
export const ImageView = Image.extend({
  addAttributes: () => ({ src: { default: '' }, alt: { default: '' }, title: { default: null } }),
  addNodeView: () => ({ node, editor, getPos }) => {
    const dom = element('span', { class: 'ed-image' })
    const img = element('img', {})
    const fields = element('span', { class: 'ed-image-fields', contenteditable: 'false' })
    const leave = (on: boolean): void => leavePicture(editor, getPos(), on)
    const caption = field('Caption', (value) => setAttrs(editor, getPos, { title: value || null }), leave)
    const alt = field('Description for those who cannot see it', (value) => setAttrs(editor, getPos, { alt: value }), leave)
    fields.append(caption, alt)
    dom.append(img, fields)
    const show = (n: Node): void => {
      if (img.getAttribute('src') !== n.attrs.src) img.src = String(n.attrs.src)
      img.alt = String(n.attrs.alt ?? '')
      if (document.activeElement !== caption) caption.value = String(n.attrs.title ?? '')
      if (document.activeElement !== alt) alt.value = String(n.attrs.alt ?? '')
      alt.toggleAttribute('data-missing', !n.attrs.alt)
      for (const input of [caption, alt]) input.readOnly = !editor.isEditable
    }
    show(node)
    let type = node.type
    return {
      dom,
      update: (n) => (n.type === type ? (show(n), (type = n.type), true) : false),
      stopEvent: (e) => e.target === caption || e.target === alt,
      ignoreMutation: () => true,
      selectNode: () => dom.classList.add('ed-selected'),
      deselectNode: () => dom.classList.remove('ed-selected'),
    }
  },
}).configure({ inline: true, allowBase64: false })

function field(label: string, change: (value: string) => void, leave: (on: boolean) => void): HTMLInputElement {
  const input = element('input', { type: 'text', 'aria-label': label, placeholder: label, maxlength: '500' })
  input.addEventListener('change', () => change(input.value.trim()))
  input.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter' && e.key !== 'Escape') return
    e.preventDefault()
    input.blur() // sends the change
    leave(e.key === 'Enter')
  })
  return input
}

/** Goes from a selected picture to its caption. */
export function toCaption(editor: Editor): boolean {
  const { selection } = editor.state
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'image') return false
  const input = (editor.view.nodeDOM(selection.from) as HTMLElement | null)?.querySelector('input')
  input?.focus()
  return Boolean(input)
}

// Enter goes on writing below the picture, Escape goes back to it.
function leavePicture(editor: Editor, at: number | undefined, on: boolean): void {
  if (at === undefined) return
  const { tr, schema } = editor.state
  if (!on) tr.setSelection(NodeSelection.create(tr.doc, at))
  else {
    const after = tr.doc.resolve(at).after(1)
    if (!tr.doc.nodeAt(after)?.isTextblock) tr.insert(after, schema.nodes.paragraph!.create())
    tr.setSelection(TextSelection.create(tr.doc, after + 1))
  }
  editor.view.dispatch(tr.scrollIntoView())
  editor.view.focus()
}
