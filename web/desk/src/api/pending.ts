// Operations that are agreed on and not yet in the server's document. Each goes
// when it appears in types.gen.ts.
import type { Note, Person, Revision, RevisionText } from './types.gen'

export interface Schedule {
  action: 'publish' | 'update' | 'retract'
  at: string
  zone: string
  offset: string
  instant: string
  revision?: number
  change?: string
  notice?: string
  reason?: string
  by: Person
}
export interface ScheduleInput { action: Schedule['action']; at: string; offset?: string; change?: string; notice?: string; reason?: string; keep_revision?: boolean }
export interface CalendarEntry {
  state: 'scheduled' | 'done'
  action: Schedule['action']
  at: string
  offset: string
  instant: string
  change?: string
  note: { id: string; version: number; status: string; slug: string; title: string; kind: string }
}
export interface Calendar { month: string; zone: string; truncated?: boolean; entries: CalendarEntry[] }

export interface Run { op: 'same' | 'del' | 'add'; text: string }
export interface FieldDiff { field: string; from: string; to: string; words: Run[] }
export interface SourceLine { op: 'same' | 'del' | 'add' | 'change'; from_line?: number; to_line?: number; from?: Run[]; to?: Run[] }
export interface Hunk { from_line: number; to_line: number; lines: SourceLine[] }
export interface RenderedRow { op: 'same' | 'del' | 'add' | 'change' | 'skip'; from_html?: string; to_html?: string; count?: number }
export interface Comparison { from: Revision; to: Revision; fields: FieldDiff[]; source: Hunk[]; rendered: RenderedRow[] }

export interface IssueNote { id: string; version: number; status: string; changed: boolean; slug: string; title: string; kind: string; position: number }
export interface Issue {
  id: string
  version: number
  series: string
  series_name: string
  slug: string
  label: string
  month: string
  number?: number
  title: string
  editorial: string
  editorial_html: string
  cover?: string
  cover_alt: string
  status: 'draft' | 'published'
  published_at?: string
  notes: IssueNote[]
}
export interface IssueFields { month?: string; number?: number; title?: string; editorial?: string; cover?: string; cover_alt?: string }

type NotePath = { path: { id: string } }

export interface Pending {
  'PUT /notes/{id}/schedule': NotePath & { body: ScheduleInput; answer: Note }
  'DELETE /notes/{id}/schedule': NotePath & { query?: { action?: string }; answer: Note }
  'GET /calendar': { query?: { month?: string }; answer: Calendar }
  'PUT /notes/{id}/revisions/{number}/name': { path: { id: string; number: number }; body: { name: string }; answer: Revision }
  'POST /notes/{id}/revisions/{number}/restoration': { path: { id: string; number: number }; body: { why?: string }; answer: Note }
  'GET /notes/{id}/comparison': NotePath & { query: { from: number; to: number }; answer: Comparison }
  'GET /notes/{id}/revisions/{number}': { path: { id: string; number: number }; answer: RevisionText & { html?: string } }
  'GET /issues': { query?: { series?: string }; answer: { issues: Issue[] } }
  'POST /issues': { body: IssueFields & { series: string; month: string }; answer: Issue }
  'GET /issues/{id}': { path: { id: string }; answer: Issue }
  'PATCH /issues/{id}': { path: { id: string }; body: IssueFields; answer: Issue }
  'PUT /issues/{id}/notes': { path: { id: string }; body: { notes: string[] }; answer: Issue }
  'PUT /issues/{id}/publication': { path: { id: string }; answer: Issue }
  'DELETE /issues/{id}/publication': { path: { id: string }; query?: { notes?: 'keep' | 'retract'; reason?: string }; answer: Issue }
}
