// What can go wrong with a request: the server said no (Problem), or nothing
// came back at all (Unreachable).

/** A broken rule of the input. */
export interface FieldProblem {
  /** Where: a JSON pointer into the body, such as "/title", or the name of a parameter. */
  pointer: string
  code: string
  /** A sentence for people. */
  detail: string
}

/** What an application/problem+json answer holds. */
export interface ProblemBody {
  code?: string
  detail?: string
  title?: string
  errors?: FieldProblem[]
  current?: string
  choices?: string[]
  request_id?: string
}

/** The server refused. Rely on status and code; message is a sentence for people. */
export class Problem extends Error {
  readonly status: number
  /** What went wrong, in a word that stays the same, such as "note_not_found". */
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

  constructor(status: number, body: ProblemBody, retryAfter?: number) {
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
  constructor(options?: { cause?: unknown }) {
    super('The server cannot be reached.', options)
    this.name = 'Unreachable'
  }
}

/** Whether the server refused with one of these codes. */
export const isProblem = (error: unknown, ...codes: string[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code))

/** Whether asking again later may help without anybody changing anything. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429 || error.status === 408))
