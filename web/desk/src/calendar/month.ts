// Months and days as plain text, free of any zone: "2026-12", "2026-12-24".

/** The days a month's grid shows, whole weeks from Monday on. */
export function daysOf(month: string): string[] {
  const first = new Date(month + '-01T00:00:00Z')
  const back = (first.getUTCDay() + 6) % 7
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0))
  const weeks = Math.ceil((back + last.getUTCDate()) / 7)
  return Array.from({ length: weeks * 7 }, (_, i) => new Date(first.getTime() + (i - back) * 86_400_000).toISOString().slice(0, 10))
}

export function shift(month: string, by: number): string {
  const d = new Date(month + '-01T00:00:00Z')
  return new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + by, 1)).toISOString().slice(0, 7)
}

/** Today on the clocks of a zone. */
export function todayIn(zone: string, now = new Date()): string {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(now)
    const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
    return `${part('year')}-${part('month')}-${part('day')}`
  } catch {
    return now.toISOString().slice(0, 10)
  }
}

export const monthName = (month: string): string => new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(month + '-01T00:00:00Z'))

export const dayName = (day: string): string => new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(day + 'T00:00:00Z'))

/** The same time on another day. */
export const moved = (at: string, day: string): string => day + at.slice(10)
