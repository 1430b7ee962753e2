// Saves a note while it is being written. One request at a time; what is typed
// meanwhile goes with the next. Nothing typed is ever dropped: it is kept in
// the browser until the server has it, and a stale save that touches what
// somebody else changed waits for a decision.
import { Problem, hasCode, passing, sentence } from '../api/problem'
import type { Note, NoteFields } from '../api/types'
import { changes, differing, fieldsOf, nextSlug, reconcile, slugFollows, type FieldName, type Fields } from './fields'
import { untitled, type Doors, type SaveState, type Snapshot } from './save-state'
import type { Stored } from './stored'

const pause = 1200
const longest = 8000
const storePause = 250
const retries = [2000, 4000, 8000, 15_000, 30_000]

export class Saver {
  /** Sends what an editor still holds back; called before each save that is asked for. */
  beforeFlush?: () => void
  private base: Fields
  private version: number
  private snap: Snapshot
  private follows: boolean
  private listeners = new Set<() => void>()
  private timer?: ReturnType<typeof setTimeout>
  private storeTimer?: ReturnType<typeof setTimeout>
  private firstChange = 0
  private typed = 0 // when the person last changed something, in ms
  private attempts = 0
  private running?: Promise<void>
  private came?: { note: Note; elsewhere: boolean } // heard of while a save was under way
  private begun = false // the editor holds words it has not told yet
  private safe = true // in the browser's storage
  private closed = false

  constructor(note: Note, private doors: Doors, restored?: Stored) {
    this.base = fieldsOf(note)
    this.version = note.version
    this.follows = slugFollows(note)
    this.snap = { note, local: this.base, state: { kind: 'saved' }, epoch: 0 }
    if (restored) this.restore(restored)
  }

  snapshot = (): Snapshot => this.snap

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Takes up edits that an earlier page could not send. */
  private restore(from: Stored): void {
    if (differing(from.base, from.local).length === 0) return
    this.typed = from.at
    if (from.version === this.version) this.snap = { ...this.snap, local: from.local, state: { kind: 'dirty' } }
    else this.meet(from.base, from.local, this.snap.note)
    if (this.snap.state.kind !== 'conflict') this.later(0)
  }

  /** The text is being changed, and the editor will say how in a moment: not everything is saved. */
  begin(): void {
    this.begun = true
    if (this.snap.state.kind === 'saved') this.put({ state: { kind: 'dirty' }, news: false })
    if (this.snap.state.kind === 'dirty') this.later(this.pause())
  }

  private fromEditor(): void {
    this.beforeFlush?.()
    this.begun = false
  }

  /** The page is about to close: takes what an editor still holds back, and keeps it in the browser. */
  leave(): void {
    this.fromEditor()
    void this.storeNow()
  }

  /** Changes fields, as the person typed them. */
  set(part: Partial<Fields>): void {
    const local = { ...this.snap.local, ...part }
    if ('body' in part) this.begun = false
    if ('slug' in part) this.follows = false
    else if ('title' in part && this.follows) local.slug = ''
    // An editor may tell the same again.
    if ((Object.keys(part) as FieldName[]).some((f) => part[f] !== this.snap.local[f])) this.typed = Date.now()
    this.put({ local, news: false })
    this.changed()
  }

  private changed(): void {
    this.storeSoon()
    if (this.snap.state.kind === 'conflict') return
    if (Object.keys(this.unsent()).length === 0) {
      if (!this.running) this.clean()
      return
    }
    if (this.snap.state.kind === 'saved' || this.snap.state.kind === 'refused') this.put({ state: { kind: 'dirty' } })
    this.firstChange ||= Date.now()
    if (this.snap.state.kind === 'dirty') this.later(Math.min(this.pause(), Math.max(0, this.firstChange + longest - Date.now())))
  }

  // A long text takes longer to send and to read.
  private pause(): number {
    return this.snap.local.body.length > 150_000 ? 3 * pause : pause
  }

  private unsent(): NoteFields {
    return changes(this.base, this.snap.local)
  }

  private later(ms: number): void {
    clearTimeout(this.timer)
    if (!this.closed) this.timer = setTimeout(() => void this.flush(true), ms)
  }

  /** Saves now, as a revision of its own. */
  save(): Promise<void> {
    return this.flush(false)
  }

  /** Sends what is waiting; true when the server has everything. */
  async settle(): Promise<boolean> {
    await this.flush(true)
    return this.snap.state.kind === 'saved'
  }

  /** Tries again now: the network or the session is back. */
  wake(): void {
    const { kind } = this.snap.state
    if (kind === 'offline' || kind === 'signed-out') void this.flush(true)
  }

  private async flush(autosave: boolean): Promise<void> {
    this.fromEditor()
    clearTimeout(this.timer)
    // Wait for the request that is under way, then see what is left.
    while (this.running) await this.running
    if (this.snap.state.kind === 'conflict') return
    if (Object.keys(this.unsent()).length === 0) {
      this.clean()
      return
    }
    this.running = this.round(autosave).finally(() => this.ran())
    await this.running
  }

  private ran(): void {
    const { came } = this
    this.running = this.came = undefined
    if (came) this.take(came.note, came.elsewhere)
  }

  private async round(autosave: boolean): Promise<void> {
    const sent = this.unsent()
    const local = this.snap.local
    this.firstChange = 0
    this.put({ state: { kind: 'saving' } })
    try {
      this.landed(await this.doors.send(sent, this.version, autosave), local)
    } catch (error) {
      await this.failed(error, sent, autosave)
    }
  }

