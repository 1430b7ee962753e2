import { expect, test } from 'vitest'
import { minutes, words } from './count'

test.each([
  ['', 0],
  ['One two three.', 3],
  ['# A heading\n\nIt’s **bold**, 9% up – and 1,200 units.', 9],
  ['before\n\n<!-- paywall -->\n\nafter', 2],
  ['```chart\nx,y\n1,2\n```\n\nafter', 1],
  ['[two words](https://example.com/a-long-address) and ![alt](x.png)', 4],
  ['| a | b |\n|---|:-:|\n| 1 | 2 |', 4],
  ['Größe naïve 東京', 3],
])('%j has %i words', (text, count) => expect(words(text)).toBe(count))

test('a short text takes a minute, none takes none', () => {
  expect([0, 5, 220, 1100].map(minutes)).toEqual([0, 1, 1, 5])
})
