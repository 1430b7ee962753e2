// Keeps what the desk shows fresh: one stream of events for this window, while
// it can be seen. It says nothing when it fails; what was asked for is then as
// old as it was before there was a stream.
import { openEvents } from '../api/client'
import { queries } from '../api/query'
import { meQuery } from '../api/session'
import { onNetwork, isReachable } from '../app/network'
import { beingWritten } from '../note/open-notes'
import { Ear, type Frame } from './ear'
import { Fold } from './fold'
import { everything, isOld, oneOf, wordsOf, type Subject, type Whose } from './table'

/** A window that nobody looks at leaves its line to others: a browser has six to a server. */
const unseen = 30_000

/** An open note with edits is its saver's alone: what was saved elsewhere comes with its next save. */
const taken = (key: readonly unknown[]): boolean => key[1] === 'GET /notes/{id}' && beingWritten((key[2] as { id: string }).id)

export function refreshOld(word: string, whose: Whose): void {
  void queries.invalidateQueries({ predicate: ({ queryKey }) => isOld(queryKey, word, whose) && !taken(queryKey) })
}

function subjectOf(frame: Frame): Subject | undefined {
  try {
    return (JSON.parse(frame.data) as { data?: { subject?: Subject } }).data?.subject
  } catch {
    return undefined // then anything of the kind may be old
  }
}

/** Begins to listen; returns how to stop. */
export function start(): () => void {
  const fold = new Fold(refreshOld)
  const ear = new Ear({
    open: openEvents,
    heard: (frame) => {
      const subject = subjectOf(frame)
      for (const word of wordsOf(frame.kind)) fold.add(word, oneOf(word, subject))
    },
    missed: () => fold.add(everything),
  })
  const hidden = () => document.visibilityState === 'hidden'
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (hidden()) timer = setTimeout(() => ear.close(), unseen)
    else ear.open()
  }
  const back = () => { if (!hidden()) ear.wake() }
  // Whoever signed in again, or has other rights, hears again.
  const stopMe = queries.getQueryCache().subscribe((e) => {
    if (e.type === 'updated' && e.action.type === 'success' && e.query.queryKey[0] === meQuery.queryKey[0] && e.query.queryKey[1] === meQuery.queryKey[1]) {
      if (e.query.state.data) back()
      else ear.close()
    }
  })
  const stopNetwork = onNetwork(() => { if (isReachable()) back() })
  document.addEventListener('visibilitychange', look)
  if (!hidden()) ear.open()
  return () => {
    document.removeEventListener('visibilitychange', look)
    clearTimeout(timer)
    stopNetwork()
    stopMe()
    ear.close()
    fold.stop()
  }
}
