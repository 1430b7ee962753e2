import { expect, test } from 'vitest'
import { dayOf, dayStart, smallest, typed } from './amount'

test('amounts go there and back', () => {
  for (const [amount, currency] of [[900, 'eur'], [1, 'usd'], [1500, 'jpy'], [12345, 'kwd']] as const) {
    expect(smallest(typed(amount, currency), currency)).toBe(amount)
  }
  expect(smallest('', 'eur')).toBe(0)
  expect(smallest(19.99, 'eur')).toBe(1999)
  expect(smallest(5, 'e')).toBe(500)
})

test('days are those of whoever looks', () => {
  expect(dayOf(dayStart('2026-03-29')!)).toBe('2026-03-29')
  expect(dayStart('')).toBeUndefined()
})
