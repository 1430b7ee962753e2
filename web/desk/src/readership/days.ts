// Days of UTC, as the API names them.
const day = 24 * 3600 * 1000

/** Today, as YYYY-MM-DD. */
export const today = (now = Date.now()): string => new Date(now).toISOString().slice(0, 10)

/** A day some days away. */
export const dayAway = (from: string, days: number): string => today(Date.parse(from) + days * day)

/** How many days there are from one to the other, both counted. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / day) + 1

export interface Bucket { label: string; short: string; whole: number; teasers: number }

/**
 * Puts the days of a span, those without openings too, into at most some thirty
 * bars: of a day, of a week, or of four weeks.
 */
export function buckets(from: string, to: string, days: { day: string; whole: number; teasers: number }[], locale?: string): Bucket[] {
  const length = daysBetween(from, to)
  const size = length <= 31 ? 1 : length <= 217 ? 7 : 28
  const name = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const out: Bucket[] = []
  // The last bar ends today; the first may be of fewer days.
  for (let end = length; end > 0; end -= size) {
    const begin = Math.max(end - size, 0)
    const first = new Date(Date.parse(from) + begin * day), last = new Date(Date.parse(from) + (end - 1) * day)
    out.unshift({ label: size === 1 ? name.format(first) : name.formatRange(first, last), short: name.format(first), whole: 0, teasers: 0 })
  }
  for (const d of days) {
    const bar = out[out.length - 1 - Math.floor((daysBetween(d.day, to) - 1) / size)]
    if (!bar) continue
    bar.whole += d.whole
    bar.teasers += d.teasers
  }
  return out
}
