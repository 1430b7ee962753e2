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

export interface Author {
  /** A few sentences about the person */
  bio?: string
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** The role */
  role?: string
  /** The name in addresses */
  slug: string
  /** Their page on the portal */
  url: string
}

export interface AuthorList {
  /** The authors */
  authors: Author[]
}

export interface AuthorRef {
  /** The name, as people read it */
  name: string
  /** What the author does, in words */
  role?: string
  /** The name in addresses */
  slug: string
}

export interface Band {
  /** On top, once */
  flat: number
  /** For each, in the smallest unit */
  unit: number
  /** Absent: without an end */
  up_to?: number
}

export interface Behind {
  /** How many figures */
  figures: number
  /** How many tables */
  tables: number
  /** Rounded to hundreds */
  words: number
}

export interface Change {
  /** When it was */
  at: string
  /** Addresses that a note once had, or that a topic or an author took over: what was made for them leads to the present one now */
  former_slugs?: string[]
  /** Where it is read in this API; of what was removed, where it was */
  href: string
  /** Of a note */
  id?: string
  /** What changed */
  resource: "note" | "issue" | "series" | "topic" | "author" | "settings" | "plans"
  /** The present one; of an issue with its series, such as letter/2021-07 */
  slug?: string
  /** created: it came, or came back, after the cursor; removed: it was withdrawn */
  type: "created" | "updated" | "removed"
}

export interface ChangeList {
  /** In the order in which they became true */
  changes: Change[]
  /** There are more changes at once */
  more: boolean
  /** Send it as since, now if there is more and later if not */
  next: string
}

