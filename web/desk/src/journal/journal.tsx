// The audit log: what happened, who did it, page by page, and as a file.
import { Button, Group, Select, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, address } from '../api/client'
import { useApi } from '../api/query'
import { Csv } from '../ui/csv'
import { Page } from '../ui/page'
import { Empty, Failed, Loading, More } from '../ui/states'
import { Entry } from './entry'
import { queryOf, type JournalSearch } from './search'
import { actorKinds, kinds } from './words'

export function Journal() {
  const search = useSearch({ from: '/inside/journal' })
  const navigate = useNavigate()
  const staff = useApi('GET /staff')
  const query = queryOf(search)
  const list = useInfiniteQuery({
    queryKey: ['journal', 'GET /journal', query],
    queryFn: ({ pageParam, signal }) => api('GET /journal', { query: { ...query, cursor: pageParam || undefined, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
  const entries = list.data?.pages.flatMap((p) => p.entries) ?? []
  const people = staff.data?.staff ?? []
  const names = new Map(people.map((p) => [p.id, p.name]))
  const filtered = Object.keys(search).length > 0
  const go = (next: JournalSearch) => void navigate({ to: '/journal', search: next, replace: true })
  const set = (part: JournalSearch) => go(Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, v]) => v)))
  return (
    <Page title="Audit log" lead="What happened, the newest first. Nothing in it can be changed." actions={
      <Csv href={address('GET /journal.csv', {}, { ...query })} />
    }>
      <Filters search={search} people={people.map((p) => ({ value: p.id, label: p.name }))} onSet={set} />
      {search.id && <Group mb="md" gap="sm"><span>Only what happened to one {search.subject?.replace('_', ' ') || 'thing'}.</span><Button size="compact-sm" variant="default" onClick={() => set({ id: '', subject: '' })}>Show all</Button></Group>}
      {list.isPending ? <Loading rows={8} /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : entries.length === 0 ? (
        <Empty title={filtered ? 'Nothing fits' : 'Nothing happened yet'}>{filtered && <Button variant="default" onClick={() => go({})}>Show all</Button>}</Empty>
      ) : (
        <div className="panel rows" aria-busy={list.isFetching}>
          {entries.map((e) => <Entry key={e.id} entry={e} names={names} onOnly={() => go({ subject: e.subject, id: e.subject_id })} />)}
        </div>
      )}
      <More list={list} />
    </Page>
  )
}

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

function Filters({ search, people, onSet }: { search: JournalSearch; people: { value: string; label: string }[]; onSet: (part: JournalSearch) => void }) {
  return (
    <Group gap="sm" mb="md" role="search" aria-label="Audit log" align="end">
      <Select label="Who" placeholder="Anybody" clearable clearButtonProps={{ 'aria-label': 'Anybody' }} searchable miw={150} maw={240} flex={1} value={search.actor ?? null} onChange={(v) => onSet({ actor: v ?? '' })}
        data={[{ group: 'Kinds', items: options(actorKinds) }, { group: 'Colleagues', items: people }]} />
      <Select label="What" placeholder="Anything" clearable clearButtonProps={{ 'aria-label': 'Anything' }} searchable miw={150} maw={240} flex={1} data={options(kinds)} value={search.verb ?? null} onChange={(v) => onSet({ verb: v ?? '' })} />
      <TextInput label="From" type="date" miw={140} maw={180} flex={1} value={search.from ?? ''} max={search.to} onChange={(e) => onSet({ from: e.currentTarget.value })} />
      <TextInput label="Until" type="date" miw={140} maw={180} flex={1} value={search.to ?? ''} min={search.from} onChange={(e) => onSet({ to: e.currentTarget.value })} />
    </Group>
  )
}
