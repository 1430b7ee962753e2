import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { createContentClient, createMember, isProblem, memoryStorage, Unreachable, WrongBrowser } from '@lighttrends/sdk'
import { json, problem, server } from './server.mjs'

const url = 'https://notes.example.com'
const returnTo = 'https://www.example.com/signed-in'
const pair = (n, more) => json({ access_token: `a${n}`, refresh_token: `r${n}`, token_type: 'Bearer', expires_in: 900, mode: 'tokens', session: 's', ...more }, 201)
const asks = () => json({ request: 'req', expires_at: '2026-01-01T00:00:00Z' }, 202)
const make = (s, more) => createMember({ url, key: 'lt_content_x', returnTo, fetch: s.fetch, ...more })
const told = (r) => JSON.parse(r.body)

async function signedIn(...answers) {
  const s = server(asks(), pair(1, { new: false }), ...answers)
  const storage = memoryStorage()
  const member = make(s, { storage })
  await member.startSignIn({ email: 'ada@example.com' })
  await member.enterCode('123456')
  s.asked.length = 0
  return { s, member, storage }
}

test('a link signs in the browser that asked for it, and brings its state back', async () => {
  const s = server(asks(), pair(1, { new: true }))
  const member = make(s)
  let changes = 0
  member.onChange(() => changes++)
  assert.equal(await member.signedIn(), false)
  await member.startSignIn({ email: 'ada@example.com', name: 'Ada', state: '/notes/a' })
  const asked = told(s.asked[0])
  assert.equal(asked.email, 'ada@example.com')
  assert.equal(asked.return_to, returnTo)
  assert.equal(s.asked[0].headers['X-Api-Key'], 'lt_content_x')
  const back = `${returnTo}?code=c1&state=${asked.state}`
  const twice = await Promise.all([member.finishSignIn(back), member.finishSignIn(new URL(back))])
  assert.deepEqual(twice, [{ new: true, state: '/notes/a' }, { new: true, state: '/notes/a' }])
  assert.equal(s.asked.length, 2, 'a page that is drawn twice spends the code once')
  const spent = told(s.asked[1])
  assert.equal(spent.code, 'c1')
  assert.equal(createHash('sha256').update(spent.code_verifier).digest('base64url'), asked.code_challenge)
  assert.ok(!JSON.stringify(asked).includes(spent.code_verifier))
  assert.equal(await member.token(), 'a1')
  assert.equal(changes, 1)
})

test('an address without a code is nothing to finish', async () => {
  assert.equal(await make(server()).finishSignIn(returnTo), undefined)
})

test('a link of another browser, or one that somebody made up, signs nobody in', async () => {
  const s = server(asks(), pair(1, { new: false }))
  await assert.rejects(make(s).finishSignIn(`${returnTo}?code=c&state=x`), WrongBrowser)
  const member = make(s)
  await member.startSignIn({ email: 'ada@example.com' })
  await assert.rejects(member.finishSignIn(`${returnTo}?code=c&state=other`), WrongBrowser)
  assert.equal(s.asked.length, 1)
  assert.equal(await member.signedIn(), false)
})

test('a link that could not be sent is sent again, one that was refused is not forgotten', async () => {
  const s = server(asks(), new TypeError('down'), pair(1, { new: false }))
  const member = make(s)
  await member.startSignIn({ email: 'ada@example.com' })
  const back = `${returnTo}?code=c1&state=${told(s.asked[0]).state}`
  await assert.rejects(member.finishSignIn(back), Unreachable)
  assert.deepEqual(await member.finishSignIn(back), { new: false })
  assert.equal(await member.token(), 'a1')
})

test('a code signs in without a return address, too', async () => {
  const s = server(asks(), problem(401, 'code_wrong'), pair(1, { new: false }))
  const member = make(s, { returnTo: undefined })
  await member.startSignIn({ email: 'ada@example.com' })
  assert.deepEqual(told(s.asked[0]), { email: 'ada@example.com' })
  await assert.rejects(member.enterCode('000000'), (e) => isProblem(e, 'code_wrong'))
  await member.enterCode('123 456')
  assert.deepEqual(told(s.asked[2]), { request: 'req', code: '123 456', mode: 'tokens' })
  assert.equal(await member.signedIn(), true)
})

test('a page that is loaded again is still signed in', async () => {
  const { s, storage } = await signedIn(json({ email: 'ada@example.com', plans: [] }))
  const again = make(s, { storage })
  assert.equal((await again.me()).email, 'ada@example.com')
  assert.equal(s.asked[0].headers.Authorization, 'Bearer a1')
})

