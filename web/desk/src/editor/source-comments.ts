// Comments in the Markdown tab: their passages are marked, and a selection can
// be commented on.
import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin } from '@codemirror/view'
import { anchorInMarkdown, findAllInMarkdown } from './comments'
import type { CommentMark, NoteEditorProps } from './types'

/** What the tab shows of the comments, and whom it tells; read when it is needed. */
export type Talk = () => Pick<NoteEditorProps, 'comments' | 'activeComment' | 'onComment' | 'onOpenComment'>

// Passages move along with what is typed; after a pause they are looked for again.
const PAUSE = 700

const place = StateEffect.define<DecorationSet>()

const places = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (set, tr) => tr.effects.reduce((now, e) => (e.is(place) ? e.value : now), set.map(tr.changes)),
  provide: (field) => EditorView.decorations.from(field),
})

/** Marks the passages of the comments as the text is now. */
export function showComments(view: EditorView, talk: Talk): void {
  const { comments = [], activeComment } = talk()
  const shown = comments.filter((c) => !c.resolved || c.id === activeComment)
  const found = findAllInMarkdown(view.state.doc.toString(), shown.map((c) => c.anchor))
  const marks = shown.flatMap((c, i) => {
    const range = found[i]
    return range ? [markOf(c, c.id === activeComment).range(range.from, range.to)] : []
  })
  view.dispatch({ effects: place.of(Decoration.set(marks, true)) })
}

const markOf = (c: CommentMark, active: boolean) =>
  Decoration.mark({ class: active ? 'ed-comment ed-comment-active' : 'ed-comment', attributes: { 'data-comment': c.id } })

/** Comments on the selection. */
export function commentHere(view: EditorView, talk: Talk): boolean {
  const { from, to } = view.state.selection.main
  const anchor = anchorInMarkdown(view.state.doc.toString(), { from, to })
  if (anchor) talk().onComment?.(anchor)
  return true
}

/** Selects the passage of a comment. False if it is gone. */
export function goToComment(view: EditorView, id: string): boolean {
  let found = false
  view.state.field(places).between(0, view.state.doc.length, (from, to, mark) => {
    if (found || mark.spec.attributes['data-comment'] !== id) return
    found = true
    view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true })
    view.focus()
  })
  return found
}

function openHere(view: EditorView, talk: Talk): boolean {
  const { head } = view.state.selection.main
  let id: string | undefined
  view.state.field(places).between(head, head, (_, __, mark) => void (id ??= mark.spec.attributes['data-comment'] as string))
  if (id) talk().onOpenComment?.(id, true)
  return id !== undefined
}

/** Makes the extension. */
export function sourceComments(talk: Talk): Extension {
  return [
    places,
    keymap.of([
      { key: 'Mod-Alt-m', run: (view) => commentHere(view, talk) },
      { key: 'Mod-Alt-Enter', run: (view) => openHere(view, talk) },
    ]),
    EditorView.domEventHandlers({
      click: (event) => {
        const id = (event.target as HTMLElement).closest<HTMLElement>('[data-comment]')?.dataset.comment
        if (id) talk().onOpenComment?.(id, false)
      },
    }),
    ViewPlugin.define((view) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const soon = (ms: number): void => {
        clearTimeout(timer)
        timer = setTimeout(() => showComments(view, talk), ms)
      }
      soon(0)
      return { update: (u) => { if (u.docChanged) soon(PAUSE) }, destroy: () => clearTimeout(timer) }
    }),
  ]
}
