// Keys of a list: j and k go from row to row, x ticks one. What a row is opened
// by has the focus, so that Enter needs nothing of ours.
import { useEffect, useRef } from 'react'
import { busyElsewhere } from '../app/keys'

/** The rows' links or buttons carry data-row with what they are about. */
export function useListKeys(tick?: (id: string) => void): void {
  const latest = useRef(tick)
  latest.current = tick
  useEffect(() => {
    function onKey(e: KeyboardEvent) {
      if (!['j', 'k', 'x'].includes(e.key) || busyElsewhere(e)) return
      const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
      const here = rows.findIndex((r) => r === document.activeElement || r.closest('tr, article')?.contains(document.activeElement))
      if (e.key === 'x') {
        const id = rows[here]?.dataset.row
        if (!id || !latest.current) return
        e.preventDefault()
        latest.current(id)
        return
      }
      const next = rows[here < 0 ? 0 : here + (e.key === 'j' ? 1 : -1)]
      if (!next) return
      e.preventDefault()
      next.focus()
      next.scrollIntoView({ block: 'nearest' })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
