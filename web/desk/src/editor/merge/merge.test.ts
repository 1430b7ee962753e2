// @vitest-environment node
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents } from '../bridge/testkit'
import { assemble, type Conflict, merge } from './merge'

const base = '# Title\n\nFirst.\n\nSecond.\n\nThird.\n'

describe('a merge', () => {
  it('takes what each side alone changed', () => {
    const merged = merge(base, base.replace('First', 'My first'), base.replace('Third', 'Their third'))
    expect(merged.conflicts).toBe(0)
    expect(assemble(merged)).toBe('# Title\n\nMy first.\n\nSecond.\n\nTheir third.\n')
  })

  it('takes a change that both made alike once', () => {
    const both = base.replace('Second', '2nd')
    expect(assemble(merge(base, both, both))).toBe(both)
  })

  it('asks where both changed one block', () => {
    const merged = merge(base, base.replace('Second', 'Mine'), base.replace('Second', 'Theirs'))
    expect(merged.conflicts).toBe(1)
    const conflict = merged.pieces.find((p): p is Conflict => p.kind === 'conflict')
    expect(conflict).toMatchObject({ base: 'Second.', mine: 'Mine.', theirs: 'Theirs.' })
    expect(assemble(merged, () => 'mine')).toBe(base.replace('Second', 'Mine'))
    expect(assemble(merged, () => 'theirs')).toBe(base.replace('Second', 'Theirs'))
    expect(assemble(merged)).toBe(base.replace('Second.', 'Mine.\n\nTheirs.'))
    expect(assemble(merged, () => ({ text: 'Ours.' }))).toBe(base.replace('Second.', 'Ours.'))
  })

  it('asks where one took out what the other changed', () => {
    const merged = merge(base, base.replace('Second.\n\n', ''), base.replace('Second', 'Theirs'))
    expect(merged.conflicts).toBe(1)
    expect(assemble(merged)).toBe(base.replace('Second', 'Theirs'))
  })

  it('takes out what one took out and the other left alone', () => {
    expect(assemble(merge(base, base, base.replace('Second.\n\n', '')))).toBe('# Title\n\nFirst.\n\nThird.\n')
  })

  it('keeps blocks apart that were never neighbours', () => {
    const tight = 'A\n> q\n\nB\n'
    const merged = merge(tight, 'A\n\nNew\n> q\n\nB\n', 'A2\n> q\n\nB\n')
    expect(assemble(merged)).toContain('\n\nNew')
  })

  it('keeps a table, a fence and the paywall whole', () => {
    const text = '| a |\n|---|\n| 1 |\n\n```go\nx\n\ny\n```\n\n<!-- paywall -->\n\nEnd\n'
    const merged = merge(text, text.replace('| 1 |', '| 2 |'), text.replace('y\n', 'z\n'))
    expect(merged.conflicts).toBe(0)
    expect(assemble(merged)).toBe(text.replace('| 1 |', '| 2 |').replace('y\n', 'z\n'))
  })
})

describe('for any texts', () => {
  const block = fc.constantFrom('alpha', 'beta', '# gamma', '- delta\n- eps', '> zeta', '```\neta\n\ntheta\n```', '<!-- paywall -->', '| i |\n|---|\n| k |')
  const gap = fc.constantFrom('\n\n', '\n\n\n', '\n \n')
  const text = fc.array(fc.tuple(block, gap), { maxLength: 8 }).map((parts) => parts.map(([b, g], i) => b + (i < parts.length - 1 ? g : '\n')).join(''))
  const blocks = (s: string): string[] => s.split(/\s+/).filter((word) => /\w/.test(word)).sort()

  it('no text of either side is lost', { timeout: 120_000 }, () => {
    fc.assert(fc.property(text, text, text, (b, m, t) => {
      const out = assemble(merge(b, m, t))
      const count = (list: string[], word: string): number => list.filter((x) => x === word).length
      const [was, mine, theirs, merged] = [b, m, t, out].map(blocks) as [string[], string[], string[], string[]]
      for (const word of new Set([...mine, ...theirs])) {
        const added = Math.max(0, count(mine, word) - count(was, word), count(theirs, word) - count(was, word))
        const kept = Math.min(count(mine, word), count(theirs, word))
        expect(count(merged, word), JSON.stringify([b, m, t, out])).toBeGreaterThanOrEqual(Math.max(added, kept > 0 ? 1 : 0))
      }
    }), { seed: 1, numRuns: 1000 })
  })

  it('a side that changed nothing yields to the other, byte for byte', { timeout: 120_000 }, () => {
    fc.assert(fc.property(text, text, (b, x) => {
      expect(assemble(merge(b, x, b))).toBe(x)
      expect(assemble(merge(b, b, x))).toBe(x)
      expect(assemble(merge(b, x, x))).toBe(x)
    }), { seed: 2, numRuns: 500 })
  })

  it.each(documents)('%s stays as it is when nobody changed it', { timeout: 60_000 }, (_, source) => {
    if (source.trim() !== '') expect(assemble(merge(source, source, source))).toBe(source)
  })
})
