// The menu that a slash opens.
import { type Editor, Extension } from '@tiptap/core'
import { Suggestion } from '@tiptap/suggestion'
import type { Store } from '../ui/store'
import { type Insertion, matching } from './insert'

/** The open menu. */
export interface Slash {
  items: Insertion[]
  index: number
  rect: DOMRect | null
  choose: (item: Insertion) => void
}

/** Makes the extension; the menu itself follows the store. */
export const slashMenu = (store: Store<Slash | null>, all: () => Insertion[]) =>
  Extension.create({
    name: 'slash',
    addProseMirrorPlugins() {
      return [
        Suggestion<Insertion, Insertion>({
          editor: this.editor,
          char: '/',
          allowedPrefixes: [' '],
          items: ({ query }) => matching(all(), query),
          allow: ({ state, range }) => !state.doc.resolve(range.from).parent.type.spec.code,
          command: ({ editor, range, props }) => run(editor, range, props),
          render: () => renderer(store),
        }),
      ]
    },
  })

function run(editor: Editor, range: { from: number; to: number }, item: Insertion): void {
  item.run(editor, () => editor.chain().focus().deleteRange(range))
}

function renderer(store: Store<Slash | null>) {
  const show = (p: { items: Insertion[]; clientRect?: (() => DOMRect | null) | null; command: (i: Insertion) => void }): void => {
    const index = Math.min(store.get()?.index ?? 0, Math.max(0, p.items.length - 1))
    store.set(p.items.length ? { items: p.items, index, rect: p.clientRect?.() ?? null, choose: p.command } : null)
  }
  return {
    onStart: show,
    onUpdate: show,
    onExit: () => store.set(null),
    onKeyDown: ({ event }: { event: KeyboardEvent }) => {
      const now = store.get()
      if (!now) return false
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) store.set({ ...now, index: (now.index + step + now.items.length) % now.items.length })
      else if (event.key === 'Enter' || event.key === 'Tab') now.choose(now.items[now.index]!)
      else if (event.key === 'Escape') store.set(null)
      else return false
      return true
    },
  }
}
