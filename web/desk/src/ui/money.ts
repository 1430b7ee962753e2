// Amounts as people type them, and in the smallest unit as the API takes them.
const whole = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '))
const thirds = new Set('bhd jod kwd omr tnd'.split(' '))

/** Digits behind the point, as Stripe counts them. */
export const digits = (currency: string): number => (whole.has(currency) ? 0 : thirds.has(currency) ? 3 : 2)

export const amountOf = (typed: number, currency: string): number => Math.round(typed * 10 ** digits(currency))
export const typedOf = (amount: number, currency: string): number => amount / 10 ** digits(currency)

export function money(amount: number, currency: string): string {
  const n = digits(currency)
  return new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase(), minimumFractionDigits: n, maximumFractionDigits: n }).format(typedOf(amount, currency))
}

/** How often a price is paid, for people. */
export const every = (p: { interval: string; months?: number }): string =>
  p.interval === 'once' ? `once, for ${p.months} ${p.months === 1 ? 'month' : 'months'}` : `a ${p.interval}`
