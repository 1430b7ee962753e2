// All parts of the editor, put together.
import type { Extensions } from '@tiptap/core'
import { Dropcursor, Gapcursor, Placeholder, UndoRedo } from '@tiptap/extensions'
import type { Ask, Insertion } from './input/insert'
import { pasteAndDrop } from './input/files'
import { noteKeys } from './input/keys'
import { type Slash, slashMenu } from './input/slash'
import { schemaExtensions } from './schema'
import type { NoteEditorProps } from './types'
import type { Store } from './ui/store'
import { CalloutView, type ChartHost, chartView, FootnoteDefView, FootnoteRefView, PaywallView, RawBlockView, RawInlineView } from './views/blocks'
import { commentKeys, highlights } from './views/highlights'
import { ImageView } from './views/image'
import { tasks } from './views/tasks'

/** What the parts ask of the editor they are in; read when it is needed. */
export interface Host {
  props: () => NoteEditorProps
  ask: Ask
  insertions: () => Insertion[]
  chart: () => ChartHost | null
  toTools: () => void
  comment: () => void
  slash: Store<Slash | null>
}

/** Makes the parts. */
export function editorExtensions(host: Host): Extensions {
  const views: Extensions = [CalloutView, PaywallView, RawBlockView, RawInlineView, FootnoteRefView, FootnoteDefView, chartView(host.chart), ImageView]
  const named = new Map(views.map((v) => [v.name, v]))
  return [
    ...schemaExtensions.map((e) => named.get(e.name) ?? e),
    UndoRedo,
    Dropcursor.configure({ color: false, class: 'ed-dropcursor', width: 2 }),
    Gapcursor,
    Placeholder.configure({ placeholder: () => host.props().placeholder ?? 'Write, or type / to insert' }),
    slashMenu(host.slash, host.insertions),
    noteKeys(host.ask, host.toTools, host.slash),
    commentKeys(host.comment, (id) => host.props().onOpenComment?.(id, true)),
    pasteAndDrop(host.props),
    highlights((id) => host.props().onOpenComment?.(id, false)),
    tasks,
  ]
}
