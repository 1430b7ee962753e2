import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Stored } from './stored'

const kept = vi.hoisted(() => ({ records: [] as Stored[] }))
vi.mock('./stored', () => ({
  allKept: async (person: string) => kept.records.filter((r) => r.person === person),
  dropRecord: async (gone: Stored) => void (kept.records = kept.records.filter((r) => r !== gone)),
}))
const { sendKept } = await import('./outbox')
const { openNotes } = await import('./open-notes')

const fields = { title: 'T', slug: 't', kind: 'data', abstract: '', body: 'old', series: '', issue: '', position: 0, authors: [], topics: [], gate: 'paid', gate_plans: [], cover: '', cover_alt: '', seo_title: '', seo_description: '' }
const record = (note: string, version = 3): Stored => ({ person: 'p', note, version, base: fields, local: { ...fields, body: 'new ' + note }, at: 0 })
let answers: Record<string, number>
beforeEach(() => {
  answers = {}
  vi.stubGlobal('fetch', vi.fn(async (address: string) => {
    const status = answers[address.split('/').pop()!] ?? 200
    if (status === 0) throw new TypeError('no network')
    return new Response(JSON.stringify(status === 412 ? { code: 'stale_version' } : {}), { status })
  }))
})
afterEach(() => {
  vi.unstubAllGlobals()
  openNotes.clear()
})
const left = () => kept.records.map((r) => r.note)

test('what was kept is sent with the version it was made from, and forgotten', async () => {
  kept.records = [record('a'), { ...record('b'), person: 'somebody else' }]
  expect((await sendKept('p')).sent.map((s) => s.note)).toEqual(['a'])
  expect(left()).toEqual(['b'])
  const [, init] = vi.mocked(fetch).mock.calls[0]!
  expect(init).toMatchObject({ method: 'PATCH', body: '{"body":"new a","autosave":true}', headers: { 'If-Match': '"3"' } })
})

test('a note that is open, or was changed by somebody else, is left alone', async () => {
  kept.records = [record('open'), record('stale'), record('known', -1)]
  openNotes.set('open', undefined)
  answers = { stale: 412 }
  const { sent, waiting } = await sendKept('p')
  expect(sent).toEqual([])
  expect(waiting.map((w) => w.note)).toEqual(['stale', 'known'])
  expect(left()).toEqual(['open', 'stale', 'known'])
})

test('a note that is about to be opened is left to the page that opens it', async () => {
  kept.records = [record('a'), record('b')]
  expect((await sendKept('p', (note) => note === 'a')).sent.map((s) => s.note)).toEqual(['b'])
  expect(left()).toEqual(['a'])
})

test('while the server is away nothing is forgotten', async () => {
  kept.records = [record('a'), record('b')]
  answers = { a: 0 }
  expect(await sendKept('p')).toEqual({ sent: [], waiting: [] })
  expect(left()).toEqual(['a', 'b'])
})

test('two pages that kept the same note: the newer is sent, the other waits until it is opened', async () => {
  kept.records = [{ ...record('a'), page: 'two' }, { ...record('a'), page: 'one', at: 1 }]
  let sent = 0
  vi.stubGlobal('fetch', vi.fn(async () => (sent++ === 0 ? new Response('{}') : new Response(JSON.stringify({ code: 'stale_version' }), { status: 412 }))))
  const out = await sendKept('p')
  expect([out.sent, out.waiting].map((l) => l.map((r) => r.page))).toEqual([['one'], ['two']])
  expect(kept.records.map((r) => r.page)).toEqual(['two'])
})
