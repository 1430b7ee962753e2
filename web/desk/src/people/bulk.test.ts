import { beforeEach, expect, test, vi } from 'vitest'
import { act, sentence } from './bulk'

const asked: { body: { members: string[]; action: string; plan?: string }; key: string | null }[] = []
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const body = JSON.parse(init.body as string) as { members: string[]; action: string }
    asked.push({ body, key: new Headers(init.headers).get('Idempotency-Key') })
    const results = body.members.map((id) => (id === 'm120' ? { id, outcome: 'refused', code: 'member_not_found', detail: 'There is no such member.' } : { id, outcome: id === 'm7' ? 'unchanged' : 'done' }))
    return new Response(JSON.stringify({ results }), { status: 200, headers: { 'Content-Type': 'application/json' } })
  })
})

test('many members go by the hundred, each hundred with a key of its own', async () => {
  const members = Array.from({ length: 130 }, (_, i) => ({ id: `m${i}`, email: `m${i}@example.com` }))
  const seen: number[] = []
  const out = await act('End access', members, { action: 'end_access', plan: 'reader' }, 'name', (n) => seen.push(n))
  expect(asked.map((a) => [a.body.members.length, a.body.action, a.body.plan, a.key])).toEqual([[100, 'end_access', 'reader', 'name-0'], [30, 'end_access', 'reader', 'name-100']])
  expect(seen).toEqual([100, 130])
  expect(out.refused).toEqual([{ email: 'm120@example.com', why: 'There is no such member.' }])
  expect(sentence(out)).toBe('End access: 128 members, 1 had none, 1 refused.')
})
