import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem, Unreachable } from '../api/problem'
import type { Note, NoteFields } from '../api/types'
import { fieldsOf } from './fields'
import type { Doors } from './save-state'
import { Saver } from './saver'
import type { Stored } from './stored'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function note(part: Partial<Note> = {}): Note {
  return {
    id: '1', version: 1, status: 'published', published_at: '2026-01-01T00:00:00Z', changed: false, slug: 'a-note', title: 'A note', kind: 'perspective', gate: 'paid', updated_at: '',
    url: '', revision: 1, abstract: '', body: 'One.', position: 0, authors: [], topics: [], gate_plans: [], cover_alt: '', seo_title: '', seo_description: '',
    has_paywall: false, words: 1, minutes: 1, ...part,
  } as Note
}

/** A server with one note, which trims titles as the real one does. */
function house(start = note()) {
  const server = { note: start, sent: [] as { fields: NoteFields; version: number; autosave: boolean }[], fails: [] as unknown[] }
  const stored = { record: undefined as Omit<Stored, 'person' | 'note'> | undefined, works: true }
  const doors: Doors = {
    send: vi.fn(async (fields, version, autosave) => {
      server.sent.push({ fields, version, autosave })
      await new Promise((done) => setTimeout(done, 100))
      const failure = server.fails.shift()
      if (failure) throw failure
      if (version !== server.note.version) throw new Problem(412, { code: 'stale_version', detail: 'Stale.' })
      const slug = fields.slug === '' ? (fields.title ?? server.note.title).toLowerCase().replaceAll(' ', '-') : fields.slug
      server.note = { ...server.note, ...(fields as Partial<Note>), ...(fields.title && { title: fields.title.trim() }), ...(slug && { slug }), version: version + 1 }
      return server.note
    }),
    load: async () => server.note,
    keep: async (record) => { if (stored.works) stored.record = record; return stored.works },
    drop: async () => void (stored.record = undefined),
  }
  const open = (restored?: Stored) => new Saver(server.note, doors, restored)
  return { server, stored, open, saver: open() }
}
const kind = (s: Saver) => s.snapshot().state.kind

test('typing saves once it pauses, and sends what changed only', async () => {
  const { saver, server, stored } = house()
  saver.set({ body: 'One. T' })
  saver.set({ body: 'One. Two.' })
  expect(kind(saver)).toBe('dirty')
  await vi.advanceTimersByTimeAsync(300)
  expect(stored.record?.local.body).toBe('One. Two.')
  await vi.advanceTimersByTimeAsync(950)
  expect(kind(saver)).toBe('saving')
  await vi.advanceTimersByTimeAsync(200)
  expect(kind(saver)).toBe('saved')
  expect(server.sent).toEqual([{ fields: { body: 'One. Two.' }, version: 1, autosave: true }])
  expect(stored.record).toBeUndefined()
})

test('what could not be sent is as old as its typing, however often it is tried', async () => {
  const { saver, server, stored, open } = house()
  server.fails = [new Unreachable(), new Unreachable(), new Unreachable()]
  saver.set({ body: 'One. Two.' })
  const typed = Date.now()
  await vi.advanceTimersByTimeAsync(2500)
  saver.beforeFlush = () => saver.set({ body: 'One. Two.' }) // an editor may tell the same text again
  saver.leave()
  await vi.advanceTimersByTimeAsync(2500)
  expect(server.sent.length).toBeGreaterThan(1)
  expect(stored.record?.at).toBe(typed)

  server.fails = [new Unreachable(), new Unreachable()]
  open({ ...stored.record!, person: 'p', note: '1' })
  stored.record = undefined
  await vi.advanceTimersByTimeAsync(500)
  expect(stored.record).toMatchObject({ at: typed })
})

