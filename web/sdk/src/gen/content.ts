// Made by scripts/generate.mjs from content.json. Do not edit.

export interface Access {
  /** full: the text is here; preview: only what stands above the paywall */
  decision: "full" | "preview"
  /** How a free member stands who asked for a paid note; absent where nothing is counted */
  metered?: Metered
  /** Plans that would open it; absent means any */
  plans?: string[]
  /** What the right to read this one note costs; present exactly when unlock holds buy_note */
  price?: Price
  /** Why, in a word to rely on */
  reason: string
  /** What would open the rest, best first: sign_in, register, subscribe, change_plan, fix_payment, resume, buy_note */
  unlock: string[]
}

export interface Attachment {
  /** note: who may read the note's gated text; public: everybody */
  access: "note" | "public"
  /** Exact for those who may have the file, in two figures for others */
  bytes: number
  /** What sort of file it is */
  content_type: string
  /** For those who may have the file */
  filename?: string
  /** Its id, for good */
  id: string
  /** The title */
  title: string
  /** Present exactly when this reader may have the file. Send the member's token with the request for a file that is not public */
  url?: string
}

export interface AuthorRef {
  /** The name, as people read it */
  name: string
  /** What the author does, in words */
  role?: string
  /** The name in addresses */
  slug: string
}

export interface Behind {
  /** How many figures */
  figures: number
  /** How many tables */
  tables: number
  /** Rounded to hundreds */
  words: number
}

export interface Correction {
  /** When it was */
  at: string
  /** Plain text. Show it with the note */
  notice: string
  /** The version; it grows with each change */
  version: number
}

export interface Cover {
  /** What the picture shows, for who cannot see it */
  alt: string
  /** Its address */
  url: string
}

export interface Field {
  /** A stable word for it */
  code: string
  /** A sentence for people */
  detail: string
  /** Where in the request it stands, as a JSON pointer or a parameter's name */
  pointer: string
}

export interface Finds {
  /** What was searched for instead, because no note has the words */
  corrected?: string
  /** Send it as cursor to get the following page; absent at the end */
  next?: string
  /** The notes */
  notes: Found[]
  /** What may have been meant, because few notes have the words */
  proposed?: string
  /** Filters of the search that name nothing there is */
  unknown?: Unknown[]
}

export interface Found {
  /** The public summary */
  abstract: string
  /** The authors */
  authors: AuthorRef[]
  /** What the gated text holds; absent for public notes */
  behind?: Behind
  /** The last change readers could see, told or not */
  changed_at: string
  /** The picture on top */
  cover?: Cover
  /** Only what has this gate */
  gate: Gate
  /** Where the words were found */
  highlights: Highlights
  /** Its id, for good */
  id: string
  /** The issue */
  issue?: IssueRef
  /** What sort it is */
  kind: "newsletter" | "research-note" | "perspective" | "forecast" | "data"
  /** To read the whole note */
  minutes: number
  /** When readers first saw it */
  published_at: string
  /** The series */
  series?: Ref
  /** The name in addresses */
  slug: string
  /** The title */
  title: string
  /** The topics */
  topics: Ref[]
  /** The last update that readers are told of; absent when there was none */
  updated_at?: string
  /** Its page on the portal */
  url: string
}

export interface Gate {
  /** What sort it is */
  kind: "public" | "members" | "paid" | "plans"
  /** With the kind plans: slugs of the plans that open it */
  plans?: string[]
}

export interface Heading {
  /** The id of the heading in the HTML */
  id: string
  /** 2 or 3, as in HTML */
  level: number
  /** The text, without markup */
  text: string
}

export interface Highlights {
  /** HTML: escaped text with mark elements */
  abstract: string
  /** HTML, from the text that this reader may read; absent when title and abstract have all the words */
  excerpt?: string
  /** HTML: escaped text with mark elements */
  title: string
}

export interface IssueRef {
  /** What it is called */
  label: string
  /** As the firm counts; absent when it does not */
  number?: number
  /** The name in addresses */
  slug: string
}

export interface Metered {
  /** Of this month; a note that is read again does not count twice */
  left: number
  /** Notes a month */
  limit: number
  /** When the next month begins */
  resets_at: string
}