export interface Contact {
  /** The e-mail address */
  email?: string
  /** The heading */
  headline?: string
  /** Postal address */
  lines: string[]
  /** The telephone number */
  phone?: string
  /** The text, without markup */
  text?: string
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
  /** What include asked for */
  included?: Included
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
  /** What was decided for this reader. Whether the note is sold on its own is told by the note itself only */
  access: Access
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

export interface Included {
  /** With include=authors */
  authors?: Author[]
  /** With include=issue: the issue of each note */
  issues?: Issue[]
  /** With include=related, of one note: notes that are like it, the likest first */
  related?: Listed[]
  /** With include=topics */
  topics?: Topic[]
}

export interface Issue {
  /** Absent when none was chosen; the portal draws one then */
  cover?: Cover
  /** HTML, for everybody */
  editorial_html?: string
  /** Its id, for good */
  id: string
  /** What it is called */
  label: string
  /** As the firm counts; absent when it does not */
  number?: number
  /** When readers first saw it */
  published_at: string
  /** The series */
  series: Ref
  /** The month; an issue is named together with its series */
  slug: string
  /** The title */
  title?: string
  /** Its page on the portal */
  url: string
}

export interface IssuePage {
  /** The issues */
  issues: Issue[]
  /** Send it as cursor to get the following page; absent at the end */
  next?: string
}

export interface IssueRef {
  /** What it is called */
  label: string
  /** As the firm counts; absent when it does not */
  number?: number
  /** The name in addresses */
  slug: string
}

export interface Link {
  /** What it is called */
  label: string
  /** A path of the portal, or a whole address */
  url: string
}

export interface Listed {
  /** The public summary */
  abstract: string
  /** What was decided for this reader. Whether the note is sold on its own is told by the note itself only */
  access: Access
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
  /** What include asked for */
  included?: Included
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
  /** What include asked for */
  included?: Included
  /** Send it as cursor to get the following page; absent at the end */
  next?: string
  /** The notes */
  notes: Listed[]
  /** Notes on all pages; with total=true */
  total?: number
}

export interface Part {
  /** The headings */
  contents: Heading[]
  /** Present unless another format was asked for. Words around the text, such as the titles of callouts, are in the publication's language */
  html?: string
  /** With format=markdown. The whole text is as the editor wrote it, without comments; the teaser is written anew */
  markdown?: string
  /** With format=text: without any marks */
  text?: string
}

export interface Plan {
  /** What subscribers get, line by line */
  benefits: string[]
  /** A few words about it */
  description?: string
  /** The name, as people read it */
  name: string
  /** The shortest interval first */
  prices: PlanPrice[]
  /** For how many people it is; absent for one */
  seats?: Seats
  /** The name in addresses */
  slug: string
  /** Free days for who has never had any */
  trial_days?: number
  /** Its page on the portal */
  url: string
}

export interface PlanList {
  /** The plans */
  plans: Plan[]
}

export interface PlanPrice {
  /** For one, in the smallest unit of the currency; 0 with bands */
  amount: number
  /** Prices by quantity */
  bands?: Band[]
  /** Three letters, such as usd */
  currency: string
  /** How often it is paid: month or year */
  interval: "month" | "year" | "once"
  /** How long it lasts, with the interval once */
  months?: number
  /** The band that the quantity falls into prices all; otherwise each band prices what lies in it */
  volume?: boolean
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

export interface Seats {
  /** The fewest; of a fixed number, that number */
  from: number
  /** fixed: the price includes them; quantity: as many as are bought */
  kind: "fixed" | "quantity"
  /** The most that are sold online */
  to?: number
}

export interface Series {
  /** A few words about it */
  description?: string
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** The name in addresses */
  slug: string
  /** Its page on the portal */
  url: string
}

export interface SeriesList {
  /** The series */
  series: Series[]
}

export interface Settings {
  /** A longer text about the publication */
  about?: string
  /** Colour of links and buttons by day; absent for the house's own */
  accent?: string
  /** What a subscriber gets, to show at the gate */
  benefits: string[]
  /** How to reach the publication */
  contact: Contact
  /** The links at the foot of each page */
  footer: Link[]
  /** Of the portal's own words */
  language: string
  /** All there are */
  languages: string[]
  /** Address of the picture; absent for the name in letters */
  logo?: string
  /** For dark screens */
  logo_dark?: string
  /** The name, as people read it */
  name: string
  /** What the firm chose; empty for the portal's own */
  navigation: Link[]
  /** A line at the foot of every page */
  notice?: string
  /** The publication's own pages, such as its terms */
  pages: TextPage[]
  /** Links to other places of the publication */
  social: Link[]
  /** A line about the publication */
  tagline?: string
  /** The time zone, such as Europe/Berlin */
  time_zone: string
  /** Face of the letters that texts are set in */
  type: "serif" | "sans"
  /** The portal */
  url: string
}

export interface TextPage {
  /** As HTML */
  html: string
  /** The name in addresses */
  slug: string
  /** The title */
  title: string
  /** Its page on the portal */
  url: string
}

export interface Topic {
  /** A few words about it */
  description?: string
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** The name in addresses */
  slug: string
  /** Its page on the portal */
  url: string
}

export interface TopicList {
  /** The topics */
  topics: Topic[]
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

export interface WholeIssue {
  /** Absent when none was chosen; the portal draws one then */
  cover?: Cover
  /** HTML, for everybody */
  editorial_html?: string
  /** Its id, for good */
  id: string
  /** What it is called */
  label: string
  /** In the order of the issue */
  notes: Listed[]
  /** As the firm counts; absent when it does not */
  number?: number
  /** When readers first saw it */
  published_at: string
  /** The series */
  series: Ref
  /** The month; an issue is named together with its series */
  slug: string
  /** The title */
  title?: string
  /** Its page on the portal */
  url: string
}

/** Every operation, by method and path. */
export interface Operations {
  /** List all authors */
  'GET /authors': { query?: { key?: string }; answer: AuthorList }
  /** Get an author */
  'GET /authors/{name}': { path: { name: string }; query?: { key?: string }; answer: Author }
  /** List what changed since a moment */
  'GET /changes': { query?: { key?: string; since?: string; limit?: number }; answer: ChangeList }
  /** Hear what changes while it changes */
  'GET /events': { query?: { key?: string; types?: string[] }; answer: Response }
  /** List the issues that have appeared */
  'GET /issues': { query?: { key?: string; series?: string; cursor?: string; limit?: number }; answer: IssuePage }
  /** Get an issue by its id */
  'GET /issues/{name}': { path: { name: string }; query?: { key?: string }; answer: WholeIssue }
  /** Get an issue */
  'GET /issues/{series}/{issue}': { path: { series: string; issue: string }; query?: { key?: string }; answer: WholeIssue }
  /** List published notes */
  'GET /notes': { query?: { key?: string; series?: string; issue?: string; topic?: string; author?: string; kind?: "newsletter" | "research-note" | "perspective" | "forecast" | "data"; filter?: string; sort?: string; cursor?: string; limit?: number; total?: boolean; fields?: string[]; include?: string[] }; answer: Page }
  /** Get a note */
  'GET /notes/{slug}': { path: { slug: string }; query?: { key?: string; format?: "html" | "markdown" | "text"; fields?: string[]; include?: string[] }; answer: Note }
  /** Get a version of a note, as it is cited */
  'GET /notes/{slug}/versions/{version}': { path: { slug: string; version: number }; query?: { key?: string; format?: "html" | "markdown" | "text" }; answer: Note }
  /** List the plans that everybody can buy */
  'GET /plans': { query?: { key?: string }; answer: PlanList }
  /** Search published notes */
  'GET /search': { query: { key?: string; q: string; sort?: "best" | "recent"; cursor?: string; limit?: number; filter?: string; fields?: string[]; include?: string[] }; answer: Finds }
  /** List all series */
  'GET /series': { query?: { key?: string }; answer: SeriesList }
  /** Get a series */
  'GET /series/{name}': { path: { name: string }; query?: { key?: string }; answer: Series }
  /** Get what a front end needs to know of the publication */
  'GET /settings': { query?: { key?: string }; answer: Settings }
  /** List all topics */
  'GET /topics': { query?: { key?: string }; answer: TopicList }
  /** Get a topic */
  'GET /topics/{name}': { path: { name: string }; query?: { key?: string }; answer: Topic }
}
