import { beforeEach, expect, test, vi } from 'vitest'
import { act, lastAct, sentence, undo, type Chosen } from './bulk'

const notes = (n: number): Chosen[] => Array.from({ length: n }, (_, i) => ({ id: `n${i}`, version: 1, title: `Note ${i}`, status: 'draft', changed: false }))
const asked: { url: string; body: { act?: string; notes?: { id: string }[] }; key: string | null }[] = []
let answers: unknown[] = []

beforeEach(() => {
  asked.length = 0
  lastAct.set(undefined)
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, body: JSON.parse((init.body as string | undefined) ?? '{}'), key: new Headers(init.headers).get('Idempotency-Key') })
    const next = answers.shift()
    if (next instanceof Error) throw next
    return new Response(JSON.stringify(next), { status: 200, headers: { 'Content-Type': 'application/json' } })
  })
})

const did = (from: number, to: number, refuse?: number) => ({
  act: 'x', reversible: true, results: notes(to).slice(from).map((n, i) => (from + i === refuse ? { id: n.id, outcome: 'refused', code: 'note_is_live', detail: 'Readers see it.' } : { id: n.id, outcome: 'done', version: 2 })),
})

test('many notes go by the hundred under one name, each hundred with a key of its own', async () => {
  answers = [did(0, 100), did(100, 150, 120)]
  const out = await act('Archive', notes(150), { action: 'archive' }, () => {}, 'name')
  expect(asked.map((a) => [a.body.act, a.body.notes!.length, a.key])).toEqual([['name', 100, 'name-0'], ['name', 50, 'name-100']])
  expect(out).toMatchObject({ done: 149, refused: [{ title: 'Note 120', why: 'Readers see it.' }], reversible: true })
  expect(sentence(out)).toBe('Archive: 149 notes, 1 refused.')
  expect(lastAct.get()).toBe(out)
})

test('what was done before it broke off can be taken back', async () => {
  answers = [did(0, 100), new TypeError('lost')]
  await expect(act('Archive', notes(150), { action: 'archive' }, () => {}, 'name')).rejects.toThrow()
  expect(lastAct.get()).toMatchObject({ done: 100, act: 'name', reversible: true })
})

test('taking back goes on until nothing is left', async () => {
  answers = [{ results: did(0, 100).results, left: 50 }, { results: did(100, 150, 120).results, left: 0 }]
  const out = await undo({ label: 'Archive', act: 'name', reversible: true, done: 150, unchanged: 0, refused: [] })
  expect(asked).toHaveLength(2)
  expect(sentence(out)).toBe('Took back “Archive”: 149 notes, 1 not taken back.')
})
