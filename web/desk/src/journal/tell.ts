// Turns an entry into a sentence and finds what it is about.
import type { JournalEntry } from '../api/types'
import { actorKinds, sentences } from './words'

export interface Part { text: string; role?: 'who' | 'it' }

type Names = ReadonlyMap<string, string>

const text = (v: unknown): string => (typeof v === 'string' ? v : '')

/** What an entry's subject is called, as far as it is known. */
export function nameOf(e: JournalEntry, names: Names): string {
  const p = (e.payload ?? {}) as Record<string, unknown>
  return text(p.title) || text(p.from) && e.subject === 'redirect' && text(p.from) || text(p.name) || text(p.filename) || names.get(e.subject_id) || e.subject_id
}

/** Whoever did it: the name of then, or what kind of visitor it was. */
export const whoOf = (e: JournalEntry): string =>
  e.actor_name || (e.actor_kind === 'anonymous' ? 'Somebody not signed in' : e.actor_kind === 'member' ? 'A member' : actorKinds[e.actor_kind] ?? e.actor_kind)

/** The sentence in parts, so that a page can put weight and links on them. */
export function tell(e: JournalEntry, names: Names): Part[] {
  const sentence = sentences[e.verb] ?? `{who}: ${e.verb.replace('.', ' ').replaceAll('_', ' ')} {it}`
  const into = text(((e.payload ?? {}) as Record<string, unknown>).into_name)
  return sentence.replace('{into}', () => `“${into}”`).split(/(\{who\}|\{it\})/).filter(Boolean).map((s): Part =>
    s === '{who}' ? { text: whoOf(e), role: 'who' } : s === '{it}' ? { text: nameOf(e, names), role: 'it' } : { text: s })
}

/** Where the subject is looked at, when it has a place at the desk. */
export const placeOf = (e: JournalEntry): string | undefined => (e.subject === 'note' ? `/notes/${e.subject_id}` : undefined)
