// What a saver says about a note being written, and what it needs of the house.
import { Problem } from '../api/problem'
import type { Note, NoteFields } from '../api/types'
import type { FieldName, Fields } from './fields'
import type { Stored } from './stored'

export type SaveState =
  | { kind: 'saved' }
  | { kind: 'dirty' }
  | { kind: 'saving' }
  | { kind: 'offline'; /** Whether the browser keeps it over a reload. */ kept: boolean }
  | { kind: 'signed-out'; kept: boolean }
  | { kind: 'refused'; error: Problem }
  | { kind: 'conflict'; base: Fields; theirs: Note; clashes: FieldName[] }

export interface Snapshot {
  /** The note as the server last told it. */
  note: Note
  local: Fields
  state: SaveState
  /** Rises when the text was changed from outside of the editor. */
  epoch: number
  /** It was changed elsewhere while nothing was typed here, and is shown as it is now. */
  news?: boolean
}

export interface Doors {
  send: (changes: NoteFields, version: number, autosave: boolean) => Promise<Note>
  load: () => Promise<Note>
  keep: (record: Omit<Stored, 'person' | 'note'>) => Promise<boolean>
  drop: () => Promise<void>
}

/** An empty title is the one thing that cannot be saved. */
export function untitled(): SaveState {
  const detail = 'A note needs a title. Everything else is saved.'
  return { kind: 'refused', error: new Problem(422, { code: 'invalid_input', detail, errors: [{ pointer: '/title', code: 'required', detail }] }) }
}