test('somebody who never pauses is saved all the same', async () => {
  const { saver, server } = house()
  for (let i = 0; i < 100; i++) {
    saver.set({ body: 'x'.repeat(i + 1) })
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(server.sent.length).toBeGreaterThanOrEqual(1)
})

test('what is typed during a save goes with the next one', async () => {
  const { saver, server } = house()
  saver.set({ body: 'first' })
  await vi.advanceTimersByTimeAsync(1250)
  saver.set({ body: 'first and second' })
  expect(kind(saver)).toBe('saving')
  await vi.advanceTimersByTimeAsync(3000)
  expect(kind(saver)).toBe('saved')
  expect(server.sent.map((s) => [s.version, s.fields.body])).toEqual([[1, 'first'], [2, 'first and second']])
})

test('a space at the end of a title is not taken from under the hands', async () => {
  const { saver, server } = house()
  saver.set({ title: 'A note on ' })
  await vi.advanceTimersByTimeAsync(1500)
  expect(server.note.title).toBe('A note on')
  expect(saver.snapshot().local.title).toBe('A note on ')
  expect(kind(saver)).toBe('saved')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(server.sent).toHaveLength(1)
})

test('Ctrl-S saves at once, as a revision of its own', async () => {
  const { saver, server } = house()
  saver.set({ abstract: 'Short.' })
  void saver.save()
  await vi.advanceTimersByTimeAsync(150)
  expect(server.sent).toEqual([{ fields: { abstract: 'Short.' }, version: 1, autosave: false }])
})

test('without a network it says so, keeps everything, and sends when it is back', async () => {
  const { saver, server, stored } = house()
  server.fails = [new Unreachable(), new Unreachable()]
  saver.set({ body: 'typed on a train' })
  await vi.advanceTimersByTimeAsync(1400)
  expect(saver.snapshot().state).toEqual({ kind: 'offline', kept: true })
  saver.set({ body: 'typed on a train, all of it' })
  await vi.advanceTimersByTimeAsync(300)
  expect(kind(saver)).toBe('offline')
  expect(stored.record?.local.body).toBe('typed on a train, all of it')
  await vi.advanceTimersByTimeAsync(2100)
  expect(kind(saver)).toBe('offline')
  saver.wake()
  await vi.advanceTimersByTimeAsync(200)
  expect(kind(saver)).toBe('saved')
  expect(server.note.body).toBe('typed on a train, all of it')
})

test('it tells when the browser keeps nothing', async () => {
  const { saver, server, stored } = house()
  stored.works = false
  server.fails = [new Unreachable()]
  saver.set({ body: 'x' })
  await vi.advanceTimersByTimeAsync(1400)
  expect(saver.snapshot().state).toEqual({ kind: 'offline', kept: false })
})

test('edits of an earlier page are restored and sent', async () => {
  const { server, open } = house()
  const base = fieldsOf(server.note)
  const saver = open({ person: 'p', note: '1', version: 1, base, local: { ...base, body: 'from before the reload' }, at: 0 })
  expect(saver.snapshot().local.body).toBe('from before the reload')
  await vi.advanceTimersByTimeAsync(200)
  expect(server.note.body).toBe('from before the reload')
  expect(kind(saver)).toBe('saved')
})

test('a stale save of another field is brought together without asking', async () => {
  const { saver, server } = house()
  server.note = note({ version: 5, title: 'Their title', topics: [{ slug: 'heat', name: 'Heat' }] })
  saver.set({ body: 'My text.' })
  await vi.advanceTimersByTimeAsync(2000)
  expect(kind(saver)).toBe('saved')
  expect(server.note).toMatchObject({ title: 'Their title', body: 'My text.', version: 6 })
  expect(saver.snapshot().local).toMatchObject({ title: 'Their title', body: 'My text.', topics: ['heat'] })
})

test('a stale save of the same field asks, and neither text is lost', async () => {
  const { saver, server, stored } = house()
  server.note = note({ version: 5, body: 'Their text.' })
  saver.set({ body: 'My text.' })
  await vi.advanceTimersByTimeAsync(2000)
  const { state, local } = saver.snapshot()
  expect(state).toMatchObject({ kind: 'conflict', clashes: ['body'], theirs: { body: 'Their text.' }, base: { body: 'One.' } })
  expect(local.body).toBe('My text.')
  expect(stored.record).toMatchObject({ base: { body: 'One.' }, local: { body: 'My text.' } })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.note.body).toBe('Their text.')
  saver.resolve({ ...local, body: 'Both texts.' })
  await vi.advanceTimersByTimeAsync(200)
  expect(kind(saver)).toBe('saved')
  expect(server.note).toMatchObject({ body: 'Both texts.', version: 6 })
})

test('a conflict is still one after a reload', async () => {
  const { saver, server, stored, open } = house()
  server.note = note({ version: 5, body: 'Their text.' })
  saver.set({ body: 'My text.' })
  await vi.advanceTimersByTimeAsync(2000)
  const again = open({ person: 'p', note: '1', ...stored.record! })
  expect(again.snapshot().state).toMatchObject({ kind: 'conflict', clashes: ['body'] })
  expect(again.snapshot().local.body).toBe('My text.')
})

