// The text as a document: opening it, sending what was typed, taking what came.
import type { Editor } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { Sourcebook } from './bridge'
import { Counter, minutesFor } from './words/words'
import type { NoteEditorProps } from './types'

const PAUSE = 400

/** Keeps a document and its Markdown together. Typing costs no writing of the whole. */
export class Manuscript {
  private book: Sourcebook
  private counter = new Counter()
  private timer: ReturnType<typeof setTimeout> | undefined
  private sent: string
  private dirty = false

  constructor(
    private readonly editor: Editor,
    value: string,
    private readonly props: () => NoteEditorProps,
  ) {
    this.book = new Sourcebook(editor.schema)
    this.sent = value
    const { state } = editor
    // A fresh state: there is nothing to undo about the opening of a text.
    editor.view.updateState(EditorState.create({ doc: this.book.open(value), plugins: state.plugins }))
    this.count()
  }

  /** Notes that something was typed. */
  changed = (): void => {
    if (!this.dirty) this.props().onBegin?.()
    this.dirty = true
    clearTimeout(this.timer)
    this.timer = setTimeout(this.flush, PAUSE)
  }

  /** Sends what was typed, and gives the text. */
  flush = (): string => {
    clearTimeout(this.timer)
    if (!this.dirty || this.editor.isDestroyed) return this.sent
    this.dirty = false
    const text = this.book.print(this.editor.state.doc)
    this.count()
    this.sent = text
    this.props().onChange(text) // the same text, too: it ends what onBegin began
    return text
  }

  /** Takes a text from outside; blocks that did not change stay as they are. */
  take(value: string, undoable: boolean): void {
    if (value === this.sent) return
    const { state } = this.editor
    const next = this.book.open(value, state.doc)
    this.sent = value
    this.dirty = false
    clearTimeout(this.timer)
    const start = state.doc.content.findDiffStart(next.content)
    const end = state.doc.content.findDiffEnd(next.content)
    if (start === null || !end) return
    const tr = state.tr.replaceWith(0, state.doc.content.size, next.content)
    const [from, to] = blocksAround(state.doc, next)
    const narrow = state.tr.replaceWith(from.old, to.old, next.slice(from.next, to.next).content)
    this.editor.view.dispatch((narrow.doc.eq(next) ? narrow : tr).setMeta('addToHistory', undoable).setMeta('preventUpdate', true))
    this.count()
  }

  /** Whether there is something that was not sent yet. */
  get waiting(): boolean {
    return this.dirty
  }

  private count(): void {
    const count = this.counter.count(this.editor.state.doc)
    this.props().onCount?.({ ...count, minutes: minutesFor(count) })
  }
}

// The top blocks that differ, at their old and new place.
function blocksAround(old: Editor['state']['doc'], next: Editor['state']['doc']) {
  let head = 0
  while (head < Math.min(old.childCount, next.childCount) && old.child(head) === next.child(head)) head++
  let tail = 0
  while (tail < Math.min(old.childCount, next.childCount) - head && old.child(old.childCount - 1 - tail) === next.child(next.childCount - 1 - tail)) tail++
  const size = (doc: typeof old, from: number, to: number): number => {
    let sum = 0
    for (let i = from; i < to; i++) sum += doc.child(i).nodeSize
    return sum
  }
  const start = size(old, 0, head)
  const end = size(old, old.childCount - tail, old.childCount)
  return [{ old: start, next: start }, { old: old.content.size - end, next: next.content.size - end }] as const
}