test('calls that are refused at once renew once and go on', async () => {
  let newest = 1
  const { member, s } = await signedIn((r) => {
    if (r.address.endsWith('/tokens/refresh')) return pair(++newest)
    return r.headers.Authorization === `Bearer a${newest}` && newest > 1 ? json({ email: 'ada@example.com' }) : problem(401, 'token_expired')
  })
  const all = await Promise.all(Array.from({ length: 8 }, () => member.me()))
  assert.equal(all.length, 8)
  const refreshes = s.asked.filter((r) => r.address.endsWith('/tokens/refresh'))
  assert.equal(refreshes.length, 1)
  assert.deepEqual(told(refreshes[0]), { refresh_token: 'r1' })
  assert.match(refreshes[0].headers['Idempotency-Key'], /^[\w-]{43}$/)
})

test('an answer that was lost is asked for again by the same name', async () => {
  const { member, s } = await signedIn(problem(401, 'token_expired'), new TypeError('lost'), problem(401, 'token_expired'), pair(2), json({ email: 'a' }))
  await assert.rejects(member.me(), Unreachable)
  assert.equal(await member.signedIn(), true)
  assert.equal((await member.me()).email, 'a')
  const names = s.asked.filter((r) => r.address.endsWith('/tokens/refresh')).map((r) => r.headers['Idempotency-Key'])
  assert.equal(names.length, 2)
  assert.equal(names[0], names[1])
})

test('a tab that comes too late takes what the other wrote', async () => {
  const { member, storage } = await signedIn(problem(401, 'token_expired'), problem(409, 'refresh_raced'), json({ email: 'a' }))
  setTimeout(() => storage.setItem('lighttrends', JSON.stringify({ access: 'a2', refresh: 'r2', until: Date.now() + 900_000 })), 50)
  assert.equal((await member.me()).email, 'a')
  assert.equal(await member.token(), 'a2')
})

test('a session that ended elsewhere ends here, and reading goes on as a stranger', async () => {
  const note = { slug: 'a', access: { decision: 'preview', reason: 'sign_in_required', unlock: [] } }
  const { member, s } = await signedIn(problem(401, 'token_expired'), problem(401, 'session_invalid'), json(note))
  let changes = 0
  member.onChange(() => changes++)
  const content = createContentClient({ url, key: 'lt_content_x', fetch: s.fetch, member })
  assert.equal((await content.notes.get('a')).decision, 'preview')
  assert.equal(await member.signedIn(), false)
  assert.equal(changes, 1)
  assert.equal(s.asked.at(-1).headers.Authorization, undefined)
})

test('signing out ends the session here at once, and on the server', async () => {
  const { member, s, storage } = await signedIn(new Response(null, { status: 204 }))
  await member.signOut()
  assert.deepEqual(told(s.asked[0]), { refresh_token: 'r1' })
  assert.ok(s.asked[0].address.endsWith('/api/member/v1/tokens/revoke') && s.asked[0].keepalive)
  assert.equal(await storage.getItem('lighttrends'), null)
  await member.signOut()
  assert.equal(s.asked.length, 1, 'who is out is out')
  const dead = await signedIn(new TypeError('down'))
  await assert.rejects(dead.member.signOut(), Unreachable)
  assert.equal(await dead.member.signedIn(), false)
})

test('with a cookie no token is kept anywhere', async () => {
  const s = server(asks(), json({ expires_at: '', session: 's', mode: 'cookie', new: false }, 201), json({ email: 'a' }), problem(401, 'sign_in_required'))
  const storage = memoryStorage()
  const member = make(s, { mode: 'cookie', storage })
  await member.startSignIn({ email: 'ada@example.com' })
  await member.enterCode('123456')
  assert.equal(told(s.asked[1]).mode, 'cookie')
  assert.equal(await storage.getItem('lighttrends'), null)
  assert.equal(await member.signedIn(), true)
  assert.equal(await member.signedIn(), false)
  assert.ok(s.asked.every((r) => r.credentials === 'include' && !r.headers.Authorization))
})

test('a server says for whom it asks, at every call, and in what it reads for a member', async () => {
  const s = server(asks(), pair(1, { new: false }), json({ id: 'm' }), json({ slug: 'a', access: { decision: 'preview' } }), pair(2), json({ notes: [] }))
  const visitor = { serverKey: 'lt_server_x', address: '203.0.113.7', userAgent: 'Firefox' }
  const member = make(s, { visitor })
  await member.startSignIn({ email: 'ada@example.com' })
  await member.enterCode('123456')
  await member.me()
  const content = createContentClient({ url, key: 'lt_content_x', member, fetch: s.fetch })
  await content.notes.get('a')
  await member.renew('a1')
  assert.equal(s.asked.length, 5)
  for (const { address, headers } of s.asked) {
    assert.deepEqual([headers['X-Server-Key'], headers['X-Visitor-Address'], headers['User-Agent']], ['lt_server_x', '203.0.113.7', 'Firefox'], address)
    assert.equal(headers['X-Api-Key'], 'lt_content_x')
  }
  await createContentClient({ url, key: 'lt_content_x', fetch: s.fetch }).notes.list()
  assert.deepEqual(Object.keys(s.asked[5].headers).filter((h) => /server|visitor|agent/i.test(h)), [], 'nothing of it where nobody is asked for')
})
