// Threads and places, as pure functions.
import type { Comment } from '../../api/types'
import type { CommentPlace } from '../../editor'

/** First what concerns the whole note, then by place, then what lost its passage. */
export function inTextOrder(threads: Comment[], places: ReadonlyMap<string, number | null>): Comment[] {
  const rank = (t: Comment): number => (t.anchor ? (places.get(t.id) ?? Infinity) : -1)
  return threads.map((t, i) => ({ t, i, at: rank(t) })).sort((a, b) => (a.at === b.at ? a.i - b.i : a.at - b.at)).map(({ t }) => t)
}

/** The anchors that differ from those the server has. */
export function moved(threads: Comment[], places: CommentPlace[]) {
  const now = new Map(places.map((p) => [p.id, p.anchor]))
  return threads.flatMap((t) => {
    const anchor = now.get(t.id)
    const was = t.anchor
    if (!anchor || !was || anchor.quote.length > 5000) return []
    const same = was.quote === anchor.quote && (was.prefix ?? '') === anchor.prefix && (was.suffix ?? '') === anchor.suffix && (was.block ?? 0) === anchor.block
    return same ? [] : [{ thread: t.id, ...anchor }]
  })
}

/** The colleagues whose names are called in a text, each as "@Name". */
export const calledIn = (text: string, people: { id: string; name: string }[]): string[] => people.filter((p) => text.includes(`@${p.name}`)).map((p) => p.id)
