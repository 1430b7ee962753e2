import { expect, test } from 'vitest'
import { percent, sums, tone, underWay } from './words'

const counts = { done: 0, total: 0, made: 0, updated: 0, unchanged: 0, skipped: 0, conflicts: 0, failed: 0, warned: 0 }

test('sums leave out what there is none of', () => {
  expect(sums({ counts })).toBe('nothing yet')
  expect(sums({ counts: { ...counts, made: 1200, conflicts: 2 } })).toBe('1,200 made, 2 in conflict')
})

test('progress is a part of a hundred', () => {
  expect(percent({ counts })).toBe(0)
  expect(percent({ counts: { ...counts, done: 1, total: 3 } })).toBe(33)
  expect(percent({ counts: { ...counts, done: 9, total: 8 } })).toBe(100)
})

test('a state has a colour, and an end', () => {
  expect(tone({ state: 'done', counts })).toBe('published')
  expect(tone({ state: 'done', counts: { ...counts, failed: 1 } })).toBe('in_review')
  expect(tone({ state: 'failed', counts })).toBe('retracted')
  expect(underWay({ state: 'running' })).toBe(true)
  expect(underWay(undefined)).toBe(false)
})
