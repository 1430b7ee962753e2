import { expect, test } from 'vitest'
import { ticked } from './ticks'

test('one row is ticked, or everything since another one, in both directions', () => {
  const ids = ['a', 'b', 'c', 'd']
  expect([...ticked(ids, new Set(), 1, true)]).toEqual(['b'])
  expect([...ticked(ids, new Set(['b']), 3, true, 1)]).toEqual(['b', 'c', 'd'])
  expect([...ticked(ids, new Set(ids), 0, false, 2)]).toEqual(['d'])
  expect([...ticked(ids, new Set(['a', 'gone']), 0, false)]).toEqual(['gone'])
})
