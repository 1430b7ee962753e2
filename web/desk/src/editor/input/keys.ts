// The keys of the editor, and the small helps while one types.
import { Extension, InputRule } from '@tiptap/core'
import { Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { toCaption } from '../views/image'
import { backToMark, insertFootnote, jumpFootnote, moveBlock } from './insert'
import type { Ask } from './insert'

// Two places where the browser is not to write a letter itself. Over a selection
// it types with a style of its own, which the page's policy refuses, and the
// marks of the words may be lost. At the beginning of a block that Enter has
// just made, Chromium at times leaves the cursor before the letter, when both
// keys wait to be heard: what follows would stand in front of it.
export function typeHere(view: EditorView, event: KeyboardEvent): boolean {
  const { selection, tr } = view.state
  const letter = event.key
  if (!(selection instanceof TextSelection) || [...letter].length !== 1 || event.ctrlKey || event.metaKey || view.composing) return false
  if (selection.empty && selection.$from.parentOffset > 0) return false
  const plain = () => tr.insertText(letter)
  if (!view.someProp('handleTextInput', (f) => f(view, selection.from, selection.to, letter, plain))) view.dispatch(plain().scrollIntoView())
  return true
}

/** Binds the keys. */
export const noteKeys = (ask: Ask, toTools: () => void, slash: { get: () => unknown }) =>
  Extension.create({
    name: 'noteKeys',
    addKeyboardShortcuts() {
      const { editor } = this
      const inTable = (run: () => boolean) => () => editor.isActive('table') && run()
      return {
        'Mod-Shift-l': () => (ask('link'), true),
        'Mod-Alt-f': () => backToMark(editor) || insertFootnote(editor),
        'Alt-Shift-ArrowUp': () => moveBlock(editor, -1),
        'Alt-Shift-ArrowDown': () => moveBlock(editor, 1),
        'Alt-F10': () => (toTools(), true),
        'Mod-Alt-ArrowDown': inTable(() => editor.commands.addRowAfter()),
        'Mod-Alt-ArrowUp': inTable(() => editor.commands.addRowBefore()),
        'Mod-Alt-ArrowRight': inTable(() => editor.commands.addColumnAfter()),
        'Mod-Alt-ArrowLeft': inTable(() => editor.commands.addColumnBefore()),
        'Mod-Alt-Backspace': inTable(() => editor.commands.deleteRow()),
        'Mod-Alt-Delete': inTable(() => editor.commands.deleteColumn()),
        Tab: () => toCaption(editor),
        Enter: () => {
          const node = editor.state.doc.nodeAt(editor.state.selection.from)
          if (slash.get() || node?.type.name !== 'footnoteRef' || editor.state.selection.empty) return false
          return jumpFootnote(editor, String(node.attrs.id), 'footnoteDef')
        },
      }
    },
    addProseMirrorPlugins: () => [new Plugin({ props: { handleKeyPress: typeHere } })],
    addInputRules() {
      return [
        new InputRule({
          find: /^\[( |x|X)\] $/,
          handler: ({ state, range, match }) => {
            const $from = state.doc.resolve(range.from)
            const item = $from.depth > 1 ? $from.node(-1) : null
            if (item?.type.name !== 'listItem') return null
            state.tr.setNodeMarkup($from.before(-1), undefined, { ...item.attrs, checked: match[1] !== ' ' }).delete(range.from, range.to)
            return undefined
          },
        }),
      ]
    },
  })
