import { expect, test } from 'vitest'
import { about } from './addresses'

test('a sentence names the entry it is about', () => {
  const list = ['https://a.example', 'http://b.example']
  expect(about({ 'origins.1': 'An origin.' }, 'origins', list)).toBe('http://b.example: An origin.')
  expect(about({ origins: 'At most 50.' }, 'origins', list)).toBe('At most 50.')
  expect(about({ 'return_addresses.0': 'x' }, 'origins', list)).toBeUndefined()
  expect(about({ 'origins.7': 'An origin.' }, 'origins', list)).toBe('An origin.')
})
