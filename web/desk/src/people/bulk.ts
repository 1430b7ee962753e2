// One act on many members, by the hundred. A key for each hundred makes a
// repeat of it harmless.
import { api, type Input } from '../api/client'

export type MemberAct = Omit<Input<'POST /members/bulk'>['body'], 'members'>

/** A member that something is to be done with. */
export interface Chosen { id: string; email: string }

export interface Outcome { label: string; done: number; unchanged: number; refused: { email: string; why: string }[] }

export const most = 100

export async function act(label: string, members: Chosen[], what: MemberAct, name: string, progress: (done: number) => void): Promise<Outcome> {
  const out: Outcome = { label, done: 0, unchanged: 0, refused: [] }
  for (let from = 0; from < members.length; from += most) {
    const part = members.slice(from, from + most)
    const { results } = await api('POST /members/bulk', { body: { ...what, members: part.map((m) => m.id) }, idempotencyKey: `${name}-${from}` })
    for (const r of results) {
      if (r.outcome === 'done') out.done++
      else if (r.outcome === 'unchanged') out.unchanged++
      else out.refused.push({ email: part.find((m) => m.id === r.id)?.email ?? r.id, why: r.detail ?? r.code ?? '' })
    }
    progress(from + part.length)
  }
  return out
}

/** The outcome as a sentence. */
export function sentence(o: Outcome): string {
  const parts = [`${o.label}: ${o.done} ${o.done === 1 ? 'member' : 'members'}`]
  if (o.unchanged) parts.push(`${o.unchanged} had none`)
  if (o.refused.length) parts.push(`${o.refused.length} refused`)
  return parts.join(', ') + '.'
}
