import { expect, it } from 'vitest'
import { monthAway, monthName, thisMonth } from './months'

it('are those of UTC', () => {
  expect(monthName('2026-03')).toBe('March 2026')
  expect(monthName('2026-03', true)).toBe('Mar 26')
  expect(monthAway('2026-01', -1)).toBe('2025-12')
  expect(thisMonth(new Date('2026-03-31T23:30:00Z'))).toBe('2026-03')
})
