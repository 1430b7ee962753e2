// The filters of the audit log, as its address carries them.
export interface JournalSearch { actor?: string; verb?: string; subject?: string; id?: string; from?: string; to?: string }
export const journalFields = ['actor', 'verb', 'subject', 'id', 'from', 'to'] as const

/** The filters as the API takes them. Days are those of whoever looks; the last one is included. */
export function queryOf(s: JournalSearch): JournalSearch {
  const day = (text: string | undefined, days: number) => {
    if (!text) return undefined
    const [y, m, d] = text.split('-').map(Number)
    const at = new Date(y!, m! - 1, d! + days)
    return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
  }
  return { ...s, from: day(s.from, 0), to: day(s.to, 1) }
}
