// The filters of the list of notes.
import { useApi } from '../api/query'
import { useMe } from '../api/session'
import { FilterRow, type Filter } from '../ui/filter-row'
import { gateWords, kindWords, statusWords } from './status'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))
const refs = (list: { slug: string; name: string }[] = []) => list.map(({ slug, name }) => ({ value: slug, label: name }))

export function Filters({ value, onSet }: { value: Record<string, string>; onSet: (part: Record<string, string>) => void }) {
  const me = useMe()
  const { data } = useApi('GET /catalogue', undefined, { staleTime: 60_000 })
  const issues = useApi('GET /issues', { query: { series: value.series } }, { enabled: !!value.series, staleTime: 60_000 })
  const staff = useApi('GET /staff', undefined, { staleTime: 60_000 })
  const people = [{ value: 'me', label: 'Me' }, ...(staff.data?.staff ?? []).filter((s) => s.id !== me.id).map((s) => ({ value: s.id, label: s.name }))]
  const filters: Filter[] = [
    { field: 'status', label: 'Status', any: 'Any status', data: [...options(statusWords), { value: 'any', label: 'Archived ones, too' }] },
    { field: 'kind', label: 'Kind', any: 'Any kind', data: options(kindWords) },
    { field: 'series', label: 'Series', any: 'Any series', data: refs(data?.series) },
    ...(value.series ? [{ field: 'issue', label: 'Issue', any: 'Any issue', data: (issues.data?.issues ?? []).map((i) => ({ value: i.slug, label: i.label })) }] : []),
    { field: 'topic', label: 'Topic', any: 'Any topic', data: refs(data?.topics) },
    { field: 'author', label: 'Author', any: 'Any author', data: refs(data?.authors) },
    { field: 'gate', label: 'Gate', any: 'Any gate', data: options(gateWords), rare: true },
    { field: 'review', label: 'Review', any: 'Any review', data: [{ value: 'open', label: 'Waits for review' }, { value: 'approved', label: 'Approved' }], rare: true },
    { field: 'reviewer', label: 'Reviewer', any: 'Any reviewer', data: people, rare: true },
    { field: 'editor', label: 'Edited by', any: 'Edited by anybody', data: people, rare: true },
    { field: 'changed_from', label: 'Changed from', rare: true },
    { field: 'changed_to', label: 'Changed to', rare: true, end: true },
  ]
  // An issue belongs to its series.
  return <FilterRow filters={filters} value={value} onSet={(part) => onSet('series' in part ? { issue: '', ...part } : part)} />
}
