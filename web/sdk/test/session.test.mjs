import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { Problem, Unreachable } from '@lighttrends/sdk'
import { makeProof } from '../dist/pkce.js'
import { createSession, memoryStorage } from '../dist/session.js'

const minute = 60_000
const pair = (n, until) => ({ access: `a${n}`, refresh: `r${n}`, until })

// A server that ends the family when a refresh token comes back.
function family(delay = 5) {
  let newest = 0
  const seen = []
  return {
    seen,
    exchange: async (refresh) => {
      seen.push(refresh)
      await new Promise((done) => setTimeout(done, delay))
      if (refresh !== `r${newest}`) throw new Problem(401, { code: 'session_ended' })
      newest++
      return pair(newest, Date.now() + 15 * minute)
    },
  }
}

// The lock that tabs of one browser share.
function sharedLock() {
  let last = Promise.resolve()
  return (_, work) => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
}

async function begin(more = {}) {
  const f = family()
  const storage = memoryStorage()
  const session = createSession({ storage, name: 'lt', exchange: f.exchange, ...more })
  await session.keep(pair(0, 0))
  return { ...f, storage, session }
}

test('many requests at once renew once', async () => {
  const { session, seen } = await begin()
  const tokens = await Promise.all(Array.from({ length: 20 }, () => session.token()))
  assert.deepEqual(new Set(tokens), new Set(['a1']))
  assert.deepEqual(seen, ['r0'])
  assert.equal(await session.token(), 'a1')
  assert.deepEqual(seen, ['r0'], 'a good token is not renewed')
})

test('many requests that are refused at once renew once', async () => {
  const { session, seen } = await begin()
  await session.token()
  const tokens = await Promise.all([...Array.from({ length: 10 }, () => session.renew('a1')), session.token()])
  assert.deepEqual(tokens.slice(0, 10), Array(10).fill('a2'))
  assert.equal(await session.renew('a1'), 'a2', 'one that comes late gets what is there')
  assert.deepEqual(seen, ['r0', 'r1'])
})

test('two tabs do not end each other', async () => {
  const lock = sharedLock()
  const { session, seen, storage, exchange } = await begin({ lock })
  const tab = createSession({ storage, name: 'lt', exchange, lock })
  assert.deepEqual(await Promise.all([session.token(), tab.token()]), ['a1', 'a1'])
  assert.deepEqual(seen, ['r0'])
})

test('a session that is over is dropped and told', async () => {
  const { session, storage } = await begin()
  await session.keep(pair(9, 0))
  let told = 0
  session.onChange(() => told++)
  assert.equal(await session.token(), undefined)
  assert.equal(await storage.getItem('lt'), null)
  assert.equal(told, 1)
  assert.equal(await session.token(), undefined)
})

test('a dead network ends no session', async () => {
  let down = true
  const storage = memoryStorage()
  const session = createSession({ storage, name: 'lt', exchange: async () => { if (down) throw new Unreachable(); return pair(1, Date.now() + minute) } })
  await session.keep(pair(0, 0))
  await assert.rejects(session.token(), Unreachable)
  down = false
  assert.equal(await session.token(), 'a1')
})

test('who signs out while tokens are renewed stays out', async () => {
  const { session, storage } = await begin()
  const renewing = session.token()
  await new Promise((done) => setTimeout(done, 1))
  await session.drop()
  assert.equal(await renewing, undefined)
  assert.equal(await storage.getItem('lt'), null)
})

test('who signs in elsewhere while tokens are renewed is not thrown out again', async () => {
  const { session, storage, exchange } = await begin()
  const tab = createSession({ storage, name: 'lt', exchange })
  const renewing = session.token()
  await new Promise((done) => setTimeout(done, 1))
  await tab.keep({ access: 'another', refresh: 'theirs', until: Date.now() + 15 * minute })
  assert.equal(await renewing, 'another')
  assert.equal(JSON.parse(await storage.getItem('lt')).refresh, 'theirs')
})

test('a storage that is cleared while tokens are renewed stays empty', async () => {
  const { session, storage } = await begin()
  const renewing = session.token()
  await new Promise((done) => setTimeout(done, 1))
  await storage.removeItem('lt')
  assert.equal(await renewing, undefined)
  assert.equal(await storage.getItem('lt'), null)
})

test('signing out does not wait for a server that does not answer', async () => {
  const storage = memoryStorage()
  const session = createSession({ storage, name: 'lt', lock: sharedLock(), exchange: () => new Promise(() => {}) })
  await session.keep(pair(0, 0))
  void session.token()
  await new Promise((done) => setTimeout(done, 1))
  await session.drop()
  assert.equal(await storage.getItem('lt'), null)
})

test('the end of the session is heard when the whole storage is cleared', async () => {
  const { session } = await begin()
  const was = [globalThis.addEventListener, globalThis.removeEventListener]
  let hear
  globalThis.addEventListener = (_, listener) => { hear = listener }
  globalThis.removeEventListener = () => { hear = undefined }
  try {
    let told = 0
    const stop = session.onChange(() => told++)
    hear({ key: 'another' })
    assert.equal(told, 0)
    hear({ key: 'lt' })
    hear({ key: null })
    assert.equal(told, 2)
    stop()
    assert.equal(hear, undefined)
  } finally {
    [globalThis.addEventListener, globalThis.removeEventListener] = was
  }
})

test('a token is renewed before it ends', async () => {
  const { session, seen } = await begin()
  await session.keep(pair(0, Date.now() + 10_000))
  assert.equal(await session.token(), 'a1')
  assert.deepEqual(seen, ['r0'])
})

test('what is no token is nobody', async () => {
  const { session, storage, seen } = await begin()
  for (const other of ['nonsense', '5', '{}', '[]', '{"access":"a"}', '{"access":"a","refresh":7,"until":0}']) {
    await storage.setItem('lt', other)
    assert.equal(await session.token(), undefined, other)
  }
  assert.deepEqual(seen, [])
})

test('a proof is what RFC 7636 says', async () => {
  const { verifier, challenge } = await makeProof()
  assert.match(verifier, /^[\w-]{43}$/)
  assert.equal(challenge, createHash('sha256').update(verifier).digest('base64url'))
  assert.notEqual((await makeProof()).verifier, verifier)
})
