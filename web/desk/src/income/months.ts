// Amounts and months as people read them.
const digits = new Map<string, number>()

/** How many digits a currency has after the point. */
function places(currency: string): number {
  let n = digits.get(currency)
  if (n === undefined) {
    n = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
    digits.set(currency, n)
  }
  return n
}

/** An amount in the smallest unit: "€49.00". */
export const amount = (n: number, currency: string): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(n / 10 ** places(currency))

/** The same without what is after the point, for axes: "€1,200". */
export const roundAmount = (n: number, currency: string): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency, maximumFractionDigits: Math.abs(n) < 10 * 10 ** places(currency) && n !== 0 ? places(currency) : 0, minimumFractionDigits: 0 }).format(n / 10 ** places(currency))

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