  private landed(note: Note, sent: Fields): void {
    this.attempts = 0
    this.base = fieldsOf(note)
    this.version = note.version
    const local = { ...this.snap.local }
    // The server has filled in the address.
    if (local.slug === '' && sent.slug === '') local.slug = note.slug
    this.put({ note, local })
    if (Object.keys(this.unsent()).length === 0) this.clean()
    else {
      this.put({ state: { kind: 'dirty' } })
      this.storeSoon()
      this.later(this.pause())
    }
  }

  private async failed(error: unknown, sent: NoteFields, autosave: boolean): Promise<void> {
    if (hasCode(error, 'stale_version')) return this.stale(autosave)
    if (this.follows && sent.slug !== undefined && error instanceof Problem && (error.field('/slug') || error.code === 'slug_taken')) {
      this.otherAddress(error.code === 'slug_taken', sent.slug)
      return this.round(autosave)
    }
    this.safe = await this.storeNow()
    if (error instanceof Problem && error.status === 401) this.put({ state: { kind: 'signed-out', kept: this.safe } })
    else if (passing(error)) this.put({ state: { kind: 'offline', kept: this.safe } })
    else {
      this.put({ state: { kind: 'refused', error: error instanceof Problem ? error : new Problem(0, { code: 'page_failed', detail: sentence(error) }) } })
      return
    }
    const wait = retries[Math.min(this.attempts++, retries.length - 1)]!
    this.later(error instanceof Problem && error.retryAfter ? error.retryAfter * 1000 : wait)
  }

  private otherAddress(taken: boolean, sent: string): void {
    const slug = (taken && nextSlug(this.snap.local.title, sent)) || this.base.slug
    if (slug === this.base.slug) this.follows = false
    this.put({ local: { ...this.snap.local, slug } })
  }

  /** Somebody else saved first. */
  private async stale(autosave: boolean): Promise<void> {
    // Kept before the conflict shows: whoever leaves the moment it does finds it again.
    this.safe = await this.storeNow()
    let theirs: Note
    try {
      theirs = await this.doors.load()
    } catch (error) {
      return this.failed(error, {}, autosave)
    }
    this.fromEditor()
    this.meet(this.base, this.snap.local, theirs)
    if (this.snap.state.kind !== 'conflict' && Object.keys(this.unsent()).length > 0) await this.round(autosave)
    else if (this.snap.state.kind !== 'conflict') this.clean()
  }

  /** Brings edits made from one state together with another that came meanwhile. */
  private meet(base: Fields, local: Fields, theirs: Note): void {
    const { fields, clashes } = reconcile(base, local, fieldsOf(theirs))
    const moved = fields.body !== local.body
    this.base = fieldsOf(theirs)
    this.version = theirs.version
    this.put({ note: theirs, local: fields, epoch: this.snap.epoch + (moved ? 1 : 0), state: { kind: 'dirty' } })
    if (clashes.length > 0) {
      this.put({ state: { kind: 'conflict', base, theirs, clashes } })
      void this.storeNow() // at once: a reload in the next moment must show the conflict again
    }
  }

  /** Ends a conflict with what the person decided. */
  resolve(fields: Fields): void {
    this.fromEditor() // the decision counts, not what an editor still holds
    this.typed = Date.now()
    this.put({ local: fields, epoch: this.snap.epoch + 1, state: { kind: 'dirty' } })
    this.storeSoon()
    this.later(0)
  }

  /** Takes a newer state of the note, such as the answer of a verb; elsewhere says that nobody did it here. */
  take(note: Note, elsewhere = false): void {
    if (note.version < this.version || this.snap.state.kind === 'conflict') return
    if (note.version === this.version) {
      this.put({ note })
      return
    }
    // It may be what is being saved just now, and is no change of somebody else then.
    if (this.running) {
      if (note.version >= (this.came?.note.version ?? 0)) this.came = { note, elsewhere }
      return
    }
    this.fromEditor() // else the words typed in this moment would be put over theirs
    const news = elsewhere && this.snap.state.kind === 'saved' && differing(this.base, fieldsOf(note)).length > 0
    this.meet(this.base, this.snap.local, note)
    if ((this.snap.state as SaveState).kind !== 'conflict') this.changed()
    if (news) this.put({ news })
  }

  private clean(): void {
    clearTimeout(this.storeTimer)
    this.firstChange = 0
    void this.doors.drop()
    const done: SaveState = this.begun ? { kind: 'dirty' } : { kind: 'saved' }
    this.put({ state: differing(this.base, this.snap.local).length === 0 ? done : untitled() })
    if (this.begun) this.later(this.pause())
  }

  private storeSoon(): void {
    clearTimeout(this.storeTimer)
    this.storeTimer = setTimeout(() => void this.storeNow(), storePause)
  }

  /** Keeps what is not sent in the browser. */
  async storeNow(): Promise<boolean> {
    clearTimeout(this.storeTimer)
    const { state, local } = this.snap
    const base = state.kind === 'conflict' ? state.base : this.base
    if (differing(base, local).length === 0) return true
    // In a conflict the version of before is kept, so that the conflict is seen again.
    const version = state.kind === 'conflict' ? -1 : this.version
    return this.doors.keep({ version, base, local, at: this.typed })
  }

  private put(part: Partial<Snapshot>): void {
    this.snap = { ...this.snap, ...part }
    this.listeners.forEach((f) => f())
  }

  /** The page is left: what is waiting is kept, and sent if that still works. */
  async close(): Promise<void> {
    this.fromEditor()
    if (this.snap.state.kind !== 'saved') {
      await this.storeNow()
      if (this.snap.state.kind === 'dirty') await this.flush(true)
    }
    this.closed = true
    clearTimeout(this.timer)
  }
}
