import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Ear, reader, type Frame } from './ear'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.5) // gaps as they are
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A server whose streams are told, broken and refused by hand. */
function house() {
  const asked: string[] = []
  const heard: string[] = []
  const server = { status: 200, missed: 0, lines: [] as ReadableStreamDefaultController<Uint8Array>[] }
  const ear = new Ear({
    open: async (last) => {
      asked.push(last)
      if (server.status === 0) throw new TypeError('no network')
      if (server.status !== 200) return new Response('{}', { status: server.status })
      return new Response(new ReadableStream<Uint8Array>({ start: (c) => void server.lines.push(c) }))
    },
    heard: (f) => heard.push(f.kind),
    missed: () => server.missed++,
  })
  const say = async (text: string) => {
    server.lines.at(-1)!.enqueue(new TextEncoder().encode(text))
    await vi.advanceTimersByTimeAsync(0)
  }
  const cut = async () => {
    server.lines.at(-1)!.close()
    await vi.advanceTimersByTimeAsync(0)
  }
  const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  return { ear, asked, heard, server, say, cut, wait }
}
const event = (id: number, kind: string) => `id: ${id}\nevent: ${kind}\ndata: {}\n\n`

test('frames are read wherever the pieces are cut', () => {
  const text = ': begin\n\nretry: 3000\n\nid: 7\nevent: note.published\ndata: {"a":"b: ü"}\n\nid: 8\r\ndata: one\r\ndata:two\r\n\r\nid: 9\n\n'
  const want: Frame[] = [{ id: '7', kind: 'note.published', data: '{"a":"b: ü"}' }, { id: '8', kind: 'message', data: 'one\ntwo' }]
  for (let cut = 0; cut <= text.length; cut++) {
    const got: Frame[] = []
    const take = reader((f) => got.push(f))
    take(text.slice(0, cut))
    take(text.slice(cut))
    expect(got, `cut at ${cut}`).toEqual(want)
  }
})

test('who was cut off comes back behind what was heard last', async () => {
  const { ear, asked, heard, server, say, cut, wait } = house()
  ear.open()
  await wait(0)
  await say(': begin\n\n' + event(41, 'note.created'))
  await say(event(42, 'note.published'))
  await cut()
  await wait(2900)
  expect(asked).toEqual([''])
  await wait(200)
  expect(asked).toEqual(['', '42'])
  await say(event(43, 'note.updated'))
  expect(heard).toEqual(['note.created', 'note.published', 'note.updated'])
  expect(server.missed).toBe(0)
  ear.close()
})

test('gaps grow while it fails, are bounded, and are short again after a while that went well', async () => {
  const { ear, asked, server, wait, cut } = house()
  server.status = 0
  ear.open()
  await wait(0)
  for (const gap of [3000, 6000, 12_000, 24_000, 48_000, 96_000, 120_000, 120_000]) {
    const before = asked.length
    await wait(gap - 10)
    expect(asked.length, `within ${gap}`).toBe(before)
    await wait(10)
    expect(asked.length, `after ${gap}`).toBe(before + 1)
  }
  server.status = 200
  await wait(120_000)
  await wait(40_000)
  await cut()
  const before = asked.length
  await wait(3000)
  expect(asked.length).toBe(before + 1)
  ear.close()
})

test('a line without a sign of life is given up', async () => {
  const { ear, asked, say, wait } = house()
  ear.open()
  await wait(0)
  for (let i = 0; i < 6; i++) {
    await wait(15_000)
    await say(': beat\n\n')
  }
  expect(asked).toHaveLength(1)
  await wait(55_000)
  expect(asked).toHaveLength(2)
  ear.close()
})

test('what was missed is told: where the server kept no more, and where nothing was heard before', async () => {
  const { ear, server, say, cut, wait, heard } = house()
  ear.open()
  await wait(0)
  expect(server.missed).toBe(0)
  await cut()
  await wait(3000)
  expect(server.missed).toBe(1)
  await say(event(9, 'stream.gap'))
  expect(server.missed).toBe(2)
  expect(heard).toEqual([])
  ear.close()
})

test('who is signed out is not asked for again until somebody signed in', async () => {
  const { ear, asked, server, wait } = house()
  server.status = 401
  ear.open()
  await wait(600_000)
  ear.open()
  await wait(0)
  expect(asked).toHaveLength(1)
  server.status = 200
  ear.wake()
  await wait(0)
  expect(asked).toHaveLength(2)
  ear.wake()
  await wait(0)
  expect(asked).toHaveLength(2) // it listens already
  ear.close()
})

test('a place that the server does not know is forgotten', async () => {
  const { ear, asked, server, say, cut, wait } = house()
  ear.open()
  await wait(0)
  await say(event(5, 'note.created'))
  server.status = 400
  await cut()
  await wait(3000)
  server.status = 200
  await wait(6000)
  expect(asked).toEqual(['', '5', ''])
  expect(server.missed).toBe(1)
  ear.close()
})

test('closed it is quiet, and goes on where it was', async () => {
  const { ear, asked, say, wait, server } = house()
  ear.open()
  await wait(0)
  await say(event(3, 'note.created'))
  ear.close()
  await wait(600_000)
  expect(asked).toEqual([''])
  ear.open()
  await wait(0)
  expect(asked).toEqual(['', '3'])
  expect(server.missed).toBe(0)
  ear.close()
  server.status = 0
  ear.open()
  await wait(0)
  ear.close() // in the middle of a gap
  await wait(600_000)
  expect(asked).toHaveLength(3)
})
