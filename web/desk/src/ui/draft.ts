// A form on what the server has: what is typed, and what of it is new.
import { useState } from 'react'

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** What of a form is other than it was; only that is sent, so that a colleague's
 * change of the rest stays. */
export const changes = <T extends object>(form: T, from: T): Partial<T> =>
  Object.fromEntries(Object.entries(form).filter(([k, v]) => !same(v, from[k as keyof T]))) as Partial<T>

/** Whether a form's values are others than when it was opened. */
export function useChanged(values: unknown): boolean {
  const now = JSON.stringify(values)
  const [first] = useState(now)
  return now !== first
}

interface Draft<T> {
  draft: T
  set: (part: Partial<T>) => void
  changed: Partial<T>
  dirty: boolean
  /** Takes what the server made of it. */
  settle: (saved: T) => void
}

/** A form on something that colleagues change, too: what arrives while nothing is typed is shown. */
export function useDraft<T extends object>(theirs: T): Draft<T> {
  const [from, setFrom] = useState(theirs)
  const [draft, setDraft] = useState(theirs)
  const changed = changes(draft, from)
  const dirty = Object.keys(changed).length > 0
  const settle = (saved: T) => (setFrom(saved), setDraft(saved))
  if (!dirty && !same(theirs, from)) settle(theirs)
  return { draft, set: (part) => setDraft((d) => ({ ...d, ...part })), changed, dirty, settle }
}
