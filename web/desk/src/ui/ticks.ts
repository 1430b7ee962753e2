// Rows that are ticked, for an act on many.
import { useRef } from 'react'

/** The ids after one row was ticked or not; with a range, everything between it and the row before. */
export function ticked(ids: string[], now: ReadonlySet<string>, i: number, on: boolean, from = i): ReadonlySet<string> {
  const next = new Set(now)
  for (const id of ids.slice(Math.min(i, from), Math.max(i, from) + 1)) {
    if (on) next.add(id)
    else next.delete(id)
  }
  return next
}

/** Ticks a row, with Shift everything since the row that was ticked before. */
export function useTicks(ids: string[], now: ReadonlySet<string>, onTick: (ids: ReadonlySet<string>) => void): (i: number, on: boolean, range: boolean) => void {
  const last = useRef(-1)
  return (i, on, range) => {
    const from = range && last.current >= 0 ? last.current : i
    last.current = i
    onTick(ticked(ids, now, i, on, from))
  }
}
