// One verb on many notes: one request after the other, so that a list of two
// hundred does not storm the server. What fails is told by name.
import { sentence } from '../api/problem'

export interface Outcome {
  done: number
  failed: { title: string; why: string }[]
}

export async function each<T extends { title: string }>(items: T[], verb: (item: T) => Promise<unknown>, progress: (done: number) => void): Promise<Outcome> {
  const out: Outcome = { done: 0, failed: [] }
  for (const [i, item] of items.entries()) {
    try {
      await verb(item)
      out.done++
    } catch (error) {
      out.failed.push({ title: item.title, why: sentence(error) })
    }
    progress(i + 1)
  }
  return out
}
