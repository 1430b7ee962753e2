// One act on many notes: the server does it note by note, by the hundred, and
// answers for each. A key for each hundred makes a repeat harmless.
import { api, type Input } from '../api/client'
import { newID } from '../api/id'
import type { NoteSummary } from '../api/types.gen'

export type Act = Omit<Input<'POST /notes/bulk'>['body'], 'notes'>

export interface Outcome {
  done: number
  failed: { title: string; why: string }[]
}

const most = 100

export async function act(notes: NoteSummary[], what: Act, progress: (done: number) => void, key = newID()): Promise<Outcome> {
  const out: Outcome = { done: 0, failed: [] }
  for (let from = 0; from < notes.length; from += most) {
    const part = notes.slice(from, from + most)
    const { results } = await api('POST /notes/bulk', {
      body: { ...what, notes: part.map(({ id, version }) => ({ id, version })) }, idempotencyKey: `${key}-${from}`,
    })
    for (const r of results) {
      if (r.outcome === 'refused') out.failed.push({ title: part.find((n) => n.id === r.id)?.title ?? r.id, why: r.detail ?? r.code ?? '' })
      else out.done++
    }
    progress(from + part.length)
  }
  return out
}
