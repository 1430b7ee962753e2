import { expect, test } from 'vitest'
import { signText } from './sharing'

const at = '2026-04-30T10:00:00Z'

test('a sign of sharing in words', () => {
  expect(signText({ at, networks: 7, copies: 0 })).toBe('Used from 7 networks within a day')
  expect(signText({ at, networks: 0, copies: 41 })).toBe('41 PDF copies taken within a day')
  expect(signText({ at, networks: 7, copies: 41 })).toBe('Used from 7 networks and 41 PDF copies taken within a day')
})
