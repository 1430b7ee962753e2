// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { matches } from './diff'
import { Sourcebook } from './sourcebook'
import { documents, meaning, opened, places, reread, schema, sourceless } from './testkit'

const SLOW = 60_000
const PLACES = 12

/** How many lines of a text are not in another. */
function newLines(before: string, after: string): number {
  const lines = after.split('\n')
  return lines.length - matches(before.split('\n'), lines).reduce((n, m) => n + m.length, 0)
}

describe('one word typed into a document', () => {
  it.each(documents)('%s keeps all lines of the other blocks', { timeout: SLOW }, (_, source) => {
    const { book, state } = opened(source)
    const before = book.blocks(state.doc)
    const all = places(state.doc)
    all.filter((_, i) => i % Math.ceil(all.length / PLACES) === 0).forEach(({ block, at }, i) => {
      const doc = state.apply(state.tr.insertText('Quux', at)).doc
      const after = book.blocks(doc)
      expect(after.map((b) => b.gap)).toEqual(before.map((b) => b.gap))
      after.forEach((b, i) => {
        if (b.index !== block) expect(b.text).toBe(before[i]!.text)
        else expect(newLines(before[i]!.text, b.text)).toBeLessThanOrEqual(1)
      })
      if (i % 4 === 0) expect(reread(book.print(doc))).toEqual(meaning(doc))
    })
  })

  it('leaves the spelling of the rest of its block alone', () => {
    const source = '__Strong__ and _em_, AT&amp;T, [ref][r],\nnext line with `code`  \nand a break.\n\n[r]: /x\n'
    const { book, state } = opened(source)
    const at = state.doc.textBetween(0, 20).indexOf('and') + 1
    const doc = state.apply(state.tr.insertText('yes ', at)).doc
    expect(book.print(doc)).toBe(source.replace('and _em_', 'yes and _em_'))
  })

  it('adds a row to a padded table without touching the others', () => {
    const source = '| Wide    | Num  |\n|:--------|-----:|\n| a       | 1    |\n'
    const { book, state } = opened(source)
    const row = state.doc.child(0).child(1)
    const doc = state.apply(state.tr.insert(state.doc.child(0).nodeSize - 1, row)).doc
    expect(book.print(doc)).toMatch(/^\| Wide {4}\| Num {2}\|\n\|:-+\|-+:\|\n\| a {7}\| 1 {4}\|\n\| a +\| 1 +\|\n$/)
  })

  it('keeps the marker of a list for a new item', () => {
    const { book, state } = opened('* one\n* two\n')
    const item = state.doc.child(0).child(0)
    const doc = state.apply(state.tr.insert(state.doc.child(0).nodeSize - 1, item)).doc
    expect(book.print(doc)).toBe('* one\n* two\n* one\n')
  })

  it('is written back to the source when it is taken out again', () => {
    const source = '# Title #\n\nText with __strong__.\n'
    const { book, state } = opened(source)
    const typed = state.apply(state.tr.insertText('x', 12))
    expect(book.print(typed.doc)).not.toBe(source)
    expect(book.print(typed.apply(typed.tr.delete(12, 13)).doc)).toBe(source)
  })
})

describe('a link by reference', () => {
  it('becomes a link of its own when its definition is taken away', () => {
    const { book, state } = opened('See [the list][l].\n\n[l]: /list\n')
    const first = state.doc.child(0).nodeSize
    const doc = state.apply(state.tr.delete(first, state.doc.content.size)).doc
    expect(book.print(doc)).toBe('See [the list](/list).\n')
  })
})

describe('a document without its source', () => {
  it.each(documents)('%s is written so that it is read back the same', { timeout: SLOW }, (_, source) => {
    const { state } = opened(source)
    const bare = sourceless(state.doc)
    const text = new Sourcebook(schema).print(bare)
    expect(reread(text)).toEqual(meaning(bare))
  })
})
