// What can be done with many notes at once.
import type { Act, Chosen } from './bulk'

export type Asks = 'reason' | 'review' | 'moment' | 'topic' | 'author' | 'topics' | 'authors' | 'series' | 'kind' | 'gate'

export interface Verb {
  label: string
  action: Act['action']
  need: string
  /** Whether the verb means anything for this note. */
  fits: (n: Chosen) => boolean
  asks?: Asks
  danger?: boolean
  /** A field of the note: behind one button with the others. */
  field?: boolean
}

const kept = (n: Chosen) => n.status !== 'archived'
const field = (label: string, action: Act['action'], asks: Asks): Verb => ({ label, action, asks, need: 'notes.write', fits: kept, field: true })

export const verbs: Verb[] = [
  { label: 'Publish', action: 'publish', need: 'notes.publish', fits: (n) => kept(n) && (n.status !== 'published' || n.changed) },
  { label: 'Schedule', action: 'schedule', need: 'notes.publish', fits: (n) => kept(n) && (n.status !== 'published' || n.changed), asks: 'moment' },
  { label: 'Ask for review', action: 'submit', need: 'notes.write', fits: (n) => kept(n) && (n.status !== 'published' || n.changed), asks: 'review' },
  { label: 'Retract', action: 'retract', need: 'notes.retract', fits: (n) => n.status === 'published', asks: 'reason', danger: true },
  { label: 'Archive', action: 'archive', need: 'notes.archive', fits: (n) => kept(n) && n.status !== 'published' && n.status !== 'scheduled' },
  { label: 'Unarchive', action: 'unarchive', need: 'notes.archive', fits: (n) => n.status === 'archived' },
  field('Add a topic', 'add_topic', 'topic'), field('Remove a topic', 'remove_topic', 'topic'), field('Set the topics', 'set_topics', 'topics'),
  field('Add an author', 'add_author', 'author'), field('Remove an author', 'remove_author', 'author'), field('Set the authors', 'set_authors', 'authors'),
  field('Set the series', 'set_series', 'series'), field('Set the kind', 'set_kind', 'kind'), field('Set the gate', 'set_gate', 'gate'),
]
