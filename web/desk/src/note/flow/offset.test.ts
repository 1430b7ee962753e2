import { expect, test } from 'vitest'
import { offsetOf } from './offset'

test('the offset of a moment, also where it is none', () => {
  expect(offsetOf('2027-10-31T01:30:00+01:00')).toBe('+01:00')
  expect(offsetOf('2027-10-31T01:30:00Z')).toBe('+00:00')
  expect(offsetOf('2026-11-01T01:30:00-05:00')).toBe('-05:00')
})
