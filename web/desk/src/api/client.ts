// The desk's way to the Admin API: the SDK's, with the session of the browser
// instead of a key, and told to whoever wants to know how the session and the
// network stand. It knows nothing of React.
import { addressOf, createCall, type AnswerOf, type InputOf } from '@lighttrends/sdk/admin'
import { Problem, Unreachable } from './problem'
import type { Operations } from './types'

export type { Operations }
export type Operation = keyof Operations
export type Answer<K extends Operation> = AnswerOf<Operations[K]>
/** quiet is set by sign-in itself: a 401 is then an answer, not the end of a session. */
export type Input<K extends Operation> = InputOf<Operations[K]> & { quiet?: boolean }

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
export const address = (operation: string, path?: Record<string, unknown>, query?: Record<string, unknown>): string => addressOf(prefix, operation, path, query)

const common: RequestInit = { credentials: 'same-origin', cache: 'no-store', redirect: 'error' }

const call = createCall<Operations>({ base: prefix, init: common }) as (operation: string, input?: object) => Promise<unknown>

/** Calls an operation, named by method and path as in the API's document. */
export async function api<K extends Operation>(operation: K, ...rest: object extends Input<K> ? [input?: Input<K>] : [input: Input<K>]): Promise<Answer<K>> {
  const input = rest[0] as { quiet?: boolean } | undefined // all of the union is more than the compiler takes
  try {
    const answer = await call(operation, input)
    tell('reachable')
    return answer as Answer<K>
  } catch (error) {
    if (error instanceof Unreachable) tell('unreachable')
    if (error instanceof Problem) tell('reachable')
    if (error instanceof Problem && error.status === 401 && !input?.quiet) tell('signed-out')
    throw error
  }
}

/** Opens the stream of events behind the one that was heard last. Listeners are not told how it went: the desk does without it. */
export const openEvents = (last: string, signal: AbortSignal): Promise<Response> =>
  fetch(address('GET /events'), { ...common, signal, headers: { Accept: 'text/event-stream', ...(last && { 'Last-Event-ID': last }) } })
