// Which answers of the API are old once something has happened. The kinds are
// those of webhooks; the words are the first ones of paths, by which answers
// are kept (see api/query.ts).

/** For every kind of a group; a row by a kind's whole name is added to it. */
const rows: Record<string, string[]> = {
  note: ['notes', 'calendar', 'notifications', 'issues'],
  issue: ['issues', 'notes', 'calendar', 'catalogue', 'notifications'],
  member: ['members', 'subscribers'],
  'member.deleted': ['leads', 'shared-accounts'],
  subscription: ['members', 'subscribers', 'figures'],
  invoice: ['members', 'subscribers', 'figures'],
  payment: ['members', 'figures'],
  purchase: ['members', 'figures'],
  gift: ['gifts', 'members'],
  term: ['members'],
  order: ['orders', 'members', 'figures'],
  lead: ['leads'],
  'mail.refused': ['health'],
  'cache.purge': [],
}

/** What every event changes: it is written down, and may be told to a webhook. */
const always = ['journal', 'webhooks']

/** The words of what is old after an event of a kind. A letter that left changes nothing that is shown. */
export function wordsOf(kind: string): string[] {
  if (kind === 'mail.sent') return []
  const own = [...(rows[kind.slice(0, kind.indexOf('.'))] ?? []), ...(rows[kind] ?? [])]
  return kind.startsWith('cache.') ? own : [...own, ...always]
}

/** What an event was about, as its data names it. */
export interface Subject { kind: string; id: string }

/** The one thing of this word that the event is about; undefined is any of them. */
export const oneOf = (word: string, subject: Subject | undefined): string | undefined => (subject && subject.kind + 's' === word ? subject.id : undefined)

/** Whose answers are old: those about these ids and all lists, or everything of the word. */
export type Whose = ReadonlySet<string> | 'all'

/** Everything that is kept, but who is signed in. */
export const everything = '*'

/** Whether an answer, known by its key, is old. */
export function isOld(key: readonly unknown[], word: string, whose: Whose): boolean {
  if (word === everything) return key[0] !== 'session'
  if (key[0] !== word) return false
  const path = key[2] as { id?: unknown } | string | null | undefined
  const id = typeof path === 'object' ? path?.id : path
  return whose === 'all' || typeof id !== 'string' || whose.has(id)
}
