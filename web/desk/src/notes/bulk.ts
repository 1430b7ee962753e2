// One act on many notes: the server does it note by note, by the hundred, and
// answers for each. A key for each hundred makes a repeat harmless, and one
// name for all of it lets all of it be taken back.
import { api, type Input } from '../api/client'
import { newID } from '../api/id'
import type { BulkResult, SelectedNote } from '../api/types'
import { flag } from '../app/flag'

export type Act = Omit<Input<'POST /notes/bulk'>['body'], 'notes' | 'act'>

/** A note that something is to be done with, in the state in which it was chosen. */
export type Chosen = Pick<SelectedNote, 'id' | 'version' | 'title' | 'status' | 'changed'>

export interface Refused {
  title: string
  why: string
}

/** What became of an act, until the next one. */
export interface Outcome {
  label: string
  act: string
  reversible: boolean
  done: number
  unchanged: number
  refused: Refused[]
  /** It is itself the taking back of one. */
  undo?: boolean
}

/** The last act; it outlives the screen, so that it can be taken back later. */
export const lastAct = flag<Outcome | undefined>(undefined)

const most = 100

export async function act(label: string, notes: Chosen[], what: Act, progress: (done: number) => void, name = newID()): Promise<Outcome> {
  const out: Outcome = { label, act: name, reversible: false, done: 0, unchanged: 0, refused: [] }
  try {
    for (let from = 0; from < notes.length; from += most) {
      const part = notes.slice(from, from + most)
      const { results, reversible } = await api('POST /notes/bulk', {
        body: { ...what, act: name, notes: part.map(({ id, version }) => ({ id, version })) }, idempotencyKey: `${name}-${from}`,
      })
      out.reversible = reversible
      count(out, results, part)
      progress(from + part.length)
    }
  } finally {
    // Also of an act that broke off half-way: what was done can be taken back.
    if (out.done + out.refused.length > 0) lastAct.set(out)
  }
  return out
}

function count(out: Outcome, results: BulkResult[], notes: Chosen[] = []): void {
  for (const r of results) {
    if (r.outcome === 'refused') out.refused.push({ title: notes.find((n) => n.id === r.id)?.title ?? r.title ?? r.id, why: r.detail ?? r.code ?? '' })
    else if (r.outcome === 'unchanged') out.unchanged++
    else out.done++
  }
}

/** Takes an act back, note by note; what has changed since stays. */
export async function undo(of: Outcome): Promise<Outcome> {
  const out: Outcome = { label: of.label, act: of.act, reversible: false, done: 0, unchanged: 0, refused: [], undo: true }
  for (let left = 1; left > 0;) {
    const answer = await api('POST /notes/bulk/{act}/undo', { path: { act: of.act } })
    count(out, answer.results)
    left = answer.results.length ? answer.left : 0
  }
  lastAct.set(out)
  return out
}

const notes = (n: number) => `${n} ${n === 1 ? 'note' : 'notes'}`

/** The outcome as a sentence. */
export function sentence(o: Outcome): string {
  const parts = [`${o.undo ? `Took back “${o.label}”` : o.label}: ${notes(o.done)}`]
  if (o.unchanged) parts.push(`${o.unchanged} as they were already`)
  if (o.refused.length) parts.push(`${o.refused.length} ${o.undo ? 'not taken back' : 'refused'}`)
  return parts.join(', ') + '.'
}
