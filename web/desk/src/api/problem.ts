// What can go wrong with a request: the server said no (Problem), or nothing
// came back at all (Unreachable).

export interface FieldProblem {
  pointer: string
  code: string
  detail: string
}

/** An application/problem+json answer. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  /** The broken rules of the input. */
  readonly errors: FieldProblem[]
  /** With stale_version: the ETag that is there now. */
  readonly current?: string
  /** With ambiguous_time: the moments that were meant, perhaps. */
  readonly choices: string[]
  readonly requestId?: string
  /** Seconds to wait, where the server says so. */
  readonly retryAfter?: number

  constructor(status: number, body: Partial<Pick<Problem, 'code' | 'errors' | 'current' | 'choices'>> & { detail?: string; title?: string; request_id?: string }, retryAfter?: number) {
    super(body.detail || body.title || 'The server refused this request.')
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? 'unknown'
    this.errors = body.errors ?? []
    this.current = body.current
    this.choices = body.choices ?? []
    this.requestId = body.request_id
    this.retryAfter = retryAfter
  }

  /** The sentence about one field, by its pointer, such as "/title". */
  field(pointer: string): string | undefined {
    return this.errors.find((e) => e.pointer === pointer)?.detail
  }
}

/** No answer came: the network or the server is down. */
export class Unreachable extends Error {
  constructor() {
    super('The server cannot be reached.')
    this.name = 'Unreachable'
  }
}

export const hasCode = (error: unknown, code: string): boolean => error instanceof Problem && error.code === code

/** Whether asking again later may help without anybody changing anything. */
export const passing = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429 || error.status === 408))

/** A sentence for people, with the fields' sentences behind it. */
export function sentence(error: unknown): string {
  if (error instanceof Problem) return [error.message, ...error.errors.map((e) => e.detail)].filter((s, i, all) => all.indexOf(s) === i).join(' ')
  if (error instanceof Unreachable) return error.message
  if (error instanceof Error && error.name === 'NotSaved') return error.message
  return 'Something went wrong in this page. Reload it, and tell us if it happens again.'
}

/** Field messages for a form: "/contact/email" becomes "contact.email". */
export function fieldMessages(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {}
  return Object.fromEntries(error.errors.map((e) => [e.pointer.replace(/^\//, '').replaceAll('/', '.'), e.detail]))
}
