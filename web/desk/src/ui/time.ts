// Times as people read them.
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export const date = (iso?: string): string => (iso ? day.format(new Date(iso)) : '')
export const dateTime = (iso?: string): string => (iso ? moment.format(new Date(iso)) : '')

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['second', 60], ['minute', 60], ['hour', 24], ['day', 7], ['week', 4.35], ['month', 12], ['year', Infinity]]

/** "3 minutes ago", "in 2 days", "yesterday". */
export function ago(iso: string, now = Date.now()): string {
  let n = (new Date(iso).getTime() - now) / 1000
  for (const [unit, size] of steps) {
    if (Math.abs(n) < size) return unit === 'second' && Math.abs(n) < 45 ? 'just now' : relative.format(Math.round(n), unit)
    n /= size
  }
  return ''
}

/** The first moment of a day as a field gives it, or of the day after; empty for none. */
export function dayStart(day: string, after = 0): string {
  const [y, m, d] = day.split('-').map(Number)
  const at = new Date(y!, m! - 1, d! + after)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString()
}

/** The day of such a moment, as a field wants it. */
export function dayOf(iso?: string, before = 0): string {
  const at = new Date(iso ?? '')
  if (Number.isNaN(at.getTime())) return ''
  at.setDate(at.getDate() - before)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
}
