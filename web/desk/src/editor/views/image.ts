// A picture in the text: alone in its paragraph it is a figure, whose caption
// and description are written right below it.
import Image from '@tiptap/extension-image'
import type { Node } from '@tiptap/pm/model'
import { element, setAttrs } from './dom'

/** The picture's view. */
export const ImageView = Image.extend({
  addAttributes: () => ({ src: { default: '' }, alt: { default: '' }, title: { default: null } }),
  addNodeView: () => ({ node, editor, getPos }) => {
    const dom = element('span', { class: 'ed-image' })
    const img = element('img', {})
    const fields = element('span', { class: 'ed-image-fields', contenteditable: 'false' })
    const caption = field('Caption', (value) => setAttrs(editor, getPos, { title: value || null }))
    const alt = field('Description for those who cannot see it', (value) => setAttrs(editor, getPos, { alt: value }))
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

function field(label: string, change: (value: string) => void): HTMLInputElement {
  const input = element('input', { type: 'text', 'aria-label': label, placeholder: label, maxlength: '500' })
  input.addEventListener('change', () => change(input.value.trim()))
  input.addEventListener('keydown', (e) => {
    if (e.key === 'Enter') input.blur()
  })
  return input
}