test('a conflict is kept the moment it shows', async () => {
  const { saver, server, stored } = house()
  server.note = note({ version: 5, body: 'Their text.' })
  saver.set({ body: 'My text.' })
  for (let i = 0; i < 3000 && kind(saver) !== 'conflict'; i++) await vi.advanceTimersByTimeAsync(1)
  expect(kind(saver)).toBe('conflict')
  expect(stored.record).toMatchObject({ version: -1, local: { body: 'My text.' } })
})

test('the same change made twice is no conflict', async () => {
  const { saver, server } = house()
  server.note = note({ version: 5, body: 'Same.' })
  saver.set({ body: 'Same.' })
  await vi.advanceTimersByTimeAsync(2000)
  expect(kind(saver)).toBe('saved')
})

test('a refusal is told and tried again with the next change', async () => {
  const { saver, server } = house()
  server.fails = [new Problem(422, { code: 'invalid_input', detail: 'No.', errors: [{ pointer: '/slug', code: 'bad_slug', detail: 'Small letters.' }] })]
  saver.set({ slug: 'NO' })
  await vi.advanceTimersByTimeAsync(1500)
  expect(saver.snapshot().state).toMatchObject({ kind: 'refused', error: { code: 'invalid_input' } })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.sent).toHaveLength(1)
  saver.set({ slug: 'yes' })
  await vi.advanceTimersByTimeAsync(1500)
  expect(kind(saver)).toBe('saved')
})

test('a note without a title keeps saving the rest and says what is missing', async () => {
  const { saver, server } = house()
  saver.set({ title: '', body: 'Still saved.' })
  await vi.advanceTimersByTimeAsync(1500)
  expect(server.note).toMatchObject({ title: 'A note', body: 'Still saved.' })
  expect(saver.snapshot().state).toMatchObject({ kind: 'refused', error: { errors: [{ pointer: '/title' }] } })
})

test('an ended session keeps the text and goes on after signing in', async () => {
  const { saver, server } = house()
  server.fails = [new Problem(401, { code: 'sign_in_required', detail: 'Sign in.' })]
  saver.set({ body: 'kept' })
  await vi.advanceTimersByTimeAsync(1400)
  expect(kind(saver)).toBe('signed-out')
  saver.wake()
  await vi.advanceTimersByTimeAsync(200)
  expect(server.note.body).toBe('kept')
})

test('the address of a new note follows its title until it is set by hand', async () => {
  const { server, open } = house(note({ status: 'draft', published_at: undefined, title: 'Untitled', slug: 'untitled-1a2b3c4d' }))
  const saver = open()
  saver.set({ title: 'Twelve weeks' })
  await vi.advanceTimersByTimeAsync(1500)
  expect(server.sent[0]!.fields).toEqual({ title: 'Twelve weeks', slug: '' })
  expect(saver.snapshot().local.slug).toBe('twelve-weeks')
  saver.set({ slug: 'own' })
  saver.set({ title: 'Thirteen weeks' })
  await vi.advanceTimersByTimeAsync(3000)
  expect(server.note).toMatchObject({ slug: 'own', title: 'Thirteen weeks' })
})

test('an address that is taken gets a number', async () => {
  const { server, open } = house(note({ status: 'draft', published_at: undefined, title: 'Untitled', slug: 'untitled-1a2b3c4d' }))
  const taken = () => new Problem(409, { code: 'slug_taken', detail: 'Taken.' })
  server.fails = [taken(), taken()]
  const saver = open()
  saver.set({ title: 'Twelve weeks' })
  await vi.advanceTimersByTimeAsync(2000)
  expect(server.sent.map((s) => s.fields.slug)).toEqual(['', 'twelve-weeks-2', 'twelve-weeks-3'])
  expect(kind(saver)).toBe('saved')
})

test('the answer of a verb is taken up, with what was typed meanwhile', async () => {
  const { saver, server } = house()
  saver.set({ body: 'typed meanwhile' })
  server.note = note({ version: 2, status: 'published', changed: false, live_version: 3 })
  saver.take(server.note)
  await vi.advanceTimersByTimeAsync(2000)
  expect(server.note.body).toBe('typed meanwhile')
  expect(saver.snapshot().note.version).toBe(3)
})

test('closing sends what is waiting', async () => {
  const { saver, server } = house()
  saver.set({ body: 'last words' })
  void saver.close()
  await vi.advanceTimersByTimeAsync(200)
  expect(server.note.body).toBe('last words')
})

/** An editor that tells what was typed a moment later. */
function editorOf(saver: Saver) {
  let held: string | undefined
  saver.beforeFlush = () => {
    if (held !== undefined) saver.set({ body: held })
    held = undefined
  }
  return (body: string) => {
    held = body
    saver.begin()
  }
}

