import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksOf, merge, settle, textOf } from './blocks'

const base = 'One.\n\nTwo.\n\nThree.\n\nFour.\n'

test('fences with empty lines are one block', () => {
  expect(blocksOf('a\n\n```chart\nx\n\ny\n```\n\nb\n')).toEqual(['a', '```chart\nx\n\ny\n```', 'b'])
})

test('changes in different blocks come together without a question', () => {
  const pieces = merge(base, 'One, mine.\n\nTwo.\n\nThree.\n\nFour.\n', 'One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive, theirs.\n')
  expect(pieces.map((p) => p.kind)).toEqual(['mine', 'same', 'theirs'])
  expect(settle(pieces, {})).toBe('One, mine.\n\nTwo.\n\nThree.\n\nFour.\n\nFive, theirs.\n')
})

test('a block that both changed is asked about, and both by default', () => {
  const pieces = merge(base, base.replace('Two.', 'Two, mine.'), base.replace('Two.', 'Two, theirs.'))
  expect(pieces.map((p) => p.kind)).toEqual(['same', 'both', 'same'])
  expect(settle(pieces, {})).toContain('Two, mine.\n\nTwo, theirs.')
  expect(settle(pieces, { 1: 'mine' })).toBe(base.replace('Two.', 'Two, mine.'))
  expect(settle(pieces, { 1: 'theirs' })).toBe(base.replace('Two.', 'Two, theirs.'))
})

test('a block that one took out and the other changed is asked about', () => {
  const pieces = merge(base, 'One.\n\nThree.\n\nFour.\n', base.replace('Two.', 'Two, better.'))
  expect(pieces.find((p) => p.kind === 'both')).toEqual({ kind: 'both', base: ['Two.'], mine: [], theirs: ['Two, better.'] })
})

const block = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon')
const text = fc.array(block, { maxLength: 12 }).map(textOf)

test('nobody’s block is lost, whatever was done', () => {
  fc.assert(fc.property(text, text, text, (o, a, b) => {
    const pieces = merge(o, a, b)
    const all = pieces.flatMap((p) => (p.kind === 'both' ? [...p.mine, ...p.theirs] : p.blocks))
    const was = new Set(blocksOf(o))
    for (const x of [...blocksOf(a), ...blocksOf(b)]) if (!was.has(x) && !all.includes(x)) return false
    return true
  }), { numRuns: 2000 })
})

test('whoever changed nothing gets the other’s text', () => {
  fc.assert(fc.property(text, text, (o, a) => settle(merge(o, a, o), {}) === a && settle(merge(o, o, a), {}) === a && settle(merge(o, a, a), {}) === a), { numRuns: 2000 })
})
