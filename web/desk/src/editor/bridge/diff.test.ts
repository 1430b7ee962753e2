// @vitest-environment node
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from './diff'
import { patch } from './patch'

describe('what two sequences share', () => {
  it('is in both, in order, and never twice', () => {
    const sequence = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 })
    fc.assert(fc.property(sequence, sequence, (a, b) => {
      let lastA = 0
      let lastB = 0
      for (const m of matches(a, b)) {
        expect(m.a).toBeGreaterThanOrEqual(lastA)
        expect(m.b).toBeGreaterThanOrEqual(lastB)
        expect(a.slice(m.a, m.a + m.length)).toEqual(b.slice(m.b, m.b + m.length))
        lastA = m.a + m.length
        lastB = m.b + m.length
      }
    }))
  })

  it('is as long as can be', () => {
    const found = matches([...'abcabba'], [...'cbabac'])
    expect(found.reduce((n, m) => n + m.length, 0)).toBe(4)
  })
})

describe('a change carried over to the source', () => {
  it.each([
    ['__a__ and _b_', '**a** and *b*', '**a** or *b*', '__a__ or _b_'],
    ['a\nb\nc', 'a b c', 'a b d', 'a\nb\nd'],
    ['&amp; x', '& x', '& x y', '&amp; x y'],
    ['same', 'same', '', ''],
    ['', '', 'new', 'new'],
  ])('%j', (source, before, after, result) => {
    expect(patch(source, before, after)).toBe(result)
  })

  it('takes the print where the spelling itself changed', () => {
    expect(patch('_b_', '*b*', '**b**')).toContain('b')
  })
})