test('what an editor still holds back is not called saved, and is kept when the page closes', async () => {
  const { saver, stored } = house()
  editorOf(saver)('One. Held.')
  expect(kind(saver)).toBe('dirty')
  saver.leave()
  await vi.advanceTimersByTimeAsync(0)
  expect(stored.record?.local.body).toBe('One. Held.')
})

test('what is typed while a save is under way is sent, even if the editor says nothing more', async () => {
  const { saver, server } = house()
  const type = editorOf(saver)
  type('One. A')
  await vi.advanceTimersByTimeAsync(1250)
  expect(kind(saver)).toBe('saving')
  type('One. A b')
  await vi.advanceTimersByTimeAsync(100)
  expect(kind(saver)).toBe('dirty')
  await vi.advanceTimersByTimeAsync(2000)
  expect(kind(saver)).toBe('saved')
  expect(server.note.body).toBe('One. A b')
})

test('a change of somebody else is not undone by what an editor holds back', async () => {
  const { saver, server } = house()
  const type = editorOf(saver)
  type('Mine.')
  server.note = { ...server.note, version: 2, body: 'Theirs.' }
  saver.take(server.note)
  saver.beforeFlush?.() // as an editor does when it is taken down
  await vi.advanceTimersByTimeAsync(3000)
  expect(kind(saver)).toBe('conflict')
  expect(saver.snapshot().local.body).toBe('Mine.')
  expect(server.note.body).toBe('Theirs.')
})

test('a decision about a conflict stands over what an editor holds back', async () => {
  const { saver, server } = house()
  const type = editorOf(saver)
  saver.set({ body: 'Mine.' })
  server.note = { ...server.note, version: 2, body: 'Theirs.' }
  await vi.advanceTimersByTimeAsync(2000)
  expect(kind(saver)).toBe('conflict')
  type('Mine, still')
  saver.resolve({ ...saver.snapshot().local, body: 'Both.' })
  saver.beforeFlush?.()
  await vi.advanceTimersByTimeAsync(2000)
  expect(server.note.body).toBe('Both.')
})

test('what was changed elsewhere is told while nothing is typed, and only then', async () => {
  const { saver, server } = house()
  server.note = { ...server.note, version: 2, status: 'retracted' }
  saver.take(server.note, true)
  expect(saver.snapshot().news).toBeFalsy() // no word of it changed
  server.note = { ...server.note, version: 3, body: 'Theirs.' }
  saver.take(server.note, true)
  expect(saver.snapshot()).toMatchObject({ news: true, local: { body: 'Theirs.' }, state: { kind: 'saved' } })
  saver.set({ body: 'Theirs. Mine.' })
  expect(saver.snapshot().news).toBe(false)
  server.note = { ...server.note, version: 4, abstract: 'Theirs, too.' }
  saver.take(server.note, true)
  expect(saver.snapshot()).toMatchObject({ news: false, local: { body: 'Theirs. Mine.', abstract: 'Theirs, too.' } })
  await vi.advanceTimersByTimeAsync(3000)
  server.note = { ...server.note, version: 9, body: 'Put back.' }
  saver.take(server.note)
  expect(saver.snapshot().news).toBeFalsy() // done here
})

test('what is being saved may be heard of before its answer', async () => {
  const { saver, server } = house()
  saver.set({ body: 'One. A' })
  await vi.advanceTimersByTimeAsync(1250)
  saver.set({ body: 'One. A b' })
  expect(kind(saver)).toBe('saving')
  saver.take({ ...server.note, version: 2, body: 'One. A' }, true)
  expect(kind(saver)).toBe('saving')
  await vi.advanceTimersByTimeAsync(3000)
  expect(saver.snapshot()).toMatchObject({ epoch: 0, state: { kind: 'saved' }, local: { body: 'One. A b' } })
  expect(server.sent.map((s) => [s.version, s.fields.body])).toEqual([[1, 'One. A'], [2, 'One. A b']])
})

test('what somebody else saved during a save is taken after it', async () => {
  const { saver, server } = house()
  saver.set({ body: 'Mine.' })
  await vi.advanceTimersByTimeAsync(1250)
  const theirs = { ...server.note, version: 3, body: 'Mine.', abstract: 'Theirs.' }
  saver.take(theirs, true)
  await vi.advanceTimersByTimeAsync(150)
  expect(saver.snapshot()).toMatchObject({ note: { version: 3 }, local: { body: 'Mine.', abstract: 'Theirs.' }, state: { kind: 'saved' } })
  expect(server.sent).toHaveLength(1)
})
