import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createContentClient, isPassing, isProblem, Problem, Unreachable } from '@lighttrends/sdk'
import { createAdminClient } from '@lighttrends/sdk/admin'
import { json, problem, server } from './server.mjs'

const url = 'https://notes.example.com/'
const open = { slug: 'a', text: { html: '<p>All</p>', contents: [] }, access: { decision: 'full', reason: 'public', unlock: [] } }
const closed = { slug: 'b', access: { decision: 'preview', reason: 'subscription_required', unlock: ['subscribe'] } }
const client = (s, more) => createContentClient({ url, key: 'lt_content_x', fetch: s.fetch, ...more })

test('a note says at its top whether the text is there', async () => {
  const s = server(json(open), json(closed))
  const content = client(s)
  const [a, b] = [await content.notes.get('a/b'), await content.notes.get('b')]
  assert.equal(a.decision === 'full' && a.text.html, '<p>All</p>')
  assert.equal(b.decision, 'preview')
  assert.deepEqual(b.access.unlock, ['subscribe'])
  assert.equal(s.asked[0].address, 'https://notes.example.com/api/content/v1/notes/a%2Fb')
  assert.equal(s.asked[0].headers['X-Api-Key'], 'lt_content_x')
  assert.equal(s.asked[0].headers.Authorization, undefined)
  assert.equal(s.asked[0].credentials, 'omit')
})

test('a list is its first page, or all of its items', async () => {
  const pages = { '': { notes: [1, 2], next: 'x' }, x: { notes: [3], next: 'y' }, y: { notes: [] } }
  const s = server((r) => json(pages[new URL(r.address).searchParams.get('cursor') ?? '']))
  const list = client(s).notes.list({ topic: 'optics', limit: 2 })
  assert.equal(s.asked.length, 0, 'nothing is asked before it is needed')
  assert.deepEqual(await list, pages[''])
  const all = []
  for await (const note of list) all.push(note)
  assert.deepEqual(all, [1, 2, 3])
  assert.equal(s.asked.at(-1).address, 'https://notes.example.com/api/content/v1/notes?topic=optics&limit=2&cursor=y')
  const before = s.asked.length
  for await (const note of list) if (note === 2) break
  assert.equal(s.asked.length, before + 1, 'who stops early asks no further')
})

test('a server that answers the same page for ever ends the list', async () => {
  const s = server(() => json({ notes: [1], next: 'x' }))
  let n = 0
  for await (const _ of client(s).notes.list()) n++
  assert.equal(n, 2)
})

test('fields and formats go along, lists by name come whole', async () => {
  const s = server(json({ notes: [{ slug: 'a' }] }), json({ ...closed, teaser: { text: 'Open.' } }), json({ topics: [{ slug: 'optics' }] }))
  const content = client(s)
  assert.deepEqual((await content.notes.list({ fields: ['slug', 'title'], filter: 'minutes <= 5' })).notes, [{ slug: 'a' }])
  assert.equal((await content.notes.get('b', { format: 'text' })).teaser.text, 'Open.')
  assert.equal((await content.topics())[0].slug, 'optics')
  assert.equal(new URL(s.asked[0].address).searchParams.get('fields'), 'slug,title')
  assert.equal(new URL(s.asked[1].address).searchParams.get('format'), 'text')
})

test('changes are followed to today, and go on another day', async () => {
  const pages = { '': { changes: [1], next: 'a', more: true }, a: { changes: [2], next: 'b', more: false }, b: { changes: [], next: 'b', more: false } }
  const s = server((r) => json(pages[new URL(r.address).searchParams.get('since') ?? '']))
  let since
  const seen = []
  for await (const page of client(s).changes()) { seen.push(...page.changes); since = page.next }
  for await (const page of client(s).changes(since)) seen.push(...page.changes)
  assert.deepEqual([seen, since, s.asked.length], [[1, 2], 'b', 3])
})

