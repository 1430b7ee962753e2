// Amounts as people type and read them; the API has them in the smallest unit.
const whole = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '))
const thirds = new Set('bhd jod kwd omr tnd'.split(' '))

/** Digits behind the point, as Stripe counts them. */
export const digits = (currency: string): number => (whole.has(currency) ? 0 : thirds.has(currency) ? 3 : 2)

/** What was typed, in the smallest unit; nothing is 0. */
export const amountOf = (typed: number | string, currency: string): number => Math.round((Number(typed) || 0) * 10 ** digits(currency))

/** An amount as it is typed; 0 is an empty field. */
export const typedOf = (amount: number | undefined, currency: string): number | string => (amount ? amount / 10 ** digits(currency) : '')

function written(amount: number, currency: string, least: number, most: number): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase(), minimumFractionDigits: least, maximumFractionDigits: most }).format(amount / 10 ** digits(currency))
}

/** An amount for people: "$1,450.00". */
export const money = (amount: number, currency: string): string => written(amount, currency, digits(currency), digits(currency))

/** The same for axes, without what is after the point where it is large: "€1,200". */
export const roundMoney = (amount: number, currency: string): string =>
  written(amount, currency, 0, amount !== 0 && Math.abs(amount) < 10 * 10 ** digits(currency) ? digits(currency) : 0)
