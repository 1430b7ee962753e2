import { expect, test } from 'vitest'
import { dayOf, dayStart } from './time'

test('a day of a filter comes back as it was chosen', () => {
  for (const day of ['2026-02-28', '2026-03-29', '2026-12-31']) {
    expect(dayOf(dayStart(day))).toBe(day)
    expect(dayOf(dayStart(day, 1), 1)).toBe(day)
  }
  expect(dayStart('')).toBe('')
  expect(dayOf('nonsense')).toBe('')
})
