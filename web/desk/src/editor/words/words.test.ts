// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { countMarkdown } from './markdown'
import { minutesFor, wordsIn } from './words'

describe('the words of a text', () => {
  it.each([
    ['', 0], ['one', 1], ["it's well-known", 2], ['Up 8.5% to $4.50', 4], ['— … ·', 0], ['日本語', 2], ['日本 market', 2], ['x²', 1],
  ])('%j', (text, count) => expect(wordsIn(text)).toBe(count))
})

describe('a note', () => {
  it('counts what readers see', () => {
    const text = '# Two words\n\nA [link](https://example.com/long) and **bold**.[^1]\n\n<!-- hidden words -->\n\n[^1]: In a note.\n'
    expect(countMarkdown(text)).toMatchObject({ words: 2 + 4 + 3, figures: 0, tables: 0, minutes: 1 })
  })

  it('counts pictures with a caption, charts and tables as time', () => {
    const text = '![alt](/a.png "A caption here")\n\n```chart\ntype: bar\n```\n\n| a | b |\n|---|---|\n| c | d |\n'
    expect(countMarkdown(text)).toMatchObject({ words: 3 + 4, figures: 2, tables: 1 })
  })

  it('is read at 225 words a minute, rounded up', () => {
    expect(minutesFor({ words: 225, figures: 0, tables: 0 })).toBe(1)
    expect(minutesFor({ words: 450, figures: 1, tables: 0 })).toBe(3)
    expect(minutesFor({ words: 0, figures: 0, tables: 0 })).toBe(0)
  })
})
