// Operations that are agreed on and not yet in the server's document. Each goes
// when it appears in types.gen.ts.
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

export interface Pending {
  'GET /issues': { query?: { series?: string }; answer: { issues: Issue[] } }
  'POST /issues': { body: IssueFields & { series: string; month: string }; answer: Issue }
  'GET /issues/{id}': { path: { id: string }; answer: Issue }
  'PATCH /issues/{id}': { path: { id: string }; body: IssueFields; answer: Issue }
  'PUT /issues/{id}/notes': { path: { id: string }; body: { notes: string[] }; answer: Issue }
  'PUT /issues/{id}/publication': { path: { id: string }; answer: Issue }
  'DELETE /issues/{id}/publication': { path: { id: string }; query?: { notes?: 'keep' | 'retract'; reason?: string }; answer: Issue }
}
