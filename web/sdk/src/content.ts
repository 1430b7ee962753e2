// The Content API: published notes, with as much text as the reader may see.
import type {
  Access, Author, ChangeList, Finds, Found, Issue, IssuePage, Listed, Note as Plain, Operations, Page, Part, Plan, Series, Settings, Topic, WholeIssue,
} from './gen/content.js'
import { listOf, type List } from './list.js'
import { callAs, signature, type Reader, type Visitor } from './reader.js'
import { baseOf, type Call } from './transport.js'

export type * from './gen/content.js'
export { listOf, type List } from './list.js'
export { isPassing, isProblem, Problem, Unreachable, type FieldProblem } from './problem.js'
export type { Reader, Visitor } from './reader.js'
export { createCall, type AnswerOf, type Call, type InputOf } from './transport.js'

/** How texts are written. */
export type Format = 'html' | 'markdown' | 'text'
/** A text in a format: note.text.html, unless another was asked for. */
export type TextIn<F extends Format> = Omit<Part, Format> & { [K in F]: string }

type Common<F extends Format> = Omit<Plain, 'teaser' | 'text' | 'access'> & { teaser: TextIn<F> }
/** A note that the reader may read. */
export type OpenNote<F extends Format = 'html'> = Common<F> & { decision: 'full'; text: TextIn<F>; access: Access & { decision: 'full' } }
/** A note of which the reader gets the preview; access says what would open it. */
export type ClosedNote<F extends Format = 'html'> = Common<F> & { decision: 'preview'; text?: undefined; access: Access & { decision: 'preview' } }
/** A note: `if (note.decision === 'full')` there is `note.text`. */
export type Note<F extends Format = 'html'> = OpenNote<F> | ClosedNote<F>
/** Of a note in a list, only the fields that were asked for. */
export type ListedWith<K extends keyof Listed> = Pick<Listed, K>
export type PageWith<K extends keyof Listed> = Omit<Page, 'notes'> & { notes: ListedWith<K>[] }

export interface ContentOptions {
  /** The server, "https://notes.example.com". */
  url: string
  /** A content key. It opens the public view alone and may be seen by browsers. */
  key: string
  /** Who reads; nobody, unless it is given. */
  member?: Reader
  /** On a server of yours: for whom it asks; the member's unless given. Leave it out of what you keep for everybody. */
  visitor?: Visitor
  fetch?: typeof fetch
  /** How often a request that failed for a passing reason is tried again; 2 unless said otherwise. */
  retries?: number
}

type Query<K extends keyof Operations> = Operations[K] extends { query?: infer Q } ? Omit<NonNullable<Q>, 'key' | 'cursor' | 'fields'> : never
type NoteQuery<F> = Omit<Query<'GET /notes/{slug}'>, 'format'> & { format?: F }
type Fields<K> = { fields?: K[] }
type Signal = { signal?: AbortSignal }

export interface ContentClient {
  notes: {
    /** Published notes, newest first unless another order is asked for, without their text. */
    list<K extends keyof Listed = keyof Listed>(query?: Query<'GET /notes'> & Fields<K>, extras?: Signal): List<PageWith<K>, ListedWith<K>>
    /** One note, by slug or id; a former address answers with the note, too. */
    get<F extends Format = 'html'>(slug: string, query?: NoteQuery<F>, extras?: Signal): Promise<Note<F>>
    /** What readers saw of a note from one moment on. */
    version<F extends Format = 'html'>(slug: string, version: number, query?: NoteQuery<F>, extras?: Signal): Promise<Note<F>>
  }
  /** Words, "phrases", -words, and topic:, author:, issue:, series:, kind:. */
  search(q: string, query?: Omit<Query<'GET /search'>, 'q'>, extras?: Signal): List<Finds, Found>
  /** Issues that have appeared, newest first. */
  issues: {
    list(query?: Query<'GET /issues'>, extras?: Signal): List<IssuePage, Issue>
    get(series: string, issue: string, extras?: Signal): Promise<WholeIssue>
  }
  topics(extras?: Signal): Promise<Topic[]>
  authors(extras?: Signal): Promise<Author[]>
  series(extras?: Signal): Promise<Series[]>
  /** The plans that everybody can buy. */
  plans(extras?: Signal): Promise<Plan[]>
  /** Name, look and contact of the publication. */
  settings(extras?: Signal): Promise<Settings>
  /** What changed since a cursor, page after page; keep the last page's next for the next time. */
  changes(since?: string, extras?: Signal): AsyncIterable<ChangeList>
  /** Any operation of the API, by method and path. */
  call: Call<Operations>
  /** The same, for another reader. */
  as(member: Reader | undefined): ContentClient
}

/** A client of the Content API. */
export function createContentClient(options: ContentOptions): ContentClient {
  const { url, key, member, visitor = member?.visitor, fetch, retries = 2 } = options
  const call = callAs<Operations>({ base: baseOf(url, 'content'), fetch, retries, init: { credentials: member?.cookie ? 'include' : 'omit' } }, signature(key, visitor), member, 'stranger')
  return {
    notes: notesOf(call),
    search: (q, query, extras) => listOf((cursor) => call('GET /search', { query: { ...query, q, cursor }, ...extras }), (page) => page.notes),
    issues: {
      list: (query, extras) => listOf((cursor) => call('GET /issues', { query: { ...query, cursor }, ...extras }), (page) => page.issues),
      get: (series, issue, extras) => call('GET /issues/{series}/{issue}', { path: { series, issue }, ...extras }),
    },
    topics: async (extras) => (await call('GET /topics', extras)).topics,
    authors: async (extras) => (await call('GET /authors', extras)).authors,
    series: async (extras) => (await call('GET /series', extras)).series,
    plans: async (extras) => (await call('GET /plans', extras)).plans,
    settings: (extras) => call('GET /settings', extras),
    async *changes(since, extras) {
      for (let page: ChangeList | undefined; page?.more ?? true; since = page.next) {
        page = await call('GET /changes', { query: { since }, ...extras })
        yield page
      }
    },
    call,
    as: (member) => createContentClient({ ...options, member }),
  }
}

function notesOf(call: Call<Operations>): ContentClient['notes'] {
  const get = async (operation: 'GET /notes/{slug}' | 'GET /notes/{slug}/versions/{version}', input: object) => {
    const note = (await (call as (o: string, i: object) => Promise<Plain>)(operation, input))
    return { ...note, decision: note.access.decision } as never
  }
  return {
    list: (query, extras) => listOf((cursor) => call('GET /notes', { query: { ...query, cursor }, ...extras }), (page) => page.notes) as never,
    get: (slug, query, extras) => get('GET /notes/{slug}', { path: { slug }, query, ...extras }),
    version: (slug, version, query, extras) => get('GET /notes/{slug}/versions/{version}', { path: { slug, version }, query, ...extras }),
  }
}
