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