test('faults are of a kind', async () => {
  const s = server(problem(422, 'invalid_input', { errors: [{ pointer: 'topic', code: 'unknown', detail: 'There is no such topic.' }], request_id: 'r' }), new TypeError('down'), new Response('', { status: 502 }), new Response('<h1>', { status: 500 }))
  const content = client(s, { retries: 0 })
  const fail = () => content.notes.list().then(() => assert.fail(), (e) => e)
  const refused = await fail()
  assert.ok(refused instanceof Problem && isProblem(refused, 'invalid_input') && !isProblem(refused, 'other') && !isPassing(refused))
  assert.equal(refused.field('topic'), 'There is no such topic.')
  assert.equal(refused.requestId, 'r')
  const down = await fail()
  assert.ok(down instanceof Unreachable && down.cause instanceof TypeError && isPassing(down))
  assert.ok(await fail() instanceof Unreachable)
  const odd = await fail()
  assert.ok(isProblem(odd, 'unknown') && odd.status === 500)
})

test('what passes is tried again, what does not is not', async () => {
  const s = server(problem(503, 'busy', {}, { 'Retry-After': '0.01' }), new TypeError('down'), json(open))
  assert.equal((await client(s).notes.get('a')).slug, 'a')
  assert.equal(s.asked.length, 3)
  const never = server(() => problem(404, 'note_not_found'))
  await assert.rejects(client(never).notes.get('a'), (e) => isProblem(e, 'note_not_found'))
  assert.equal(never.asked.length, 1)
  const long = server(() => problem(429, 'too_many', {}, { 'Retry-After': '3600' }))
  await assert.rejects(client(long).notes.get('a'), (e) => e.retryAfter === 3600)
  assert.equal(long.asked.length, 1)
})

test('an answer that breaks off is no answer', async () => {
  const broken = () => new Response(new ReadableStream({ start: (c) => c.error(new TypeError('terminated')) }), { headers: { 'Content-Type': 'application/json' } })
  await assert.rejects(client(server(broken), { retries: 0 }).notes.get('a'), Unreachable)
  assert.equal((await client(server(broken(), json(open))).notes.get('a')).slug, 'a')
})

test('a parameter cannot lead to another operation', async () => {
  const s = server(() => json(open))
  for (const slug of ['', '.', '..']) await assert.rejects(client(s).notes.get(slug), TypeError)
  assert.equal(s.asked.length, 0)
})

test('who stops waiting hears it at once', async () => {
  const s = server(() => problem(503, 'busy', {}, { 'Retry-After': '20' }))
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 20)
  await assert.rejects(client(s).notes.get('a', {}, { signal: stop.signal }), { name: 'AbortError' })
})

test('a member reads with a token, and as a stranger when it is over', async () => {
  const s = server(json(open), problem(401, 'token_expired'), json(open), problem(401, 'token_expired'), json(closed))
  let token = 'one'
  const member = { token: async () => token, renew: async (stale) => (stale === 'one' ? (token = 'two') : undefined) }
  const content = client(s).as(member)
  await content.notes.get('a')
  assert.equal((await content.notes.get('a')).decision, 'full')
  assert.equal((await content.notes.get('a')).decision, 'preview')
  assert.deepEqual(s.asked.map((r) => r.headers.Authorization), ['Bearer one', 'Bearer one', 'Bearer two', 'Bearer two', undefined])
})

test('a cookie goes along where the member has one', async () => {
  const s = server(() => json(open))
  await client(s).as({ token: async () => undefined, cookie: true }).notes.get('a')
  assert.equal(s.asked[0].credentials, 'include')
})

test('the Admin API is called by the names of its operations', async () => {
  const s = server(json({ id: '1', version: 8 }), new Response(null, { status: 204 }), new Response('%PDF', { headers: { 'Content-Type': 'application/pdf' } }))
  const admin = createAdminClient({ url, key: 'lt_admin_x', fetch: s.fetch })
  const note = await admin('PATCH /notes/{id}', { path: { id: '1' }, body: { title: 'New' }, ifMatch: '"7"', idempotencyKey: 'once' })
  assert.equal(note.version, 8)
  assert.equal(await admin('DELETE /session'), undefined)
  assert.equal(await (await admin('GET /session')).text(), '%PDF')
  const [first] = s.asked
  assert.equal(first.method, 'PATCH')
  assert.equal(first.body, '{"title":"New"}')
  assert.deepEqual(first.headers, { Accept: 'application/json, */*;q=0.5', Authorization: 'Bearer lt_admin_x', 'If-Match': '"7"', 'Idempotency-Key': 'once', 'Content-Type': 'application/json' })
})
