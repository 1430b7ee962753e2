// A member's tokens on this device: kept, renewed one at a time, and dropped when
// the server says that the session is over.
import { randomWord } from './pkce.js'
import { isProblem } from './problem.js'

/** Where tokens are kept: localStorage, sessionStorage, or anything like them. */
export interface TokenStorage {
  getItem(name: string): string | null | Promise<string | null>
  setItem(name: string, value: string): void | Promise<void>
  removeItem(name: string): void | Promise<void>
}

/** Keeps tokens until the page or process ends. */
export function memoryStorage(): TokenStorage {
  const kept = new Map<string, string>()
  return { getItem: (n) => kept.get(n) ?? null, setItem: (n, v) => void kept.set(n, v), removeItem: (n) => void kept.delete(n) }
}

export interface Tokens {
  /** Sent with requests; short-lived. */
  access: string
  /** Good for the next pair, once. */
  refresh: string
  /** When access ends, in milliseconds. */
  until: number
  /** Names the exchange to come, so that it can be repeated when its answer is lost. */
  attempt?: string
}

/** Runs work while nobody else who shares the storage does. */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface SessionOptions {
  storage: TokenStorage
  /** Under which the tokens are kept. */
  name: string
  /** Exchanges a refresh token for the next pair. */
  exchange: (refresh: string, attempt: string) => Promise<Tokens>
  lock?: Lock
  now?: () => number
}

/** Renewed this long before the end, so that no token ends on its way. */
const early = 30_000

// A refresh token that comes back a second time ends the session, for it may
// have been stolen. So two tabs must not use the same one: they take turns, where
// the browser has locks, and where it has none they name the exchange alike.
const tabs: Lock = (name, work) => {
  const locks = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks
  return locks ? (locks.request(name, work) as ReturnType<typeof work>) : work()
}

export type Session = ReturnType<typeof createSession>

export function createSession({ storage, name, exchange, lock = tabs, now = Date.now }: SessionOptions) {
  const listeners = new Set<() => void>()
  let renewing: Promise<string | undefined> | undefined
  const tell = () => listeners.forEach((l) => l())

  async function read(): Promise<Tokens | undefined> {
    try {
      const kept = JSON.parse((await storage.getItem(name)) ?? 'null') as Partial<Tokens> | null
      return typeof kept?.access === 'string' && typeof kept.refresh === 'string' ? (kept as Tokens) : undefined
    } catch {
      return undefined // not of ours
    }
  }

  const write = (tokens: Tokens) => storage.setItem(name, JSON.stringify({ ...tokens, attempt: randomWord() }))

  async function keep(tokens: Tokens): Promise<void> {
    await write(tokens)
    tell()
  }

  /** Forgets the tokens at once: whoever renews them meanwhile sees that they are gone. */
  async function drop(): Promise<void> {
    await storage.removeItem(name)
    tell()
  }

  async function next(stale?: string): Promise<string | undefined> {
    const tokens = await read() // another tab may have been quicker
    if (!tokens || (stale ? tokens.access !== stale : tokens.until - early > now())) return tokens?.access
    let fresh: Tokens | undefined
    try {
      fresh = await exchange(tokens.refresh, tokens.attempt ?? randomWord())
    } catch (error) {
      if (isProblem(error, 'refresh_raced')) return waitFor(tokens.access, error)
      if (!isProblem(error) || (error.status !== 401 && error.status !== 400)) throw error
    }
    const there = await read()
    if (there?.refresh !== tokens.refresh) return there?.access // signed out or in meanwhile, here or in another tab
    await (fresh ? write(fresh) : drop())
    return fresh?.access
  }

  /** What somebody else who shares the storage is about to write. */
  async function waitFor(stale: string, error: Error): Promise<string | undefined> {
    for (let tries = 0; tries < 10; tries++) {
      await new Promise((done) => setTimeout(done, 200))
      const tokens = await read()
      if (tokens?.access !== stale) return tokens?.access
    }
    throw error
  }

  /** A newer token than the one that was refused; undefined when the session is over. */
  function renew(stale?: string): Promise<string | undefined> {
    renewing ??= lock(name, () => next(stale)).finally(() => (renewing = undefined))
    return renewing
  }

  return {
    read, keep, drop, renew, tell,
    /** A token that is good now. */
    async token(): Promise<string | undefined> {
      const tokens = await read()
      return !tokens || tokens.until - early > now() ? tokens?.access : renew()
    },
    /** Told whenever somebody has signed in or out, in other tabs, too. */
    onChange(listener: () => void): () => void {
      const elsewhere = (e: Event) => { // without a key when the whole storage was cleared
        const { key } = e as StorageEvent
        if (key === name || key === null) listener()
      }
      listeners.add(listener)
      globalThis.addEventListener?.('storage', elsewhere)
      return () => {
        listeners.delete(listener)
        globalThis.removeEventListener?.('storage', elsewhere)
      }
    },
  }
}
