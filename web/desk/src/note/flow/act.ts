// Runs a verb on the note that is open: first everything typed is saved, then
// the verb, then its answer is taken up.
import { api, type Operation, type Operations } from '../../api/client'
import { refresh } from '../../api/query'
import type { Note } from '../../api/types'
import { done } from '../../ui/toast'
import type { Saver } from '../saver'

export class NotSaved extends Error {
  override name = 'NotSaved'
}

/** Runs the verb on the version that was just saved. */
export async function act(saver: Saver, verb: (id: string, version: number) => Promise<Note>, told: string): Promise<void> {
  if (!(await saver.settle())) throw new NotSaved('The note is not saved yet, so nothing was done.')
  const { note } = saver.snapshot()
  saver.take(await verb(note.id, note.version))
  done(told)
  void refresh('notes', 'calendar', 'notifications', 'issues')
}

type Body<K extends Operation> = Operations[K] extends { body?: infer B } ? B : never

export const submit = (saver: Saver, body: Body<'PUT /notes/{id}/submission'>) =>
  act(saver, (id, ifMatch) => api('PUT /notes/{id}/submission', { path: { id }, body, ifMatch }), 'Submitted for review')
export const withdraw = (saver: Saver) =>
  act(saver, (id, ifMatch) => api('DELETE /notes/{id}/submission', { path: { id }, ifMatch }), 'Withdrawn from review')
export const decide = (saver: Saver, body: Body<'POST /notes/{id}/reviews'>) =>
  act(saver, (id, ifMatch) => api('POST /notes/{id}/reviews', { path: { id }, body, ifMatch }), body.decision === 'approve' ? 'Approved' : 'Sent back')
export const publish = (saver: Saver, body?: Body<'PUT /notes/{id}/publication'>) =>
  act(saver, (id, ifMatch) => api('PUT /notes/{id}/publication', { path: { id }, body, ifMatch }), 'Published')
export const retract = (saver: Saver, reason: string) =>
  act(saver, (id, ifMatch) => api('DELETE /notes/{id}/publication', { path: { id }, query: { reason }, ifMatch }), 'Retracted')
export const archive = (saver: Saver) =>
  act(saver, (id, ifMatch) => api('PUT /notes/{id}/archive', { path: { id }, ifMatch }), 'Archived')
export const unarchive = (saver: Saver) =>
  act(saver, (id, ifMatch) => api('DELETE /notes/{id}/archive', { path: { id }, ifMatch }), 'Out of the archive')
export const schedule = (saver: Saver, body: Body<'PUT /notes/{id}/schedule'>) =>
  act(saver, (id, ifMatch) => api('PUT /notes/{id}/schedule', { path: { id }, body, ifMatch }), 'Scheduled')
export const unschedule = (saver: Saver, action?: 'publish' | 'update' | 'retract') =>
  act(saver, (id, ifMatch) => api('DELETE /notes/{id}/schedule', { path: { id }, query: { action }, ifMatch }), 'The schedule is cancelled')
