// Who reads: found by address or name, by what they hold and since when.
import { Badge, Button, Checkbox, Group, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { address, api, type Input } from '../api/client'
import { keyOf, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { ListedMember } from '../api/types'
import { useShortcuts } from '../app/keys'
import { Csv } from '../ui/csv'
import { FilterRow, type Filter } from '../ui/filter-row'
import { WhoseCopy } from '../members/copy'
import { useListKeys } from '../ui/list-keys'
import { Page } from '../ui/page'
import { SearchField } from '../ui/search-field'
import { Empty, Failed, Loading, More } from '../ui/states'
import { useTicks } from '../ui/ticks'
import { date, dateTime } from '../ui/time'
import { builtIn } from '../ui/views/look'
import { ShowMenu } from '../ui/views/show-menu'
import { columnsOf, useLook } from '../ui/views/use-look'
import { ViewBar } from '../ui/views/view-bar'
import type { Outcome } from './bulk'
import { MembersBar, MembersOutcome } from './bulk-bar'

type Query = NonNullable<Input<'GET /members'>['query']>

const everybodys = [
  builtIn('all', 'All'), builtIn('paying', 'Paying', { status: 'paying' }), builtIn('past-due', 'Past due', { status: 'past_due' }),
  builtIn('lapsed', 'Lapsed', { status: 'lapsed' }), builtIn('free', 'Free', { status: 'free' }),
]
const statusWords: Record<string, string> = { paying: 'Paying', past_due: 'Past due', complimentary: 'Complimentary', lapsed: 'Lapsed', free: 'Free' }
const colours: Record<string, string> = { paying: 'teal', past_due: 'yellow', complimentary: 'grape', lapsed: 'gray', free: 'gray' }
const columnNames = { name: 'Name', status: 'Status', plans: 'Plans', verified: 'Signed in', since: 'Since' }
type Column = keyof typeof columnNames
const allColumns = Object.keys(columnNames) as Column[]

export function Members() {
  const search = useSearch({ from: '/inside/members' })
  const navigate = useNavigate()
  const may = useMay()
  const look = useLook('members', everybodys, search, (next) => void navigate({ to: '/members', search: next, replace: true }))
  const { filters } = look.look
  const query = { ...filters, limit: 50 } as Query
  const list = useInfiniteQuery({
    queryKey: [...keyOf('GET /members', { query }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /members', { query: { ...query, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
    enabled: !look.waiting,
  })
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [outcome, setOutcome] = useState<Outcome>()
  useListKeys((id) => {
    const next = new Set(ticked)
    if (!next.delete(id)) next.add(id)
    setTicked(next)
  })
  useShortcuts([{ keys: 'j', does: 'Next member' }, { keys: 'k', does: 'Member before' }, { keys: 'x', does: 'Tick the member' }, { keys: 'Enter', does: 'Open the member' }])
  const asked = JSON.stringify(filters)
  useEffect(() => setTicked(new Set()), [asked])
  const plans = useApi('GET /plans', undefined, { enabled: may('notes.read'), staleTime: 60_000 })
  const members = list.data?.pages.flatMap((p) => p.members) ?? []
  const chosen = members.filter((m) => ticked.has(m.id))
  const tick = useTicks(members.map((m) => m.id), ticked, setTicked)
  const columns = columnsOf(look.look.columns, allColumns, allColumns)
  const narrowed = Object.values(filters).some(Boolean)
  const offered: Filter[] = [
    { field: 'status', label: 'Status', any: 'Any status', data: Object.entries(statusWords).map(([value, label]) => ({ value, label })) },
    ...(plans.data || filters.plan ? [{ field: 'plan', label: 'Plan', any: 'Any plan', data: (plans.data?.plans ?? []).map((p) => ({ value: p.slug, label: p.name })) }] : []),
    { field: 'verified', label: 'Signed in', any: 'Signed in or not', data: [{ value: 'true', label: 'Has signed in' }, { value: 'false', label: 'Never signed in' }], rare: true },
    { field: 'since_from', label: 'Member since, from', rare: true },
    { field: 'since_to', label: 'Member since, to', rare: true, end: true },
  ]
  return (
    <Page title="Members" lead="Whoever signs in to read, the newest first." actions={
      <><WhoseCopy /><Csv href={address('GET /members.csv', {}, filters)} /></>
    }>
      <ViewBar look={look} />
      <Group gap="sm" mb="sm" role="search" aria-label="Members">
        <SearchField label="Search members" placeholder="Beginning of the address or of the name" maxLength={254} value={filters.search ?? ''} onChange={(s) => look.ask({ filters: { search: s } })} />
        <ShowMenu look={look} columns={columnNames} shown={columns} />
      </Group>
      <FilterRow filters={offered} value={filters} onSet={(part) => look.ask({ filters: part })} />
      {outcome && <MembersOutcome outcome={outcome} onClose={() => setOutcome(undefined)} />}
      {ticked.size > 0 && <MembersBar members={chosen} onDone={(o) => { setTicked(new Set()); setOutcome(o) }} />}
      {list.isPending ? <Loading rows={8} /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : members.length === 0 ? (
        <Empty title={narrowed ? 'Nobody fits' : 'No member yet'}>
          {narrowed ? <Button variant="default" onClick={() => look.open(everybodys[0]!)}>Show all</Button> : <p>Whoever signs in on the portal is one.</p>}
        </Empty>
      ) : (
        <div className="tablewrap panel" role="region" aria-label="Members" tabIndex={0} aria-busy={list.isPlaceholderData} style={{ opacity: list.isPlaceholderData ? 0.6 : 1 }}>
          <Table miw={{ sm: 220 + columns.length * 110 }} verticalSpacing={look.look.density === 'compact' ? 3 : undefined}>
            <Table.Thead><Table.Tr>
              <Table.Th w={44}><Checkbox aria-label="Tick all" checked={chosen.length === members.length} indeterminate={chosen.length > 0 && chosen.length < members.length} onChange={() => setTicked(chosen.length === members.length ? new Set() : new Set(members.map((m) => m.id)))} /></Table.Th>
              <Table.Th>Address</Table.Th>{columns.map((c) => <Table.Th key={c} visibleFrom={c === 'status' ? undefined : 'sm'}>{columnNames[c]}</Table.Th>)}
            </Table.Tr></Table.Thead>
            <Table.Tbody>
              {members.map((m, i) => (
                <Table.Tr key={m.id} bg={ticked.has(m.id) ? 'var(--mantine-primary-color-light)' : undefined}>
                  <Table.Td><Checkbox size={look.look.density === 'compact' ? 'xs' : undefined} aria-label={`Tick ${m.email}`} checked={ticked.has(m.id)} onChange={(e) => tick(i, e.currentTarget.checked, (e.nativeEvent as MouseEvent).shiftKey)} /></Table.Td>
                  <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)" style={{ overflowWrap: 'anywhere' }}><Link to="/members/$id" params={{ id: m.id }} className="plain-link" data-row={m.id}>{m.email}</Link></Table.Th>
                  {columns.map((c) => <Table.Td key={c} visibleFrom={c === 'status' ? undefined : 'sm'}>{cell(m, c)}</Table.Td>)}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <More list={list} />
    </Page>
  )
}

function cell(m: ListedMember, column: Column): ReactNode {
  switch (column) {
    case 'name': return m.name
    case 'status': return <Badge color={colours[m.status]}>{statusWords[m.status]}</Badge>
    case 'plans': return m.plans.map((p) => p || 'Every plan').join(', ')
    case 'verified': return m.verified ? 'yes' : <Text span size="sm" c="dimmed">never</Text>
    case 'since': return <time className="nowrap" dateTime={m.created_at} title={dateTime(m.created_at)}>{date(m.created_at)}</time>
  }
}
