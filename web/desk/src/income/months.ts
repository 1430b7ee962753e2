// Months as people read them; those of UTC.

/** "March 2026", or short "Mar 26". */
export function monthName(month: string, short = false): string {
  const at = new Date(month + '-01T00:00:00Z')
  return new Intl.DateTimeFormat('en-GB', { month: short ? 'short' : 'long', year: short ? '2-digit' : 'numeric', timeZone: 'UTC' }).format(at)
}

/** A month so many months away. */
export function monthAway(month: string, by: number): string {
  const at = new Date(month + '-01T00:00:00Z')
  at.setUTCMonth(at.getUTCMonth() + by)
  return at.toISOString().slice(0, 7)
}

export const thisMonth = (now = new Date()): string => now.toISOString().slice(0, 7)
