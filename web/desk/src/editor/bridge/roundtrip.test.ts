// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { documents, opened } from './testkit'

describe('a document that nobody touched', () => {
  it.each(documents)('%s comes back byte for byte', (_, source) => {
    const { book, state } = opened(source)
    state.doc.check()
    expect(book.print(state.doc)).toBe(source)
  })
})
