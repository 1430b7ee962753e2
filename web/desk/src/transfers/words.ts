// What the screens of imports and exports say.
import type { ReportLine, Transfer } from '../api/types'

export type Source = Transfer['source']

export const sources: Record<Source, string> = { ghost: 'Ghost', wordpress: 'WordPress', substack: 'Substack', markdown: 'Markdown', members: 'Members', notes: 'Notes' }

/** What can be imported, with what its file is. */
export const origins: { value: Source; label: string; file: string; accept: string }[] = [
  { value: 'ghost', label: 'Ghost', file: 'The JSON of Settings → Labs → Export, or a zip with it and content/images.', accept: '.json,.zip,.csv' },
  { value: 'wordpress', label: 'WordPress', file: 'The XML of Tools → Export, or a zip with it and wp-content/uploads.', accept: '.xml,.zip' },
  { value: 'substack', label: 'Substack', file: 'The zip of Settings → Exports.', accept: '.zip' },
  { value: 'markdown', label: 'A folder of Markdown', file: 'A zip of the folder, as an export from here makes it.', accept: '.zip' },
  { value: 'members', label: 'A list of members', file: 'A CSV with the column email; name, created_at and stripe_customer_id are taken, too.', accept: '.csv' },
]

export const states: Record<Transfer['state'], string> = { waiting: 'Waiting', running: 'Under way', done: 'Done', failed: 'Failed', canceled: 'Cancelled' }
export const outcomes: Record<ReportLine['outcome'], string> = { made: 'Made', updated: 'Updated', unchanged: 'Unchanged', skipped: 'Skipped', conflict: 'Conflict', failed: 'Failed' }
export const kinds: Record<ReportLine['kind'], string> = { note: 'Note', member: 'Member', issue: 'Issue', picture: 'Picture', file: 'File' }

/** The colour of a state, by the names that statuses of notes have. */
export const tone = (t: Pick<Transfer, 'state' | 'counts'>): string =>
  t.state === 'failed' ? 'retracted' : t.state === 'canceled' ? 'archived' : t.state !== 'done' ? 'scheduled' : t.counts.failed + t.counts.conflicts > 0 ? 'in_review' : 'published'

export const underWay = (t?: Pick<Transfer, 'state'>): boolean => t?.state === 'waiting' || t?.state === 'running'

/** From 0 to 100; nothing is known before the file has been looked through. */
export const percent = ({ counts: { done, total } }: Pick<Transfer, 'counts'>): number => (total > 0 ? Math.min(100, Math.round((100 * done) / total)) : 0)

const phrases: [keyof Transfer['counts'], string][] = [['made', 'made'], ['updated', 'updated'], ['unchanged', 'unchanged'], ['skipped', 'skipped'], ['conflicts', 'in conflict'], ['failed', 'failed']]

/** "12 made, 3 skipped", without what there is none of. */
export function sums(t: Pick<Transfer, 'counts'>): string {
  const said = phrases.filter(([key]) => t.counts[key] > 0).map(([key, word]) => `${t.counts[key].toLocaleString('en')} ${word}`)
  return said.length ? said.join(', ') : 'nothing yet'
}
