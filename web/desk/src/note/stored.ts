// What was typed and not yet sent, kept in the browser until the server has it.
import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval'
import { newID } from '../api/id'
import type { Fields } from './fields'

export interface Stored {
  person: string
  note: string
  /** The page it was typed in: two that write the same note keep both texts. */
  page?: string
  /** The version the edits were made from, and what it said. */
  version: number
  base: Fields
  local: Fields
  /** When the person typed the last of it, in ms: a later try to send it makes it no newer. */
  at: number
}

let opened: UseStore | undefined
const store = (): UseStore => (opened ??= createStore('lighttrends-desk', 'unsent'))
const page = newID()
const key = (person: string, note: string, of?: string) => [person, note, of].filter(Boolean).join('/')

// A browser may refuse storage, in private windows for instance; the state
// line then says that the text is kept in this page only.
export async function keep(record: Stored): Promise<boolean> {
  try {
    await set(key(record.person, record.note, page), { ...record, page }, store())
    return true
  } catch {
    return false
  }
}

/** Forgets what this page kept of a note. */
export const drop = (person: string, note: string): Promise<void> => del(key(person, note, page), store()).catch(() => {})

/** Forgets a record, of whichever page. */
export const dropRecord = (r: Stored): Promise<void> => del(key(r.person, r.note, r.page), store()).catch(() => {})

/**
 * What this page kept of a note, or else what another one did, of several the
 * newest, which is this page's from now on. The others stay for the next time.
 */
export async function kept(person: string, note: string): Promise<Stored | undefined> {
  try {
    const own = await get<Stored>(key(person, note, page), store())
    if (own) return own
    const found = (await allKept(person)).filter((r) => r.note === note).sort((a, b) => b.at - a.at)[0]
    if (found && await keep(found)) await dropRecord(found)
    return found
  } catch {
    return undefined
  }
}

/** Everything a person has not sent yet. */
export async function allKept(person: string): Promise<Stored[]> {
  const all = await entries<string, Stored>(store()).catch(() => [])
  return all.filter(([k]) => k.startsWith(person + '/')).map(([, record]) => record)
}
