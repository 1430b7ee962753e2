import { expect, it } from 'vitest'
import { changes } from './draft'

it('sends only what somebody changed', () => {
  const from = { name: 'A', days: 7, months: [3, 6] }
  expect(changes({ ...from, months: [3, 6] }, from)).toEqual({})
  expect(changes({ ...from, days: 0, months: [3] }, from)).toEqual({ days: 0, months: [3] })
})
