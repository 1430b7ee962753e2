import { afterEach, expect, test, vi } from 'vitest'
import { address, api, listen } from './client'
import { Problem, Unreachable, fieldMessages, passing, sentence } from './problem'

afterEach(() => vi.unstubAllGlobals())

function answerWith(status: number, body?: unknown, headers: Record<string, string> = {}) {
  const fetch = vi.fn(async (_address: string, _init: RequestInit) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}

test('parameters are escaped, and empty ones left out', () => {
  expect(address('GET /notes/{id}', { id: 'a/b' }, { title: 'a b&c', status: undefined, kind: '' })).toBe('/api/admin/v1/notes/a%2Fb?title=a+b%26c')
})

test('a change carries the version it was made from', async () => {
  const fetch = answerWith(200, { id: '1', version: 8 })
  const note = await api('PATCH /notes/{id}', { path: { id: '1' }, body: { title: 'New' }, ifMatch: 7 })
  expect(note.version).toBe(8)
  const init = fetch.mock.calls[0]![1]
  expect(init.method).toBe('PATCH')
  expect(init.headers).toMatchObject({ 'If-Match': '"7"', 'Content-Type': 'application/json' })
  expect(init.body).toBe('{"title":"New"}')
})

test('a create carries its key', async () => {
  const fetch = answerWith(201, { id: '1' })
  await api('POST /notes', { body: { title: 'A' }, idempotencyKey: 'once' })
  expect(fetch.mock.calls[0]![1].headers).toMatchObject({ 'Idempotency-Key': 'once' })
})

test('an empty answer is undefined', async () => {
  answerWith(204)
  expect(await api('DELETE /session')).toBeUndefined()
})

test('a refusal keeps code, fields and the current version', async () => {
  answerWith(412, { code: 'stale_version', detail: 'Changed meanwhile.', current: '"9"', errors: [{ pointer: '/contact/email', code: 'bad', detail: 'Not an address.' }] })
  const error = await api('GET /catalogue').catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Problem)
  expect(error).toMatchObject({ status: 412, code: 'stale_version', current: '"9"' })
  expect(sentence(error)).toBe('Changed meanwhile. Not an address.')
  expect(fieldMessages(error)).toEqual({ 'contact.email': 'Not an address.' })
  expect(passing(error)).toBe(false)
})

test('an ended session is told to listeners, but not by sign-in itself', async () => {
  const heard: string[] = []
  const stop = listen((e) => heard.push(e))
  answerWith(401, { code: 'sign_in_required' })
  await api('GET /catalogue').catch(() => {})
  expect(heard).toEqual(['reachable', 'signed-out'])
  await api('POST /session', { body: { email: 'a', password: 'b' }, quiet: true }).catch(() => {})
  expect(heard).toEqual(['reachable', 'signed-out', 'reachable'])
  stop()
})

test('a dead network and a dead server behind a proxy are the same', async () => {
  vi.stubGlobal('fetch', vi.fn(async () => { throw new TypeError('failed') }))
  await expect(api('GET /catalogue')).rejects.toBeInstanceOf(Unreachable)
  answerWith(502)
  const error = await api('GET /catalogue').catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Unreachable)
  expect(passing(error)).toBe(true)
})

test('a page that is not JSON still is a refusal', async () => {
  vi.stubGlobal('fetch', vi.fn(async () => new Response('<h1>No</h1>', { status: 503, headers: { 'Retry-After': '7' } })))
  const error = await api('GET /catalogue').catch((e: unknown) => e)
  expect(error).toMatchObject({ status: 503, code: 'unknown', retryAfter: 7 })
  expect(passing(error)).toBe(true)
})
