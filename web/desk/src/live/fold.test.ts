import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Fold } from './fold'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function folded() {
  const poured: [number, string, unknown][] = []
  const began = Date.now()
  const fold = new Fold((word, whose) => poured.push([Date.now() - began, word, whose === 'all' ? whose : [...whose]]))
  return { fold, poured }
}

test('a burst is one look at each word a second', async () => {
  const { fold, poured } = folded()
  for (let i = 0; i < 350; i++) {
    fold.add('notes', `n${i % 3}`)
    fold.add('journal')
    await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(5000)
  const times = (word: string) => poured.filter((p) => p[1] === word).map((p) => p[0])
  expect(times('notes')).toEqual([150, 1150, 2150, 3150, 4150])
  expect(times('journal')).toEqual(times('notes'))
  expect(poured.find((p) => p[1] === 'notes')![2]).toEqual(['n0', 'n1', 'n2'])
})

test('one thing and any thing are any thing', async () => {
  const { fold, poured } = folded()
  fold.add('notes', 'a')
  fold.add('notes')
  fold.add('notes', 'b')
  await vi.advanceTimersByTimeAsync(2000)
  expect(poured).toEqual([[150, 'notes', 'all']])
})

test('what comes alone later does not wait', async () => {
  const { fold, poured } = folded()
  fold.add('notes', 'a')
  await vi.advanceTimersByTimeAsync(60_000)
  fold.add('notes', 'b')
  await vi.advanceTimersByTimeAsync(200)
  expect(poured).toEqual([[150, 'notes', ['a']], [60_150, 'notes', ['b']]])
})

test('nothing comes after its end', async () => {
  const { fold, poured } = folded()
  fold.add('notes')
  fold.stop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(poured).toEqual([])
})
