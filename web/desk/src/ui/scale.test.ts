import { describe, expect, it } from 'vitest'
import { reach, stack, ticks, type Series } from './scale'

describe('the axis', () => {
  it('always holds zero and both ends', () => {
    for (const [low, high] of [[0, 97], [-350, 1200], [-9, 0], [4900, 5100], [0, 3]] as const) {
      const t = ticks(low, high)
      expect(t).toContain(0)
      expect(t[0]).toBeLessThanOrEqual(Math.min(0, low))
      expect(t[t.length - 1]).toBeGreaterThanOrEqual(high)
      expect(t.length).toBeLessThanOrEqual(9)
    }
  })
  it('has something to draw when there is nothing', () => expect(ticks(0, 0)).toEqual([0, 1]))
  it('has whole steps for small numbers', () => expect(ticks(0, 3)).toEqual([0, 1, 2, 3]))
})

describe('stacked bars', () => {
  const series: Series[] = [{ name: 'New', tone: 'a', values: [5, 0] }, { name: 'More', tone: 'b', values: [3, 2] }, { name: 'Churn', tone: 'c', values: [-4, 0] }]
  it('begin at zero and go both ways', () => {
    expect(stack(series, 0).map((p) => [p.from, p.to])).toEqual([[0, 5], [5, 8], [0, -4]])
    expect(stack(series, 1).map((p) => p.name)).toEqual(['More'])
  })
  it('reach as far as their stacks', () => expect(reach(series, 2)).toEqual([-4, 8]))
})
