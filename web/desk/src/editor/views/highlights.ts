// The passages that comments are tied to. A place moves with the text; one
// that is lost is looked for again by its words.
import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { AnchorFinder, type Place } from '../comments'
import type { CommentMark } from '../types'

/** What the highlights show. */
export interface Shown {
  comments: CommentMark[]
  active: string | null
}

interface Marks {
  shown: Shown
  places: Map<string, Place | null>
  set: DecorationSet
}

const key = new PluginKey<Marks>('highlights')

/** Says which comments to show; pass it as metadata of a transaction. */
export const HIGHLIGHTS = 'highlights'

/** Where the passages of comments stand; null for one that is gone. */
export const commentPlaces = (state: EditorState): ReadonlyMap<string, Place | null> => key.getState(state)?.places ?? new Map()

function draw(doc: EditorState['doc'], { comments, active }: Shown, places: Map<string, Place | null>): DecorationSet {
  return DecorationSet.create(doc, comments.flatMap((c) => {
    const place = places.get(c.id)
    if (!place || (c.resolved && c.id !== active)) return []
    return [Decoration.inline(place.from, place.to, { class: c.id === active ? 'ed-comment ed-comment-active' : 'ed-comment', 'data-comment': c.id })]
  }))
}

/** Makes the extension. */
export const highlights = (open: (id: string) => void) =>
  Extension.create({
    name: HIGHLIGHTS,
    addProseMirrorPlugins() {
      const finder = new AnchorFinder()
      return [
        new Plugin<Marks>({
          key,
          state: {
            init: () => ({ shown: { comments: [], active: null }, places: new Map(), set: DecorationSet.empty }),
            apply: (tr, was) => {
              const shown = tr.getMeta(HIGHLIGHTS) as Shown | undefined
              if (!shown && !tr.docChanged) return was
              const places = new Map([...was.places].map(([id, p]) => {
                if (!p || !tr.docChanged) return [id, p] as const
                const [from, to] = [tr.mapping.map(p.from, 1), tr.mapping.map(p.to, -1)]
                return [id, to > from ? { from, to } : null] as const
              }))
              if (!shown) return { shown: was.shown, places, set: was.set.map(tr.mapping, tr.doc) }
              const lost = shown.comments.filter((c) => !places.get(c.id))
              const found = finder.findAll(tr.doc, lost.map((c) => c.anchor))
              lost.forEach((c, i) => places.set(c.id, found[i] ?? null))
              const known = new Set(shown.comments.map((c) => c.id))
              for (const id of places.keys()) if (!known.has(id)) places.delete(id)
              return { shown, places, set: draw(tr.doc, shown, places) }
            },
          },
          props: {
            decorations: (state) => key.getState(state)?.set,
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

/** The keys of comments. They work where the text is only read, too. */
export const commentKeys = (comment: () => void, open: (id: string) => void) =>
  Extension.create({
    name: 'commentKeys',
    addKeyboardShortcuts() {
      return {
        'Mod-Alt-m': () => (comment(), true),
        'Mod-Alt-Enter': ({ editor }) => {
          const { from } = editor.state.selection
          for (const [id, place] of commentPlaces(editor.state)) if (place && from >= place.from && from <= place.to) return (open(id), true)
          return false
        },
      }
    },
  })
