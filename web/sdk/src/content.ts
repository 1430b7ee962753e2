// The Content API: published notes, with as much text as the reader may see.
import type { Access, Found, Note as Plain, Operations, Page, Part, Summary, Finds } from './gen/content.js'
import { listOf, type List } from './list.js'
import { isProblem } from './problem.js'
import { baseOf, createCall, type Call } from './transport.js'

export type * from './gen/content.js'
export { listOf, type List } from './list.js'
export { isPassing, isProblem, Problem, Unreachable, type FieldProblem } from './problem.js'
export { createCall, type AnswerOf, type Call, type InputOf } from './transport.js'

type Common = Omit<Plain, 'text' | 'access'>
/** A note that the reader may read. */
export interface OpenNote extends Common { decision: 'full'; text: Part; access: Access & { decision: 'full' } }
/** A note of which the reader gets the preview; access says what would open it. */
export interface ClosedNote extends Common { decision: 'preview'; text?: undefined; access: Access & { decision: 'preview' } }
/** A note: `if (note.decision === 'full')` there is `note.text`. */
export type Note = OpenNote | ClosedNote

/** Whoever reads: what createMember gives, or anything else with a token. */
export interface Reader {
  /** A token that is good now; undefined when nobody is signed in. */
  token(): Promise<string | undefined>
  /** Called when the server does not take a token any more; answers a newer one. */
  renew?(stale: string): Promise<string | undefined>
}

export interface ContentOptions {
  /** The server, "https://notes.example.com". */
  url: string
  /** A content key. It opens the public view alone and may be seen by browsers. */
  key: string
  /** Who reads; nobody, unless it is given. */
  member?: Reader
  fetch?: typeof fetch
  /** How often a request that failed for a passing reason is tried again; 2 unless said otherwise. */
  retries?: number
}

type Query<K extends keyof Operations> = Operations[K] extends { query?: infer Q } ? Omit<NonNullable<Q>, 'key' | 'cursor'> : never
type Signal = { signal?: AbortSignal }

export interface ContentClient {
  notes: {
    /** Published notes, newest first, without their text. */
    list(query?: Query<'GET /notes'>, extras?: Signal): List<Page, Summary>
    /** One note; a former address answers with the note, too. */
    get(slug: string, extras?: Signal): Promise<Note>
    /** What readers saw of a note from one moment on. */
    version(slug: string, version: number, extras?: Signal): Promise<Note>
  }
  /** Words, "phrases", -words, and topic:, author:, issue:, series:, kind:. */
  search(q: string, query?: Omit<Query<'GET /search'>, 'q'>, extras?: Signal): List<Finds, Found>
  /** Any operation of the API, by method and path. */
  call: Call<Operations>
  /** The same, for another reader. */
  as(member: Reader | undefined): ContentClient
}

/** A client of the Content API. */
export function createContentClient(options: ContentOptions): ContentClient {
  const call = readAs(options)
  return {
    notes: {
      list: (query, extras) => listOf((cursor) => call('GET /notes', { query: { ...query, cursor }, ...extras }), (page) => page.notes),
      get: async (slug, extras) => noteOf(await call('GET /notes/{slug}', { path: { slug }, ...extras })),
      version: async (slug, version, extras) => noteOf(await call('GET /notes/{slug}/versions/{version}', { path: { slug, version }, ...extras })),
    },
    search: (q, query, extras) => listOf((cursor) => call('GET /search', { query: { ...query, q, cursor }, ...extras }), (page) => page.notes),
    call,
    as: (member) => createContentClient({ ...options, member }),
  }
}

/** Calls as the reader, and as a stranger once the reader's session is over. */
function readAs({ url, key, member, fetch, retries = 2 }: ContentOptions): Call<Operations> {
  const by = (token?: string) => createCall<Operations>({
    base: baseOf(url, 'content'), fetch, retries, init: { credentials: 'omit' },
    sign: () => ({ 'X-Api-Key': key, ...(token && { Authorization: `Bearer ${token}` }) }),
  })
  return async (operation, ...rest) => {
    const token = await member?.token()
    try {
      return await by(token)(operation, ...rest)
    } catch (error) {
      if (!token || !isProblem(error) || error.status !== 401) throw error
      return by(await member?.renew?.(token))(operation, ...rest)
    }
  }
}

const noteOf = (note: Plain): Note => ({ ...note, decision: note.access.decision }) as Note
