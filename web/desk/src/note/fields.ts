// What can be edited of a note, and how two states of it compare.
import type { Note, NoteFields } from '../api/types'
import { slugify } from '../ui/slug'

export interface Fields {
  title: string
  slug: string
  kind: string
  abstract: string
  body: string
  series: string
  issue: string
  position: number
  authors: string[]
  topics: string[]
  gate: string
  gate_plans: string[]
  cover: string
  cover_alt: string
  seo_title: string
  seo_description: string
}
export type FieldName = keyof Fields

export const fieldNames: FieldName[] = [
  'title', 'slug', 'kind', 'abstract', 'body', 'series', 'issue', 'position', 'authors', 'topics', 'gate', 'gate_plans',
  'cover', 'cover_alt', 'seo_title', 'seo_description',
]

export const fieldWords: Record<FieldName, string> = {
  title: 'Title', slug: 'Address', kind: 'Kind', abstract: 'Abstract', body: 'Text', series: 'Series', issue: 'Issue', position: 'Place in the issue',
  authors: 'Authors', topics: 'Topics', gate: 'Gate', gate_plans: 'Plans', cover: 'Cover', cover_alt: 'Cover, in words',
  seo_title: 'Title for search engines', seo_description: 'Description for search engines',
}

export function fieldsOf(n: Note): Fields {
  return {
    title: n.title, slug: n.slug, kind: n.kind, abstract: n.abstract, body: n.body, series: n.series?.slug ?? '', issue: n.issue?.slug ?? '',
    position: n.position, authors: n.authors.map((a) => a.slug), topics: n.topics.map((t) => t.slug), gate: n.gate, gate_plans: n.gate_plans,
    cover: n.cover ?? '', cover_alt: n.cover_alt, seo_title: n.seo_title, seo_description: n.seo_description,
  }
}

const texts = new Set<FieldName>(['title', 'slug', 'abstract', 'cover_alt', 'seo_title', 'seo_description'])

// The server trims short texts and writes line ends its own way. Taking that
// for a difference would change text under the hands of who types it.
function plain(name: FieldName, value: Fields[FieldName]): string {
  if (name === 'body') return (value as string).replaceAll('\r\n', '\n')
  return texts.has(name) ? (value as string).trim() : JSON.stringify(value)
}

export const sameField = (name: FieldName, a: Fields, b: Fields): boolean => a[name] === b[name] || plain(name, a[name]) === plain(name, b[name])

/** The fields in which a state differs from another. */
export const differing = (a: Fields, b: Fields): FieldName[] => fieldNames.filter((f) => !sameField(f, a, b))

/** The change to send. A note cannot be without a title; the rest is saved anyway. */
export function changes(base: Fields, local: Fields): NoteFields {
  const names = differing(base, local).filter((f) => f !== 'title' || local.title.trim() !== '')
  return Object.fromEntries(names.map((f) => [f, local[f]])) as NoteFields
}

export interface Reconciled {
  fields: Fields
  /** Changed here and there, and not to the same. */
  clashes: FieldName[]
}

/** Lays what changed on the server under what changed here. */
export function reconcile(base: Fields, local: Fields, theirs: Fields): Reconciled {
  const fields = { ...local }
  const clashes: FieldName[] = []
  for (const f of fieldNames) {
    if (sameField(f, base, theirs)) continue
    if (sameField(f, base, local)) (fields as Record<FieldName, unknown>)[f] = theirs[f]
    else if (!sameField(f, local, theirs)) clashes.push(f)
  }
  return { fields, clashes }
}

/** Whether the address still is the one made from the title. */
export const slugFollows = (n: Note): boolean => !n.published_at && (n.slug === slugify(n.title) || /^untitled(-[a-z0-9]+)?$/.test(n.slug))

/** The next address to try when the one made from a title is taken; undefined when it is not to be had with a number below ten. */
export function nextSlug(title: string, taken: string): string | undefined {
  const made = slugify(title)
  const number = taken === '' ? 2 : Number(taken.slice(made.length + 1)) + 1
  return made && number < 10 ? `${made}-${number}` : undefined
}
