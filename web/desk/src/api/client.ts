// A thin client of the Admin API: types from its OpenAPI document, faults as
// Problem, entity tags by version. It knows nothing of React.
import { Problem, Unreachable } from './problem'
import type { Operations } from './types.gen'

export type { Operations }
export type Operation = keyof Operations
export type Answer<K extends Operation> = Operations[K]['answer']
type Part<K extends Operation, P extends string> = Operations[K] extends { [Q in P]: infer V } ? { [Q in P]: V }
  : Operations[K] extends { [Q in P]?: infer V } ? { [Q in P]?: V } : object

export interface Extras {
  /** The version the change was made from; sent as If-Match. */
  ifMatch?: number | string
  /** Makes a create that is sent twice take effect once. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** A request that finishes although the page is closed. */
  keepalive?: boolean
  /** Set by sign-in itself: a 401 is then an answer, not the end of a session. */
  quiet?: boolean
}
export type Input<K extends Operation> = Part<K, 'path'> & Part<K, 'query'> & Part<K, 'body'> & Part<K, 'form'> & Extras
type Loose = Extras & { path?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown; form?: FormData }

export const prefix = '/api/admin/v1'

type Listener = (event: 'signed-out' | 'reachable' | 'unreachable') => void
const listeners = new Set<Listener>()

/** Tells the listener of ended sessions and of the network; returns how to stop. */
export function listen(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const tell: Listener = (event) => listeners.forEach((l) => l(event))

/** The address of an operation with its parameters filled in. */
export function address(operation: string, path: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const filled = operation.slice(operation.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '' && value !== null) search.set(name, String(value))
  }
  const text = search.toString()
  return prefix + filled + (text && '?' + text)
}

function request(operation: string, input: Loose): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (input.ifMatch !== undefined) headers['If-Match'] = input.ifMatch === '*' ? '*' : `"${input.ifMatch}"`
  if (input.idempotencyKey) headers['Idempotency-Key'] = input.idempotencyKey
  let body: BodyInit | undefined = input.form
  if (input.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    body = JSON.stringify(input.body)
  }
  return {
    method: operation.slice(0, operation.indexOf(' ')), headers, body, signal: input.signal,
    keepalive: input.keepalive, credentials: 'same-origin', cache: 'no-store', redirect: 'error',
  }
}

/** Calls an operation, named by method and path as in the API's document. */
export async function api<K extends Operation>(operation: K, ...rest: object extends Input<K> ? [input?: Input<K>] : [input: Input<K>]): Promise<Answer<K>> {
  const input = (rest[0] ?? {}) as Loose
  let answer: Response
  try {
    answer = await fetch(address(operation, input.path, input.query), request(operation, input))
  } catch (error) {
    if (input.signal?.aborted) throw error
    tell('unreachable')
    throw new Unreachable()
  }
  // A proxy answers so when the server behind it is down.
  if (answer.status === 502 || answer.status === 504) {
    tell('unreachable')
    throw new Unreachable()
  }
  tell('reachable')
  if (!answer.ok) throw await refused(answer, input.quiet)
  if (answer.status === 204) return undefined as Answer<K>
  return (await answer.json()) as Answer<K>
}

async function refused(answer: Response, quiet = false): Promise<Problem> {
  const body = await answer.json().catch(() => ({}))
  const wait = Number(answer.headers.get('Retry-After'))
  if (answer.status === 401 && !quiet) tell('signed-out')
  return new Problem(answer.status, body, wait > 0 ? wait : undefined)
}
