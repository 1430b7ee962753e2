// One function that calls any operation of an API, typed by the API's document.
// It knows fetch, URL and nothing of a platform.
import { isPassing, Problem, Unreachable } from './problem.js'

/** What a call may carry beside the operation's own parameters. */
export interface Extras {
  /** The version the change was made from; sent as If-Match. */
  ifMatch?: number | string
  /** Makes a create that is sent twice take effect once. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** A request that finishes although the page is closed. */
  keepalive?: boolean
}

// In brackets, so that the compiler does not go through all operations one by one.
type Part<Op, P extends string> = [Op] extends [{ [Q in P]: infer V }] ? { [Q in P]: V } : [Op] extends [{ [Q in P]?: infer V }] ? { [Q in P]?: V } : object

/** The names of an API's operations: method and path, as its document has them. */
export type OperationOf<Ops> = keyof Ops & string
export type InputOf<Op> = Part<Op, 'path'> & Part<Op, 'query'> & Part<Op, 'body'> & Part<Op, 'form'> & Extras
export type AnswerOf<Op> = [Op] extends [{ answer: infer A }] ? A : never
/** The input may be left out where nothing in it is required. */
export type Rest<Op> = object extends InputOf<Op> ? [input?: InputOf<Op>] : [input: InputOf<Op>]

/** Calls an operation, named by method and path as in the API's document. */
export type Call<Ops> = <K extends OperationOf<Ops>>(operation: K, ...rest: Rest<Ops[K]>) => Promise<AnswerOf<Ops[K]>>

export interface CallOptions {
  /** Where the API is, with its prefix: "https://notes.example.com/api/content/v1". */
  base: string
  /** Another fetch, for tests or for a platform's own. */
  fetch?: typeof fetch
  /** What every request has in common: credentials, cache, redirect. */
  init?: RequestInit
  /** Headers that say who asks, made anew for each request. */
  sign?: () => Record<string, string> | Promise<Record<string, string>>
  /** How often a GET that failed for a passing reason is tried again. 0 is never. */
  retries?: number
}

interface Loose extends Extras { path?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown; form?: FormData }

/** A parameter as a part of a path; what would lead to another operation is none. */
function partOf(name: string, value: string): string {
  if (value === '' || value === '.' || value === '..') throw new TypeError(`${name} must not be “${value}”.`)
  return encodeURIComponent(value)
}

/** The address of an operation with its parameters filled in. Empty ones of the query are left out. */
export function addressOf(base: string, operation: string, path: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const filled = operation.slice(operation.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, name: string) => partOf(name, String(path[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '' && value !== null) search.set(name, String(value))
  }
  const text = search.toString()
  return base + filled + (text && '?' + text)
}

/** The prefix of an API on a server; an empty address is the page's own server. */
export const baseOf = (url: string, api: 'content' | 'member' | 'admin'): string => `${url.replace(/\/+$/, '')}/api/${api}/v1`

/** Makes the one function of an API. */
export function createCall<Ops>(options: CallOptions): Call<Ops> {
  return async (operation: string, input: Loose = {}) => {
    const address = addressOf(options.base, operation, input.path, input.query)
    const tries = operation.startsWith('GET ') ? options.retries ?? 0 : 0
    for (let done = 0; ; done++) {
      try {
        return (await once(options, operation, address, input)) as never
      } catch (error) {
        if (done >= tries || !isPassing(error)) throw error
        await pause(error instanceof Problem && error.retryAfter ? error.retryAfter * 1000 : 300 * 2 ** done, error, input.signal)
      }
    }
  }
}

async function once(options: CallOptions, operation: string, address: string, input: Loose): Promise<unknown> {
  const init = { ...options.init, ...request(operation, input, (await options.sign?.()) ?? {}) }
  let answer: Response
  try {
    answer = await (options.fetch ?? globalThis.fetch)(address, init)
  } catch (error) {
    throw lost(error, input.signal)
  }
  // A proxy answers so when the server behind it is down.
  if (answer.status === 502 || answer.status === 504) throw new Unreachable()
  if (!answer.ok) throw await problemOf(answer)
  if (/[/+]json\b/.test(answer.headers.get('Content-Type') ?? 'application/json') && answer.status !== 204) {
    const text = await answer.text().catch((error) => { throw lost(error, input.signal) })
    return text ? JSON.parse(text) : undefined
  }
  return answer.status === 204 ? undefined : answer
}

/** No answer came, or half of one; who stopped waiting hears of nothing else. */
const lost = (error: unknown, signal?: AbortSignal): unknown => (signal?.aborted ? error : new Unreachable({ cause: error }))

function request(operation: string, input: Loose, signature: Record<string, string>): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json, */*;q=0.5', ...signature }
  if (input.ifMatch !== undefined) headers['If-Match'] = input.ifMatch === '*' ? '*' : `"${String(input.ifMatch).replaceAll('"', '')}"`
  if (input.idempotencyKey) headers['Idempotency-Key'] = input.idempotencyKey
  const init: RequestInit = { method: operation.slice(0, operation.indexOf(' ')), headers, body: input.form }
  if (input.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(input.body)
  }
  if (input.signal) init.signal = input.signal
  if (input.keepalive) init.keepalive = true
  return init
}

async function problemOf(answer: Response): Promise<Problem> {
  const body = await answer.json().catch(() => ({}))
  const wait = Number(answer.headers.get('Retry-After'))
  return new Problem(answer.status, typeof body === 'object' && body ? body : {}, wait > 0 ? wait : undefined)
}

/** The longest that a server may let a call wait by itself. */
const patience = 30_000

function pause(ms: number, error: unknown, signal?: AbortSignal): Promise<void> {
  if (ms > patience) throw error
  return new Promise((done, fail) => {
    const stop = () => { clearTimeout(timer); fail(signal!.reason) }
    const timer = setTimeout(() => { signal?.removeEventListener('abort', stop); done() }, ms)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
