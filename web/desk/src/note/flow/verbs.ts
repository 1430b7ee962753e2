// What can be done with a note now, by its state and by who is there.
import type { Note } from '../../api/types'
import type { Schedule } from '../../api/types'

export type Verb = 'submit' | 'withdraw' | 'approve' | 'send-back' | 'publish' | 'update' | 'schedule' | 'unschedule' | 'retract' | 'archive' | 'unarchive'
export type FlowNote = Note

export const waiting = (n: FlowNote): Schedule | undefined => n.schedules.find((s) => s.action !== 'retract')
export const ending = (n: FlowNote): Schedule | undefined => n.schedules.find((s) => s.action === 'retract')

/**
 * The verbs in the order they are offered; the first is the next step. With
 * four eyes asked for, to submit comes before to publish, and nobody is offered
 * to approve what they submitted.
 */
export function verbsOf(n: FlowNote, may: (capability: string) => boolean, me: string, fourEyes = false): Verb[] {
  if (n.status === 'archived') return may('notes.archive') ? ['unarchive'] : []
  const live = n.status === 'published'
  const open = n.review?.state === 'open'
  const pending = !live || n.changed
  const mine = n.review?.submitted_by.id === me
  const own = fourEyes && open && mine
  const out: Verb[] = []
  const add = (verb: Verb, capability: string, when: boolean) => when && may(capability) && out.push(verb)
  add('withdraw', 'notes.write', own)
  add('approve', 'notes.review', open && !own)
  add('send-back', 'notes.review', open && !own)
  add('submit', 'notes.write', fourEyes && pending && !n.review)
  add(live ? 'update' : 'publish', 'notes.publish', pending)
  add('send-back', 'notes.review', !!n.review && !open)
  add('submit', 'notes.write', !fourEyes && pending && !n.review)
  add('submit', 'notes.write', open && mine && n.review?.current === false)
  add('schedule', 'notes.publish', pending || live)
  add('unschedule', 'notes.publish', n.schedules.length > 0)
  add('withdraw', 'notes.write', !!n.review && !own && (mine || may('notes.review')))
  add('retract', 'notes.retract', live)
  add('archive', 'notes.archive', !live && n.status !== 'scheduled')
  return out
}

export const verbWords: Record<Verb, string> = {
  submit: 'Submit for review', withdraw: 'Withdraw from review', approve: 'Approve', 'send-back': 'Send back', publish: 'Publish', update: 'Publish the update',
  schedule: 'Schedule', unschedule: 'Cancel the schedule', retract: 'Retract', archive: 'Archive', unarchive: 'Take out of the archive',
}
