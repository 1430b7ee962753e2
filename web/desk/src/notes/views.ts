// Views of the list of notes: those everybody has, and one's own, kept on this
// device under the person's id.
import { useSyncExternalStore } from 'react'
import type { NotesSearch } from '../app/router'

export interface View {
  name: string
  search: NotesSearch
  own?: boolean
}

export const everybodys: View[] = [
  { name: 'All', search: {} },
  { name: 'Drafts', search: { status: 'draft' } },
  { name: 'Published', search: { status: 'published' } },
  { name: 'Retracted', search: { status: 'retracted' } },
]

const fields = ['q', 'title', 'status', 'kind', 'gate', 'series', 'topic', 'author', 'editor', 'review', 'reviewer', 'sort'] as const

export const sameSearch = (a: NotesSearch, b: NotesSearch): boolean => fields.every((f) => (a[f] ?? '') === (b[f] ?? ''))

const listeners = new Set<() => void>()
const cache = new Map<string, { raw: string | null; views: View[] }>()
const key = (person: string) => `desk-views-${person}`

/** One's own views; broken storage is none. */
export function ownViews(person: string): View[] {
  const raw = localStorage.getItem(key(person))
  const known = cache.get(person)
  if (known && known.raw === raw) return known.views
  let views: View[] = []
  try {
    const read: unknown = JSON.parse(raw ?? '[]')
    if (Array.isArray(read)) {
      views = read.filter((v): v is View => typeof v?.name === 'string' && typeof v?.search === 'object' && v.search !== null).map((v) => ({ ...v, own: true }))
    }
  } catch { /* none */ }
  cache.set(person, { raw, views })
  return views
}

function write(person: string, views: View[]): void {
  localStorage.setItem(key(person), JSON.stringify(views.map(({ name, search }) => ({ name, search }))))
  listeners.forEach((f) => f())
}

/** Keeps a view under its name; one of the same name is replaced. */
export const keepView = (person: string, view: View): void => write(person, [...ownViews(person).filter((v) => v.name !== view.name), view])

export const dropView = (person: string, name: string): void => write(person, ownViews(person).filter((v) => v.name !== name))

export function useOwnViews(person: string): View[] {
  return useSyncExternalStore((f) => {
    listeners.add(f)
    window.addEventListener('storage', f)
    return () => {
      listeners.delete(f)
      window.removeEventListener('storage', f)
    }
  }, () => ownViews(person))
}