export interface Note {
  /** The public summary */
  abstract: string
  /** What this reader may do with the note, and what would open the rest */
  access: Access
  /** Files beside the note, in order; they belong to the note and not to a version */
  attachments: Attachment[]
  /** The authors */
  authors: AuthorRef[]
  /** What the gated text holds; absent for public notes */
  behind?: Behind
  /** The last change readers could see, told or not */
  changed_at: string
  /** Newest first */
  corrections: Correction[]
  /** The picture on top */
  cover?: Cover
  /** Only what has this gate */
  gate: Gate
  /** Its id, for good */
  id: string
  /** The issue */
  issue?: IssueRef
  /** What sort it is */
  kind: "newsletter" | "research-note" | "perspective" | "forecast" | "data"
  /** To read the whole note */
  minutes: number
  /** When readers first saw it */
  published_at: string
  /** The series */
  series?: Ref
  /** The name in addresses */
  slug: string
  /** What stands above the paywall. Empty when a gated note has no paywall: then only the abstract is public */
  teaser: Part
  /** The whole text; present exactly when the decision is full */
  text?: Part
  /** The title */
  title: string
  /** The topics */
  topics: Ref[]
  /** The last update that readers are told of; absent when there was none */
  updated_at?: string
  /** Its page on the portal */
  url: string
  /** Which version this is */
  version: number
  /** All that can be cited, newest first */
  versions: Version[]
}

export interface Page {
  /** Send it as cursor to get the following page; absent at the end */
  next?: string
  /** The notes */
  notes: Summary[]
}

export interface Part {
  /** The headings */
  contents: Heading[]
  /** As HTML */
  html: string
}

export interface Price {
  /** In the smallest unit of the currency */
  amount: number
  /** Three letters, such as usd */
  currency: string
}

export interface Problem {
  /** What may be meant, with ambiguous_time: both moments */
  choices?: string[]
  /** What went wrong, stable */
  code: string
  /** The ETag that is there now, with stale_version */
  current?: string
  /** A sentence for people */
  detail: string
  /** The broken rules of the input */
  errors?: Field[]
  /** Name this when you write to us */
  request_id?: string
  /** The HTTP status */
  status: number
  /** The status in words */
  title: string
  /** The page that explains the code */
  type: string
}

export interface Ref {
  /** The name, as people read it */
  name: string
  /** The name in addresses */
  slug: string
}

export interface Summary {
  /** The public summary */
  abstract: string
  /** The authors */
  authors: AuthorRef[]
  /** What the gated text holds; absent for public notes */
  behind?: Behind
  /** The last change readers could see, told or not */
  changed_at: string
  /** The picture on top */
  cover?: Cover
  /** Only what has this gate */
  gate: Gate
  /** Its id, for good */
  id: string
  /** The issue */
  issue?: IssueRef
  /** newsletter, research-note, perspective, forecast or data */
  kind: "newsletter" | "research-note" | "perspective" | "forecast" | "data"
  /** To read the whole note */
  minutes: number
  /** When readers first saw it */
  published_at: string
  /** The series */
  series?: Ref
  /** The name in addresses */
  slug: string
  /** The title */
  title: string
  /** The topics */
  topics: Ref[]
  /** The last update that readers are told of; absent when there was none */
  updated_at?: string
  /** Its page on the portal */
  url: string
}

export interface Unknown {
  /** Which field it is about */
  field: string
  /** What may have been meant */
  near?: string
  /** The value */
  value: string
}

export interface Version {
  /** Absent for the first */
  change?: "silent" | "minor" | "major"
  /** When readers first saw it */
  published_at: string
  /** Its page on the portal */
  url: string
  /** The version; it grows with each change */
  version: number
}

/** Every operation, by method and path. */
export interface Operations {
  /** List published notes */
  'GET /notes': { query?: { key?: string; series?: string; issue?: string; topic?: string; author?: string; kind?: "newsletter" | "research-note" | "perspective" | "forecast" | "data"; cursor?: string; limit?: number }; answer: Page }
  /** Get a note */
  'GET /notes/{slug}': { path: { slug: string }; query?: { key?: string }; answer: Note }
  /** Get a version of a note, as it is cited */
  'GET /notes/{slug}/versions/{version}': { path: { slug: string; version: number }; query?: { key?: string }; answer: Note }
  /** Search published notes */
  'GET /search': { query: { key?: string; q: string; sort?: "best" | "recent"; cursor?: string; limit?: number }; answer: Finds }
}
