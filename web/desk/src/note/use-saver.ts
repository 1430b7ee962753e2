// Opens a note for writing: the server's state, what was kept in the browser,
// and the saver between them.
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { api } from '../api/client'
import { keyOf, queries, useApi } from '../api/query'
import { useMe } from '../api/session'
import type { Note } from '../api/types'
import { onNetwork } from '../app/network'
import { differing } from './fields'
import { openNotes } from './open-notes'
import type { Snapshot } from './save-state'
import { Saver } from './saver'
import { drop, keep, kept } from './stored'

export function makeSaver(note: Note, person: string, restored: Awaited<ReturnType<typeof kept>>): Saver {
  const { id } = note
  return new Saver(note, {
    send: (body, version, autosave) => api('PATCH /notes/{id}', { path: { id }, body: { ...body, autosave }, ifMatch: version }),
    load: () => api('GET /notes/{id}', { path: { id } }),
    keep: (record) => keep({ ...record, person, note: id }),
    drop: () => drop(person, id),
  }, restored)
}

export interface OpenNote {
  saver?: Saver
  error: unknown
  retry: () => void
  /** Edits of an earlier page were taken up. */
  restored: boolean
}

export function useOpenNote(id: string): OpenNote {
  const me = useMe()
  const query = useApi('GET /notes/{id}', { path: { id } }, { staleTime: 0 })
  const [open, setOpen] = useState<{ saver: Saver; restored: boolean }>()
  const loaded = query.data !== undefined

  useEffect(() => {
    const note = queries.getQueryData<Note>(keyOf('GET /notes/{id}', { path: { id } }))
    if (!loaded || !note) return
    let saver: Saver | undefined
    let gone = false
    openNotes.set(id, undefined)
    void kept(me.id, id).then((record) => {
      if (gone) return
      saver = makeSaver(note, me.id, record)
      openNotes.set(id, saver)
      setOpen({ saver, restored: !!record && differing(record.base, record.local).length > 0 })
    })
    return () => {
      gone = true
      openNotes.delete(id)
      setOpen(undefined)
      void saver?.close()
    }
  }, [id, me.id, loaded])

  const saver = open?.saver
  useEffect(() => {
    if (saver && query.data) saver.take(query.data, true)
  }, [saver, query.data])

  // The list and the palette show what was saved here.
  useEffect(() => saver?.subscribe(() => {
    const { note } = saver.snapshot()
    const key = keyOf('GET /notes/{id}', { path: { id } })
    if (queries.getQueryData<Note>(key)?.version !== note.version) {
      queries.setQueryData(key, note)
      void queries.invalidateQueries({ queryKey: ['notes', 'GET /notes'], refetchType: 'none' })
    }
  }), [saver, id])

  useEffect(() => {
    if (!saver) return
    const hide = () => {
      if (document.visibilityState === 'hidden') {
        saver.leave()
        if (saver.snapshot().state.kind === 'dirty') void saver.settle()
      }
    }
    const leave = (e: BeforeUnloadEvent) => {
      saver.leave()
      const { state } = saver.snapshot()
      const lost = (state.kind === 'offline' || state.kind === 'signed-out') && !state.kept
      if (state.kind === 'refused' || state.kind === 'saving' || lost) e.preventDefault()
    }
    const stop = onNetwork(() => saver.wake())
    document.addEventListener('visibilitychange', hide)
    window.addEventListener('beforeunload', leave)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', hide)
      window.removeEventListener('beforeunload', leave)
    }
  }, [saver])

  // Whoever signed in again goes on saving.
  useEffect(() => { saver?.wake() }, [saver, me])

  return { saver, error: query.error, retry: () => void query.refetch(), restored: open?.restored ?? false }
}

export const SaverContext = createContext<Saver | null>(null)

export function useSaver(): Saver {
  const saver = useContext(SaverContext)
  if (!saver) throw new Error('outside of a note')
  return saver
}

/** The note as it stands in this page; draws again on every change. */
export function useSnapshot(): Snapshot {
  const saver = useSaver()
  return useSyncExternalStore(saver.subscribe, saver.snapshot)
}

/**
 * Something of the note as it stands in this page; draws again only when that
 * changes, or one of its members. A save changes the snapshot five times in the
 * middle of somebody's typing, and most of the page does not care.
 */
export function usePart<T>(pick: (s: Snapshot) => T): T {
  const saver = useSaver()
  const last = useRef<T>(undefined)
  return useSyncExternalStore(saver.subscribe, () => {
    const next = pick(saver.snapshot())
    return last.current !== undefined && alike(last.current, next) ? last.current : (last.current = next)
  })
}

/** The note as the server last told it. */
export const useNote = (): Note => usePart((s) => s.note)

function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  const names = Object.keys(a) as (keyof typeof a)[]
  return names.length === Object.keys(b).length && names.every((name) => Object.is(a[name], b[name]))
}
