// What is said about the note that is open: the threads, where they stand in
// the text, and which one is looked at.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../api/client'
import { hasCode } from '../../api/problem'
import { queries } from '../../api/query'
import { useMay } from '../../api/session'
import type { Comment } from '../../api/types'
import type { Anchor, CommentMark, CommentPlace, NoteEditorHandle } from '../../editor'
import { failed } from '../../ui/toast'
import { usePart } from '../use-saver'
import { inTextOrder, moved } from './order'

/** The threads and what can be done with them. */
export interface Talk {
  note: string
  threads: Comment[] | undefined
  error: unknown
  retry: () => void
  /** Where passages stand; null for one that is gone. */
  places: ReadonlyMap<string, number | null>
  marks: CommentMark[]
  count: number
  active: string | null
  shown: boolean
  toggle: () => void
  /** The passage that is being commented on; null is the whole note. */
  draft: Anchor | null | undefined
  begin: (anchor: Anchor | null) => void
  end: () => void
  open: (id: string, focus?: boolean) => void
  show: (id: string) => void
  /** Looks at no thread in particular. */
  rest: () => void
  placed: (places: CommentPlace[]) => void
  changed: () => Promise<unknown>
  editor: RefObject<NoteEditorHandle | null>
}

/** The threads of a note. */
export const threadsQuery = (id: string) => queryOptions({ queryKey: ['comments', id], queryFn: ({ signal }) => load(id, signal) })

async function load(id: string, signal: AbortSignal): Promise<Comment[]> {
  const all: Comment[] = []
  let cursor: string | undefined
  do {
    const page = await api('GET /notes/{id}/comments', { path: { id }, query: { limit: 200, cursor }, signal })
    all.push(...page.threads)
    cursor = page.next
  } while (cursor)
  return all
}

const named = (hash: string): string | null => /^#?comment-([0-9a-f-]{36})$/.exec(hash)?.[1] ?? null

/** Opens the talk about the note. */
export function useTalk(): Talk {
  const { id, version, same } = usePart(({ note, local, state }) => ({ id: note.id, version: note.version, same: state.kind === 'saved' && local.body === note.body }))
  const hash = useLocation({ select: (l) => l.hash })
  const query = useQuery({ ...threadsQuery(id), refetchInterval: 20_000, staleTime: 5_000 })
  const [places, setPlaces] = useState<ReadonlyMap<string, number | null>>(new Map())
  const [active, setActive] = useState<string | null>(null)
  const [shown, setShown] = useState(() => named(hash) !== null)
  const [draft, setDraft] = useState<Anchor | null>()
  const editor = useRef<NoteEditorHandle | null>(null)
  const now = useRef<CommentPlace[]>([])
  const changed = useCallback(() => queries.invalidateQueries({ queryKey: ['comments', id] }), [id])

  // A letter or notification leads to a comment by the address.
  useEffect(() => {
    const wanted = named(hash)
    const thread = query.data?.find((t) => t.id === wanted || t.replies.some((r) => r.id === wanted))
    if (thread) (setShown(true), setActive(thread.id))
  }, [query.data !== undefined, hash])

  const marks = useMemo(() => (query.data ?? []).flatMap((t) => (t.anchor ? [{ id: t.id, resolved: t.resolved_at !== undefined, anchor: { prefix: '', suffix: '', block: 0, ...t.anchor } }] : [])), [query.data])
  const placed = useCallback((list: CommentPlace[]) => {
    now.current = list
    setPlaces((was) => (list.length === was.size && list.every((p) => was.get(p.id) === p.at) ? was : new Map(list.map((p) => [p.id, p.at]))))
  }, [])

  // Once the text is saved, the anchors follow it. Against another text the
  // server refuses them, and the next save sends them again.
  const may = useMay()('notes.write')
  const saved = may && same
  useEffect(() => {
    if (!saved || !query.data) return
    const timer = setTimeout(() => {
      const anchors = moved(query.data, now.current)
      if (anchors.length === 0) return
      api('PUT /notes/{id}/anchors', { path: { id }, body: { anchors }, ifMatch: version }).then(changed, (e: unknown) => { if (!hasCode(e, 'stale_version')) failed(e) })
    }, 800)
    return () => clearTimeout(timer)
  }, [saved, query.data, version, id, changed, places])

  const threads = useMemo(() => query.data && inTextOrder(query.data, places), [query.data, places])
  return {
    note: id, threads, error: query.error, retry: () => void query.refetch(), places, marks, active, shown, draft, editor, placed, changed,
    count: (query.data ?? []).filter((t) => !t.resolved_at).length,
    toggle: () => setShown(!shown),
    begin: (anchor) => (setShown(true), setDraft(anchor)),
    end: () => setDraft(undefined),
    rest: () => setActive(null),
    open: (thread, focus = true) => {
      setShown(true)
      setActive(thread)
      // A click into a passage is the start of an edit, perhaps: the caret stays.
      setTimeout(() => { const card = document.getElementById(`comment-${thread}`); if (focus) card?.focus(); else card?.scrollIntoView({ block: 'nearest' }) }, 60)
    },
    show: (thread) => (setActive(thread), void editor.current?.showComment(thread)),
  }
}
