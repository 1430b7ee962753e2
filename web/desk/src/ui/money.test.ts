import { expect, it } from 'vitest'
import { amountOf, money, typedOf } from './money'

it('counts in the smallest unit of each currency', () => {
  expect(amountOf(49.99, 'usd')).toBe(4999)
  expect(amountOf(1.15, 'eur')).toBe(115)
  expect(amountOf(500, 'jpy')).toBe(500)
  expect(amountOf(1.234, 'kwd')).toBe(1234)
  expect(typedOf(4999, 'usd')).toBe(49.99)
  expect(money(145000, 'usd')).toBe('$1,450.00')
  expect(money(500, 'jpy')).toBe('¥500')
})
