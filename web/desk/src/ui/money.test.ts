import { expect, it } from 'vitest'
import { amountOf, money, roundMoney, typedOf } from './money'

it('counts in the smallest unit of each currency', () => {
  expect(amountOf(49.99, 'usd')).toBe(4999)
  expect(amountOf(1.15, 'eur')).toBe(115)
  expect(amountOf(500, 'jpy')).toBe(500)
  expect(amountOf(1.234, 'kwd')).toBe(1234)
  expect(amountOf('', 'eur')).toBe(0)
  expect(amountOf(5, 'e')).toBe(500)
})

it('goes there and back', () => {
  for (const [amount, currency] of [[900, 'eur'], [1, 'usd'], [1500, 'jpy'], [12345, 'kwd']] as const) {
    expect(amountOf(typedOf(amount, currency), currency)).toBe(amount)
  }
  expect(typedOf(0, 'usd')).toBe('')
  expect(typedOf(undefined, 'usd')).toBe('')
})

it('is written the same everywhere, and rounder on an axis', () => {
  expect(money(145000, 'usd')).toBe('$1,450.00')
  expect(money(-1250, 'usd')).toBe('-$12.50')
  expect(money(500, 'jpy')).toBe('¥500')
  expect(roundMoney(120000, 'eur')).toBe('€1,200')
  expect(roundMoney(550, 'eur')).toBe('€5.5')
  expect(roundMoney(0, 'eur')).toBe('€0')
})
