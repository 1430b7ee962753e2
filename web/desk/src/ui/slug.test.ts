import { expect, it } from 'vitest'
import { slugify } from './slug'

it('makes an address that the server takes', () => {
  expect(slugify('Prices & Größen: a reader’s guide')).toBe('prices-and-grossen-a-readers-guide')
  expect(slugify('Café  — 2026!')).toBe('cafe-2026')
  expect(slugify('one two three', 8)).toBe('one-two')
  expect(slugify('…')).toBe('')
})
