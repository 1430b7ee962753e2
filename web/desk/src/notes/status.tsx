// Where a note stands, as a word with a coloured dot.
import type { ListedNote } from '../api/types'

export const statusWords: Record<string, string> = {
  draft: 'Draft', in_review: 'In review', scheduled: 'Scheduled', published: 'Published', retracted: 'Retracted', archived: 'Archived',
}
export const kindWords: Record<string, string> = {
  newsletter: 'Newsletter', 'research-note': 'Research note', perspective: 'Perspective', forecast: 'Forecast', data: 'Data',
}
export const gateWords: Record<string, string> = { public: 'Everybody', members: 'Members', paid: 'Subscribers', plans: 'Plans' }

export function StatusBadge({ note }: { note: Pick<ListedNote, 'status' | 'changed'> }) {
  return (
    <span className="status" data-status={note.status}>
      {statusWords[note.status] ?? note.status}{note.changed && <span className="dim">, with changes</span>}
    </span>
  )
}
