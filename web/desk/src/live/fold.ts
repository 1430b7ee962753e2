// Folds bursts: a hundred notes published at once are one look at the list.
import type { Whose } from './table'

interface Heap { ids: Set<string> | 'all'; timer: ReturnType<typeof setTimeout> }

/** What belongs to one act comes within moments. */
const moment = 150
/** At most one look in this time, of each word. */
const rest = 1000

export class Fold {
  private heaps = new Map<string, Heap>()
  private poured = new Map<string, number>()

  constructor(private pour: (word: string, whose: Whose) => void) {}

  /** Something of a word is old: one of its things, or any. */
  add(word: string, id?: string): void {
    const heap = this.heaps.get(word) ?? this.begin(word)
    if (id === undefined) heap.ids = 'all'
    else if (heap.ids !== 'all') heap.ids.add(id)
  }

  private begin(word: string): Heap {
    const wait = Math.max(moment, (this.poured.get(word) ?? -Infinity) + rest - Date.now())
    const heap: Heap = { ids: new Set(), timer: setTimeout(() => this.end(word), wait) }
    this.heaps.set(word, heap)
    return heap
  }

  private end(word: string): void {
    const { ids } = this.heaps.get(word)!
    this.heaps.delete(word)
    this.poured.set(word, Date.now())
    this.pour(word, ids)
  }

  /** Forgets what waits. */
  stop(): void {
    for (const { timer } of this.heaps.values()) clearTimeout(timer)
    this.heaps.clear()
  }
}
