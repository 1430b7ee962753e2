// Who reads: signing in by a link or a code, tokens that renew themselves, and
// everything that belongs to a member.
import type { MeOutputBody as Me, Operations, TokenPair } from './gen/member.js'
import { makeProof, randomWord } from './pkce.js'
import { isPassing, isProblem } from './problem.js'
import { callAs, signature, type Visitor } from './reader.js'
import { createSession, memoryStorage, type Lock, type TokenStorage, type Tokens } from './session.js'
import { baseOf, createCall, type Call } from './transport.js'

export type * from './gen/member.js'
export { isPassing, isProblem, Problem, Unreachable, type FieldProblem } from './problem.js'
export type { Visitor } from './reader.js'
export { memoryStorage, type Lock, type TokenStorage } from './session.js'
export { createCall, type AnswerOf, type Call, type InputOf } from './transport.js'

export interface MemberOptions {
  /** The server, "https://notes.example.com". */
  url: string
  /** The content key of this front end; it names the addresses that links may lead to. */
  key: string
  /** Where the session is kept: localStorage, sessionStorage, or your own. Left out, it ends with the page. */
  storage?: TokenStorage
  /** Whereto sign-in links lead; a return address of the key. Without it members type the code. */
  returnTo?: string
  /** cookie: the portal's own cookie, for pages on its site, which no script can read. */
  mode?: 'tokens' | 'cookie'
  /** Under which the session is kept in the storage. */
  name?: string
  /** On a server of yours: for whom it asks. Without it all your readers are one client there, and share its limits. */
  visitor?: Visitor
  fetch?: typeof fetch
  /** Runs work one at a time for all who share the storage; the browser's own locks unless given. */
  lock?: Lock
}

export interface StartSignIn {
  email: string
  /** Used when the account is new. */
  name?: string
  /** Another whereto than the client's. */
  returnTo?: string
  /** Anything that your page wants back after the sign-in, such as where the reader was. It stays in the storage. */
  state?: string
}

export interface SignedIn {
  /** The account was made by this sign-in. */
  new: boolean
  state?: string
}

/** The link was opened in a browser that did not ask for it. The code works where it was asked for. */
export class WrongBrowser extends Error {
  constructor() {
    super('This link was asked for in another browser. Open it there, or type the code from the mail there.')
    this.name = 'WrongBrowser'
  }
}

export interface Member {
  /** Sends the mail, which holds a link and a code. */
  startSignIn(input: StartSignIn): Promise<{ expires_at: string }>
  /** Signs in with the code from the mail, where it was asked for. */
  enterCode(code: string): Promise<SignedIn>
  /** Signs in from the address that the link led to; undefined when it is not one. */
  finishSignIn(address: string | URL): Promise<SignedIn | undefined>
  signedIn(): Promise<boolean>
  me(): Promise<Me>
  /** Ends the session, here at once and on the server for good. */
  signOut(): Promise<void>
  /** Told when somebody has signed in or out; returns how to stop. */
  onChange(listener: () => void): () => void
  /** Any operation of the Member API, by method and path, as the member. */
  call: Call<Operations>
  /** A token that is good now; undefined when nobody is signed in. */
  token(): Promise<string | undefined>
  /** A newer token than one that was refused. */
  renew(stale: string): Promise<string | undefined>
  /** The session is a cookie, which goes along by itself. */
  readonly cookie: boolean
  /** For whom a server asks, as it was given. */
  readonly visitor?: Visitor
}

/** What was asked for and is waited for. */
interface Asked { request: string; verifier?: string; word?: string; state?: string }

const tokensOf = (pair: TokenPair): Tokens => ({ access: pair.access_token!, refresh: pair.refresh_token!, until: Date.now() + (pair.expires_in ?? 0) * 1000 })

/** A member at this front end: nobody at first, or who was signed in before. */
export function createMember(options: MemberOptions): Member {
  const { url, key, storage = memoryStorage(), mode = 'tokens', name = 'lighttrends', visitor, fetch, lock } = options
  const signed = signature(key, visitor)
  const cookie = mode === 'cookie'
  const base = { base: baseOf(url, 'member'), fetch, init: { credentials: cookie ? 'include' : 'omit', cache: 'no-store' } } as const
  const open = createCall<Operations>({ ...base, sign: () => signed })
  const session = createSession({
    storage, name, lock, exchange: async (refresh_token, idempotencyKey) => tokensOf(await open('POST /tokens/refresh', { body: { refresh_token }, idempotencyKey })),
  })
  const call = callAs<Operations>(base, signed, session, 'refused')

  async function enter(entered: TokenPair & { new: boolean }, asked: Asked): Promise<SignedIn> {
    await storage.removeItem(`${name}.asked`)
    await (cookie ? session.tell() : session.keep(tokensOf(entered)))
    return { new: entered.new, ...(asked.state !== undefined && { state: asked.state }) }
  }

  async function asked(): Promise<Asked> {
    try {
      return JSON.parse((await storage.getItem(`${name}.asked`)) ?? '') as Asked
    } catch {
      throw new WrongBrowser()
    }
  }

  async function finish(code: string, word: string | null): Promise<SignedIn> {
    const a = await asked()
    if (!a.verifier || a.word !== word) throw new WrongBrowser()
    return enter(await open('POST /sign-in/link', { body: { code, code_verifier: a.verifier, mode } }), a)
  }
  let finishing: { code: string; done: Promise<SignedIn> } | undefined // a code is good once, also where pages are drawn twice

  return {
    async startSignIn({ email, name: called, returnTo = options.returnTo, state }) {
      const a: Omit<Asked, 'request'> & { challenge?: string } = { state, ...(returnTo && { ...(await makeProof()), word: randomWord() }) }
      const { request, expires_at } = await open('POST /sign-in', {
        body: { email, ...(called && { name: called }), ...(returnTo && { return_to: returnTo, state: a.word, code_challenge: a.challenge }) },
      })
      await storage.setItem(`${name}.asked`, JSON.stringify({ request, verifier: a.verifier, word: a.word, state }))
      return { expires_at }
    },
    async enterCode(code) {
      const a = await asked()
      return enter(await open('POST /sign-in/code', { body: { request: a.request, code, mode } }), a)
    },
    async finishSignIn(address) {
      const query = new URL(address).searchParams
      const code = query.get('code')
      if (!code) return undefined
      if (finishing?.code !== code) finishing = { code, done: finish(code, query.get('state')) }
      return finishing.done.catch((error) => {
        if (isPassing(error)) finishing = undefined // it was not spent, perhaps
        throw error
      })
    },
    async signedIn() {
      if (!cookie) return (await session.read()) !== undefined
      return call('GET /me').then(() => true, (error) => { if (isProblem(error) && error.status === 401) return false; throw error })
    },
    me: () => call('GET /me'),
    async signOut() {
      if (cookie) {
        await open('DELETE /session')
        return session.tell()
      }
      const tokens = await session.read()
      await session.drop()
      if (tokens) await open('POST /tokens/revoke', { body: { refresh_token: tokens.refresh }, keepalive: true })
    },
    onChange: session.onChange, token: session.token, renew: session.renew, call, cookie, visitor,
  }
}
