// The Admin API: everything the desk does. Its keys belong on a server.
import type { Operations } from './gen/admin.js'
import { baseOf, createCall, type Call } from './transport.js'

export type * from './gen/admin.js'
export { listOf, type List } from './list.js'
export { isPassing, isProblem, Problem, Unreachable, type FieldProblem } from './problem.js'
export { addressOf, baseOf, createCall, type AnswerOf, type Call, type Extras, type InputOf, type Rest } from './transport.js'

export interface AdminOptions {
  /** The server, "https://notes.example.com". */
  url: string
  /** An admin key. Never give one to a browser. */
  key: string
  fetch?: typeof fetch
  /** How often a GET that failed for a passing reason is tried again; 2 unless said otherwise. */
  retries?: number
}

/** A client of the Admin API: one function, which knows every operation. */
export function createAdminClient({ url, key, fetch, retries = 2 }: AdminOptions): Call<Operations> {
  return createCall({
    base: baseOf(url, 'admin'), fetch, retries, init: { credentials: 'omit', cache: 'no-store', redirect: 'error' },
    sign: () => ({ Authorization: `Bearer ${key}` }),
  })
}
