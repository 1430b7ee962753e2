import { expect, test } from 'vitest'
import { daysOf, moved, shift, todayIn } from './month'

test('a grid has whole weeks from Monday on', () => {
  const days = daysOf('2026-12')
  expect([days[0], days.at(-1), days.length]).toEqual(['2026-11-30', '2027-01-03', 35])
  expect(daysOf('2027-02')).toHaveLength(28)
  expect(daysOf('2026-08')).toHaveLength(42)
  for (const m of ['2024-02', '2025-03', '2026-10']) expect(daysOf(m).filter((d) => d.startsWith(m))).toHaveLength(new Date(Number(m.slice(0, 4)), Number(m.slice(5)), 0).getDate())
})

test('months go on over the turn of a year', () => {
  expect([shift('2026-12', 1), shift('2026-01', -1), shift('2026-05', 14)]).toEqual(['2027-01', '2025-12', '2027-07'])
})

test('today is the day of the publication, not of the browser', () => {
  const late = new Date('2026-12-31T23:30:00Z')
  expect(todayIn('Asia/Tokyo', late)).toBe('2027-01-01')
  expect(todayIn('America/New_York', late)).toBe('2026-12-31')
  expect(todayIn('Nowhere/At-all', late)).toBe('2026-12-31')
})

test('moving to another day keeps the time', () => expect(moved('2026-12-24T09:30', '2027-01-02')).toBe('2027-01-02T09:30'))
