import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { everything, isOld, oneOf, wordsOf } from './table'

/** Every kind of event there is, as the API's document shows them. */
function kinds(): string[] {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../../openapi/admin.json'), 'utf8'))
  const examples = document.paths['/api/admin/v1/webhooks'].get.responses['200'].content['application/json'].examples
  const all = Object.values(examples as Record<string, { value: { events: { type: string }[] } }>).find((e) => e.value.events)
  return all!.value.events.map((e) => e.type)
}

/** The first words of all paths that are read. */
function words(): Set<string> {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../../openapi/admin.json'), 'utf8'))
  return new Set(Object.keys(document.paths).map((path) => path.split('/')[4]!))
}

// What happens so, changes nothing that the desk shows.
const silent = ['mail.sent', 'cache.purge']

test('every kind of event refreshes something, and nothing that there is not', () => {
  const known = words()
  const all = kinds()
  expect(all.length).toBeGreaterThan(50)
  for (const kind of all) {
    const own = wordsOf(kind).filter((w) => w !== 'journal' && w !== 'webhooks')
    expect(own.length > 0, kind).toBe(!silent.includes(kind))
    for (const word of wordsOf(kind)) expect(known.has(word), `${kind}: ${word}`).toBe(true)
    expect(new Set(own).size, kind).toBe(own.length)
  }
  expect(wordsOf('note.published')).toEqual(expect.arrayContaining(['notes', 'calendar', 'notifications', 'journal']))
  expect(wordsOf('member.deleted')).toEqual(expect.arrayContaining(['members', 'leads', 'shared-accounts']))
})

test('an event about a note leaves the others alone, and refreshes all lists', () => {
  const note = { kind: 'note', id: 'a' }
  expect(oneOf('notes', note)).toBe('a')
  expect(oneOf('calendar', note)).toBeUndefined()
  const whose = new Set(['a'])
  expect(isOld(['notes', 'GET /notes/{id}', { id: 'a' }, null], 'notes', whose)).toBe(true)
  expect(isOld(['notes', 'GET /notes/{id}', { id: 'b' }, null], 'notes', whose)).toBe(false)
  expect(isOld(['notes', 'GET /notes', null, { limit: 50 }, 'pages'], 'notes', whose)).toBe(true)
  expect(isOld(['members', 'GET /members/{id}/timeline', 'b'], 'members', whose)).toBe(false)
  expect(isOld(['members', 'GET /members/{id}/timeline', 'b'], 'members', 'all')).toBe(true)
  expect(isOld(['calendar', 'GET /calendar', null, null], 'notes', 'all')).toBe(false)
})

test('what was missed may be anything, but not who is signed in', () => {
  expect(isOld(['notes', 'GET /notes/{id}', { id: 'a' }, null], everything, 'all')).toBe(true)
  expect(isOld(['session', 'me'], everything, 'all')).toBe(false)
})
