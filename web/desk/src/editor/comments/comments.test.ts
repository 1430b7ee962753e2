// @vitest-environment node
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents, opened } from '../bridge/testkit'
import { findAnchor, makeAnchor } from './anchor'
import { AnchorFinder, anchorOf } from './document'
import { anchorInMarkdown, findInMarkdown } from './markdown'

const text = 'The price fell again in May.\n\nThe **price** fell, and *volume* rose by 8&nbsp;%.\n\n- The price fell\n- in a list\n'

function select(source: string, words: string, nth = 0) {
  const { state } = opened(source)
  let at = -1
  let found = -1
  state.doc.descendants((node, pos) => {
    for (let i = node.text?.indexOf(words) ?? -1; i >= 0; i = node.text!.indexOf(words, i + 1)) if (++at === nth) found = pos + i
  })
  return { doc: state.doc, anchor: anchorOf(state.doc, found, found + words.length)!, from: found }
}

describe('an anchor', () => {
  it('holds the words, what stands around them, and the block', () => {
    const { anchor } = select(text, 'volume')
    expect(anchor).toEqual({ quote: 'volume', prefix: expect.stringMatching(/The price fell, and $/), suffix: ' rose by 8\u00a0%.\nThe price fell\nin a list', block: 1 })
  })

  it('finds its passage among others like it', () => {
    for (let nth = 0; nth < 3; nth++) {
      const { doc, anchor, from } = select('One fell here.\n\nTwo fell here.\n\nSix fell here.\n', 'fell', nth)
      expect(new AnchorFinder().find(doc, anchor)).toEqual({ from, to: from + 4 })
    }
  })

  it('survives edits of other passages', () => {
    const { anchor } = select(text, 'volume')
    const later = '# New heading\n\nA new paragraph about volume.\n\n' + text.replace('in May', 'in June, sharply')
    const { state } = opened(later)
    const place = new AnchorFinder().find(state.doc, anchor)!
    expect(state.doc.textBetween(place.from, place.to)).toBe('volume')
    expect(state.doc.textBetween(place.from - 5, place.from)).toBe(' and ')
  })

  it('follows a passage that was changed itself', () => {
    const { anchor } = select(text, 'volume')
    const { state } = opened(text.replace('*volume*', '*turnover*'))
    const place = new AnchorFinder().find(state.doc, anchor)!
    expect(state.doc.textBetween(place.from, place.to)).toBe('turnover')
  })

  it('follows a block that was moved', () => {
    const { anchor } = select('First passage.\n\nMiddle.\n\nLast passage.\n', 'Last passage')
    const { state } = opened('Last passage.\n\nFirst passage.\n\nMiddle.\n')
    expect(new AnchorFinder().find(state.doc, anchor)).toEqual({ from: 1, to: 13 })
  })

  it('is gone when its passage is', () => {
    const { anchor } = select('Keep this.\n\nDrop the whole paragraph here.\n', 'whole paragraph')
    expect(new AnchorFinder().find(opened('Keep this.\n').state.doc, anchor)).toBeNull()
  })

  it('spans blocks', () => {
    const { state } = opened('One two.\n\nThree four.\n')
    const anchor = anchorOf(state.doc, 5, state.doc.content.size - 7)!
    expect(anchor.quote).toBe('two.\nThree')
    expect(new AnchorFinder().find(state.doc, anchor)).toEqual({ from: 5, to: state.doc.content.size - 7 })
  })

  it('is nothing where no letter is selected', () => {
    const { state } = opened('One.\n\n---\n\nTwo.\n')
    expect(anchorOf(state.doc, 6, 7)).toBeNull()
  })
})

describe('an anchor in Markdown', () => {
  it('is the same as in the document', () => {
    const from = text.indexOf('volume')
    expect(anchorInMarkdown(text, { from, to: from + 6 })).toEqual(select(text, 'volume').anchor)
  })

  it('finds the source of its passage', () => {
    const { anchor } = select(text, 'volume')
    const range = findInMarkdown(text, anchor)!
    expect(text.slice(range.from, range.to)).toBe('volume')
  })

  it('spans what the source has between words', () => {
    const { state } = opened(text)
    const blocks = state.doc.child(0).nodeSize
    const anchor = anchorOf(state.doc, blocks + 5, blocks + 17)!
    const range = findInMarkdown(text, anchor)!
    expect(text.slice(range.from, range.to)).toBe('price** fell, ')
  })
})

describe('for any passage of any document', () => {
  const long = documents.filter(([, source]) => source.length > 400 && source.length < 7000)
  it('the anchor leads back to it, and is not shaken by words elsewhere', { timeout: 120_000 }, () => {
    fc.assert(fc.property(fc.nat(long.length - 1), fc.nat(), fc.integer({ min: 3, max: 80 }), fc.nat(), (which, start, length, other) => {
      const { state } = opened(long[which]![1])
      const size = state.doc.content.size
      const from = start % size
      const to = Math.min(size, from + length)
      const anchor = anchorOf(state.doc, from, to)
      if (!anchor || anchor.quote.trim().length < 3) return
      const place = new AnchorFinder().find(state.doc, anchor)!
      expect(place.from).toBeGreaterThanOrEqual(from)
      expect(place.to).toBeLessThanOrEqual(to)
      const at = other % size
      const $at = state.doc.resolve(at)
      if (!$at.parent.isTextblock || (at > from - 60 && at < to + 60)) return
      const tr = state.tr.insertText(' inserted words ', at)
      const moved = new AnchorFinder().find(tr.doc, anchor)!
      expect(moved).toEqual({ from: tr.mapping.map(place.from, 1), to: tr.mapping.map(place.to, -1) })
    }), { seed: 3, numRuns: 300 })
  })
})

describe('text alone', () => {
  it('gives an anchor back its range', () => {
    const texts = ['alpha beta', 'beta gamma', 'beta']
    for (const [from, to] of [[0, 5], [6, 10], [11, 15], [22, 26]] as const) {
      expect(findAnchor(texts, makeAnchor(texts, { from, to }))).toEqual({ from, to })
    }
  })
})
