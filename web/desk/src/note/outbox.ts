// Sends what an earlier page kept and could not send, without the note being
// opened. What somebody else changed meanwhile waits until it is opened.
import { api } from '../api/client'
import { Problem, hasCode } from '../api/problem'
import { refresh } from '../api/query'
import { changes } from './fields'
import { openNotes } from './open-notes'
import { allKept, dropRecord, type Stored } from './stored'

export interface Sent {
  sent: Stored[]
  /** Changed by somebody else meanwhile, or refused: open them. */
  waiting: Stored[]
}

let running = false

/** opening says of a note that a page is about to open it, and takes up what was kept by itself. */
export async function sendKept(person: string, opening: (note: string) => boolean = () => false): Promise<Sent> {
  const out: Sent = { sent: [], waiting: [] }
  if (running) return out
  running = true
  try {
    // Of two pages that wrote one note, what was typed last comes first.
    for (const record of (await allKept(person)).sort((a, b) => b.at - a.at)) {
      if (openNotes.has(record.note) || opening(record.note)) continue
      try {
        const body = changes(record.base, record.local)
        if (record.version < 0) out.waiting.push(record)
        else {
          if (Object.keys(body).length > 0) await api('PATCH /notes/{id}', { path: { id: record.note }, body: { ...body, autosave: true }, ifMatch: record.version })
          await dropRecord(record)
          out.sent.push(record)
        }
      } catch (error) {
        if (hasCode(error, 'stale_version') || (error instanceof Problem && error.status < 500 && error.status !== 401 && error.status !== 429)) out.waiting.push(record)
        else break // the server is away; later
      }
    }
  } finally {
    running = false
  }
  if (out.sent.length) void refresh('notes')
  return out
}
