import { expect, it } from 'vitest'
import { moved } from './list'
import { target } from './drag-order'

it.each([
  [0, 2, 'after', 'bca'], [0, 2, 'before', 'bac'], [2, 0, 'before', 'cab'], [2, 0, 'after', 'acb'], [1, 1, 'after', 'abc'], [0, 1, 'before', 'abc'],
] as const)('from %i dropped on %i, %s', (from, over, side, order) => {
  expect(moved([...'abc'], from, target({ from, over, side })).join('')).toBe(order)
})
