// What was typed and not yet sent, kept in the browser until the server has it.
import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval'
import type { Fields } from './fields'

export interface Stored {
  person: string
  note: string
  /** The version the edits were made from, and what it said. */
  version: number
  base: Fields
  local: Fields
  at: number
}

let opened: UseStore | undefined
const store = (): UseStore => (opened ??= createStore('lighttrends-desk', 'unsent'))
const key = (person: string, note: string) => `${person}/${note}`

// A browser may refuse storage, in private windows for instance; the state
// line then says that the text is kept in this page only.
export async function keep(record: Stored): Promise<boolean> {
  try {
    await set(key(record.person, record.note), record, store())
    return true
  } catch {
    return false
  }
}

export const drop = (person: string, note: string): Promise<void> => del(key(person, note), store()).catch(() => {})

export const kept = (person: string, note: string): Promise<Stored | undefined> => get<Stored>(key(person, note), store()).catch(() => undefined)

/** Everything a person has not sent yet. */
export async function allKept(person: string): Promise<Stored[]> {
  const all = await entries<string, Stored>(store()).catch(() => [])
  return all.filter(([k]) => k.startsWith(person + '/')).map(([, record]) => record)
}
