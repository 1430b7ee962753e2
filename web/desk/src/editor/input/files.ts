// Pictures that are pasted or dropped, and text that comes from elsewhere.
import { type Editor, Extension } from '@tiptap/core'
import { Slice } from '@tiptap/pm/model'
import { NodeSelection, Plugin } from '@tiptap/pm/state'
import type { NoteEditorProps } from '../types'
import { cellsOf, cleanPaste } from './paste'

type Host = () => Pick<NoteEditorProps, 'uploadPicture' | 'onFailed'>

const pictures = (data: DataTransfer | null): File[] => [...(data?.files ?? [])].filter((f) => /^image\/(png|jpeg|gif|webp)$/.test(f.type))

/** Makes the extension. */
export const pasteAndDrop = (host: Host) =>
  Extension.create({
    name: 'pasteAndDrop',
    addProseMirrorPlugins() {
      const { editor } = this
      return [
        new Plugin({
          props: {
            transformPastedHTML: (html) => (html.includes('data-pm-slice') ? html : cleanPaste(html)),
            handlePaste: (view, event) => {
              const data = event.clipboardData
              const files = pictures(data)
              if (files.length && !data?.types.includes('text/html')) return send(editor, files, view.state.selection.from, host)
              const cells = data && !data.types.includes('text/html') ? cellsOf(data.getData('text/plain')) : null
              if (!cells || view.state.selection.$from.parent.type.spec.code || cells.length < 2) return false
              return editor.commands.insertContent(tableOf(cells))
            },
            handleDrop: (view, event) => {
              const files = pictures(event.dataTransfer)
              const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
              return files.length > 0 && send(editor, files, at?.pos ?? view.state.selection.from, host)
            },
            // Where a block came from is not true of a copy of it.
            transformCopied: (slice) => new Slice(slice.content, slice.openStart, slice.openEnd),
          },
        }),
      ]
    },
  })

function send(editor: Editor, files: File[], at: number, host: Host): boolean {
  const { uploadPicture, onFailed } = host()
  if (!uploadPicture || !editor.isEditable) return false
  let mark = editor.state.doc.resolve(at).index(0)
  void (async () => {
    for (const file of files) {
      try {
        const picture = await uploadPicture(file)
        if (!editor.isDestroyed) mark = insertPicture(editor, picture, mark)
      } catch (error) {
        onFailed?.(error, `“${file.name}” was not uploaded`)
      }
    }
  })()
  return true
}

/**
 * Puts a picture into a paragraph of its own, after a top block or in place of
 * an empty one, and selects it: Tab leads to its caption. Tells where it stands.
 */
export function insertPicture(editor: Editor, picture: { src: string; alt: string; caption?: string }, after = editor.state.selection.$from.index(0)): number {
  const { state } = editor
  const index = Math.min(after, state.doc.childCount - 1)
  let at = 0
  for (let i = 0; i <= index; i++) at += state.doc.child(i).nodeSize
  const block = state.doc.child(index)
  const image = state.schema.nodes.image!.create({ src: picture.src, alt: picture.alt, title: picture.caption || null })
  const paragraph = state.schema.nodes.paragraph!.create(null, image)
  const empty = block.type.name === 'paragraph' && block.content.size === 0
  const start = empty ? at - block.nodeSize : at
  const tr = state.tr.replaceWith(start, at, paragraph)
  editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, start + 1)).scrollIntoView())
  return empty ? index : index + 1
}

const tableOf = (cells: string[][]) => ({
  type: 'table',
  content: cells.map((row, r) => ({
    type: 'tableRow',
    content: row.map((cell) => ({ type: r ? 'tableCell' : 'tableHeader', content: [{ type: 'paragraph', content: cell ? [{ type: 'text', text: cell }] : [] }] })),
  })),
})
