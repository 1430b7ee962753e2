import { describe, expect, it } from 'vitest'
import { buckets, dayAway, daysBetween, today } from './days'

describe('days', () => {
  it('are those of UTC', () => expect(today(Date.parse('2026-03-29T00:30:00+02:00'))).toBe('2026-03-28'))
  it('are counted over a change of the clocks', () => {
    expect(dayAway('2026-03-28', 2)).toBe('2026-03-30')
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(3)
  })
})

describe('bars', () => {
  const days = [{ day: '2026-01-01', whole: 1, teasers: 2 }, { day: '2026-01-09', whole: 4, teasers: 0 }]
  it('are one a day, also for days on which nothing was opened', () => {
    const bars = buckets('2026-01-01', '2026-01-09', days, 'en-GB')
    expect(bars.map((b) => b.whole)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 4])
    expect(bars[0]?.label).toBe('1 Jan')
  })
  it('hold weeks of a quarter, the last one whole, and lose nothing', () => {
    const many = Array.from({ length: 90 }, (_, i) => ({ day: dayAway('2026-01-01', i), whole: 1, teasers: 1 }))
    const bars = buckets('2026-01-01', '2026-03-31', many, 'en-GB')
    expect(bars.length).toBe(13)
    expect(bars[12]?.whole).toBe(7)
    expect(bars[0]?.whole).toBe(6)
    expect(bars.reduce((n, b) => n + b.whole + b.teasers, 0)).toBe(180)
  })
  it('leave out what lies before', () => expect(buckets('2026-01-05', '2026-01-09', days).reduce((n, b) => n + b.whole + b.teasers, 0)).toBe(4))
})
