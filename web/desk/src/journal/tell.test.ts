import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JournalEntry } from '../api/types'
import { queryOf } from './search'
import { tell } from './tell'
import { kinds, sentences } from './words'

const entry = (over: Partial<JournalEntry>): JournalEntry => ({
  id: 'e', at: '2026-03-01T12:00:00Z', verb: 'note.published', subject: 'note', subject_id: 'n1', actor_kind: 'staff', actor_name: 'Ana', payload: {}, ...over,
})
const said = (over: Partial<JournalEntry>, names = new Map<string, string>()) => tell(entry(over), names).map((p) => p.text).join('')

test('an entry reads as a sentence', () => {
  expect(said({ payload: { title: 'Film' } })).toBe('Ana published the note Film')
  expect(said({ verb: 'staff.disabled', subject: 'staff', subject_id: 's1' }, new Map([['s1', 'Ben']]))).toBe('Ana suspended Ben')
  expect(said({ verb: 'redirect.created', subject: 'redirect', payload: { from: '/old', to: '/new' } })).toBe('Ana made the redirect /old')
})

test('a merger says what stays', () => {
  expect(said({ verb: 'topic.merged', subject: 'topic', subject_id: 'films', payload: { name: 'Films', into: 'film', into_name: '$& Film' } })).toBe('Ana merged the topic Films into “$& Film”')
})

test('what nobody has words for is told all the same', () => {
  expect(said({ verb: 'thing.taken_apart', subject: 'thing', subject_id: '7', actor_kind: 'system', actor_name: '' })).toBe('The system: thing taken apart 7')
})

test('the last day is included', () => {
  const q = queryOf({ from: '2026-02-28', to: '2026-02-28' })
  expect(new Date(q.to!).getTime() - new Date(q.from!).getTime()).toBe(86_400_000)
  expect(queryOf({ from: 'nonsense' }).from).toBeUndefined()
})

test('every verb in the source of the rooms has a sentence', () => {
  const rooms = join(import.meta.dirname, '../../../../internal/domain')
  const files = readdirSync(rooms, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.go') && !f.endsWith('_test.go'))
  expect(files.length).toBeGreaterThan(50)
  const source = files.map((f) => readFileSync(join(rooms, f), 'utf8'))
  // What something happens to, as the rooms write it, and what the filter knows.
  const subjects = source.flatMap((s) => [...s.matchAll(/Subject: +"([a-z_]+)"/g)].map((m) => m[1]!))
  const nouns = [...new Set([...subjects, ...Object.keys(kinds).map((k) => k.slice(0, -1))])].join('|')
  const jobs = new Set(['media.widths', 'media.card', 'media.sweep', 'webhook.deliver', 'webhook.paused_letter', 'webhook.prune', 'webhook.test'])
  const stripe = new Set(['subscription.id', 'subscription.status', 'subscription.default_payment_method'])
  const others = new Set(['journal.read', 'webhook.events', 'webhook.endpoints']) // a scope of keys, words between nodes
  // Words for readers, asked for by Text("note.by"), are no verbs.
  const found = new Set(source.flatMap((s) => [...s.matchAll(new RegExp(`(?<!\\.Text\\()"((?:${nouns})\\.[a-z_]+)"`, 'g'))].map((m) => m[1]!)))
  expect([...found].filter((v) => !jobs.has(v) && !stripe.has(v) && !others.has(v) && !sentences[v])).toEqual([])
  expect(found.size).toBeGreaterThan(40)
})
