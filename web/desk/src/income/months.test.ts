import { describe, expect, it } from 'vitest'
import { amount, monthAway, monthName, roundAmount, thisMonth } from './money'

describe('money', () => {
  it('knows how many digits a currency has', () => {
    expect(amount(4900, 'eur')).toBe('€49.00')
    expect(amount(4900, 'jpy')).toBe('JP¥4,900')
    expect(amount(-1250, 'usd')).toBe('-US$12.50')
  })
  it('is rounder on an axis', () => {
    expect(roundAmount(120000, 'eur')).toBe('€1,200')
    expect(roundAmount(0, 'eur')).toBe('€0')
  })
})

describe('months', () => {
  it('are those of UTC', () => {
    expect(monthName('2026-03')).toBe('March 2026')
    expect(monthName('2026-03', true)).toBe('Mar 26')
    expect(monthAway('2026-01', -1)).toBe('2025-12')
    expect(thisMonth(new Date('2026-03-31T23:30:00Z'))).toBe('2026-03')
  })
})
