// The boxes of task lists: a click on the box, or Ctrl Enter in its line.
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'

/** Makes the boxes work. */
export const tasks = Extension.create({
  name: 'tasks',
  addKeyboardShortcuts() {
    return {
      'Mod-Enter': () => {
        const checked = this.editor.getAttributes('listItem').checked as boolean | null
        return typeof checked === 'boolean' && this.editor.commands.updateAttributes('listItem', { checked: !checked })
      },
    }
  },
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            mousedown: (view, event) => {
              const item = event.target as HTMLElement
              if (!editor.isEditable || item.tagName !== 'LI' || !item.dataset.checked || event.offsetX > 0) return false
              const pos = view.posAtDOM(item, 0) - 1
              const node = view.state.doc.nodeAt(pos)
              if (node?.type.name !== 'listItem') return false
              view.dispatch(view.state.tr.setNodeMarkup(pos, undefined, { ...node.attrs, checked: !node.attrs.checked }))
              event.preventDefault()
              return true
            },
          },
        },
      }),
    ]
  },
})
