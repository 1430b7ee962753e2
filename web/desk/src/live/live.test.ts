import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keyOf, queries } from '../api/query'
import { meQuery } from '../api/session'
import type { Me } from '../api/types'
import { openNotes } from '../note/open-notes'
import type { Saver } from '../note/saver'
import { refreshOld, start } from './live'

let line: ReadableStreamDefaultController<Uint8Array> | undefined
let asked = 0
const see = (state: 'visible' | 'hidden') => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  asked = 0
  line = undefined
  vi.stubGlobal('fetch', vi.fn(async (_: string, init: RequestInit) => {
    asked++
    init.signal!.addEventListener('abort', () => { line = undefined })
    return new Response(new ReadableStream<Uint8Array>({ start: (c) => { line = c } }))
  }))
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  openNotes.clear()
  queries.clear()
})

const noteKey = (id: string) => keyOf('GET /notes/{id}', { path: { id } })
const old = (key: readonly unknown[]) => queries.getQueryState(key)?.isInvalidated
const open = (id: string, kind: string) => openNotes.set(id, { snapshot: () => ({ state: { kind } }) } as Saver)

test('what an event tells of is old a moment later, and nothing else', async () => {
  for (const id of ['a', 'b']) queries.setQueryData(noteKey(id), {})
  queries.setQueryData(['plans'], {})
  const stop = start()
  await wait(0)
  line!.enqueue(new TextEncoder().encode('id: 1\nevent: note.published\ndata: {"data":{"subject":{"kind":"note","id":"a"}}}\n\n'))
  await wait(200)
  expect([old(noteKey('a')), old(noteKey('b')), old(['plans'])]).toEqual([true, false, false])
  stop()
  expect(line).toBeUndefined()
})

test('an open note with edits is left alone', () => {
  for (const kind of ['dirty', 'saving', 'offline', 'signed-out', 'refused', 'conflict']) {
    queries.setQueryData(noteKey('a'), {})
    open('a', kind)
    refreshOld('notes', new Set(['a']))
    refreshOld('*', 'all')
    expect(old(noteKey('a')), kind).toBe(false)
  }
  open('a', 'saved')
  refreshOld('notes', new Set(['a']))
  expect(old(noteKey('a'))).toBe(true)
})

test('a window that is not seen for long gives its line up, and takes it up again', async () => {
  const stop = start()
  await wait(0)
  see('hidden')
  await wait(20_000)
  see('visible')
  await wait(60_000)
  expect([asked > 0, line !== undefined]).toEqual([true, true])
  see('hidden')
  await wait(31_000)
  const before = asked
  expect(line).toBeUndefined()
  await wait(600_000)
  expect(asked).toBe(before)
  see('visible')
  await wait(0)
  expect([asked, line !== undefined]).toEqual([before + 1, true])
  stop()
})

test('a window that was opened behind another one does not listen yet', async () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const stop = start()
  await wait(600_000)
  expect(asked).toBe(0)
  stop()
})

test('it stops when nobody is signed in, and goes on when somebody is again', async () => {
  const stop = start()
  await wait(0)
  queries.setQueryData(meQuery.queryKey, null)
  await wait(0)
  expect(line).toBeUndefined()
  queries.setQueryData(meQuery.queryKey, { id: '1', name: 'Eva', capabilities: [] } as unknown as Me)
  await wait(0)
  expect([asked, line !== undefined]).toEqual([2, true])
  stop()
})
