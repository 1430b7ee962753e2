// Amounts as people type them.

/** How many digits a currency has after the point. */
export function digits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2 // not a currency yet, while it is being typed
  }
}

/** What was typed, in the smallest unit; nothing is 0. */
export const smallest = (typed: number | string, currency: string): number => Math.round((Number(typed) || 0) * 10 ** digits(currency))

/** An amount in the smallest unit, as it is typed. */
export const typed = (amount: number, currency: string): number | string => (amount ? amount / 10 ** digits(currency) : '')

/** The moment a day begins where the person sits, for the API. */
export function dayStart(day: string): string | undefined {
  const [y, m, d] = day.split('-').map(Number)
  const at = new Date(y!, m! - 1, d!)
  return day && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined
}

/** A moment as the day it is on where the person sits. */
export function dayOf(iso: string): string {
  const at = new Date(iso)
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}
