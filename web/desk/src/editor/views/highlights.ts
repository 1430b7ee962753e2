// The passages that comments are tied to.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { AnchorFinder } from '../comments'
import type { CommentMark } from '../types'

const key = new PluginKey<DecorationSet>('highlights')

/** What the highlights show. */
export interface Shown {
  comments: CommentMark[]
  active: string | null
}

/** Says which comments to show; pass it as metadata of a transaction. */
export const HIGHLIGHTS = 'highlights'

/** Makes the extension. */
export const highlights = (open: (id: string) => void) =>
  Extension.create({
    name: HIGHLIGHTS,
    addProseMirrorPlugins() {
      const finder = new AnchorFinder()
      return [
        new Plugin<DecorationSet>({
          key,
          state: {
            init: () => DecorationSet.empty,
            apply: (tr, set) => {
              const shown = tr.getMeta(HIGHLIGHTS) as Shown | undefined
              if (!shown) return set.map(tr.mapping, tr.doc)
              const places = finder.findAll(tr.doc, shown.comments.map((c) => c.anchor))
              return DecorationSet.create(tr.doc, shown.comments.flatMap((c, i) => {
                const place = places[i]
                if (!place || c.resolved) return []
                return [Decoration.inline(place.from, place.to, { class: c.id === shown.active ? 'ed-comment ed-comment-active' : 'ed-comment', 'data-comment': c.id })]
              }))
            },
          },
          props: {
            decorations: (state) => key.getState(state),
            handleClick: (_, __, event) => {
              const id = (event.target as HTMLElement).closest<HTMLElement>('[data-comment]')?.dataset.comment
              if (id) open(id)
              return false
            },
          },
        }),
      ]
    },
  })
