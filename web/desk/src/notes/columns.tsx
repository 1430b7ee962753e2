// What the list of notes can show beside the title.
import type { ReactNode } from 'react'
import type { ListedNote } from '../api/types'
import { ago, date, dateTime } from '../ui/time'
import { gateWords, kindWords, StatusBadge } from './status'

export const columnNames = {
  status: 'Status', kind: 'Kind', gate: 'Gate', series: 'Series', issue: 'Issue', topics: 'Topics', authors: 'Authors', review: 'Review', schedule: 'Scheduled for',
  published: 'Published', changed: 'Changed', created: 'Begun',
}
export type Column = keyof typeof columnNames

export const allColumns = Object.keys(columnNames) as Column[]
export const usualColumns: Column[] = ['status', 'kind', 'gate', 'published', 'changed']

/** The columns that the list can be sorted by. */
export const sorts: Partial<Record<Column | 'title', string>> = { title: 'title', published: 'published', changed: 'changed' }

export const orders = [
  { value: 'changed', label: 'Last changed first' }, { value: '-changed', label: 'Last changed last' },
  { value: 'published', label: 'Last published first' }, { value: '-published', label: 'Last published last' },
  { value: 'title', label: 'By title, from A' }, { value: '-title', label: 'By title, from Z' },
]

const names = (list: { name: string }[]) => list.map((x) => x.name).join(', ')
const time = (iso: string | undefined, text: string): ReactNode => iso && <time dateTime={iso} title={dateTime(iso)}>{text}</time>

function review(n: ListedNote): ReactNode {
  if (!n.review) return ''
  if (n.review.state === 'approved') return 'Approved'
  return n.review.reviewers.length ? `With ${names(n.review.reviewers)}` : 'With anybody'
}

export function cell(n: ListedNote, column: Column): ReactNode {
  switch (column) {
    case 'status': return <StatusBadge note={n} />
    case 'kind': return kindWords[n.kind] ?? n.kind
    case 'gate': return gateWords[n.gate] ?? n.gate
    case 'series': return n.series?.name
    case 'issue': return n.issue?.name
    case 'topics': return names(n.topics)
    case 'authors': return names(n.authors)
    case 'review': return review(n)
    case 'schedule': return n.schedules[0] && time(n.schedules[0].instant, dateTime(n.schedules[0].instant))
    case 'published': return time(n.published_at, date(n.published_at))
    case 'changed': return time(n.updated_at, ago(n.updated_at))
    case 'created': return time(n.created_at, date(n.created_at))
  }
}

/** Columns whose words may break into lines. */
export const long = new Set<Column>(['topics', 'authors', 'review', 'series'])
