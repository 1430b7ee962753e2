// The notes that are open in this page, with their savers once these are made.
// The outbox leaves them alone, and what changes elsewhere does not touch one
// that is being written.
import type { Saver } from './saver'

export const openNotes = new Map<string, Saver | undefined>()

/** Whether an open note holds anything that the server does not have yet. */
export function beingWritten(id: string): boolean {
  const saver = openNotes.get(id)
  return saver !== undefined && saver.snapshot().state.kind !== 'saved'
}
