// Who subscribes to what, narrowed down.
import { Badge, Button, Group } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { address, api, type Input } from '../api/client'
import { useApi } from '../api/query'
import type { Subscriber } from '../api/types'
import { Csv } from '../ui/csv'
import { FilterRow, type Filter } from '../ui/filter-row'
import { money } from '../ui/money'
import { Page } from '../ui/page'
import { SearchField } from '../ui/search-field'
import { Empty, Failed, Loading, More } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { date } from '../ui/time'
import type { SubscriberSearch } from './search'

type Query = NonNullable<Input<'GET /subscribers'>['query']>

const statuses = [
  { value: 'open', label: 'Running' }, { value: 'active', label: 'Active' }, { value: 'trialing', label: 'Trial' }, { value: 'past_due', label: 'Payment failed' },
  { value: 'incomplete', label: 'First payment awaited' }, { value: 'unpaid', label: 'Given up as unpaid' }, { value: 'paused', label: 'Paused' },
  { value: 'canceled', label: 'Ended' }, { value: 'incomplete_expired', label: 'Never paid' },
]
const statusName = (status: string): string => statuses.find((s) => s.value === status)?.label ?? status

export function Subscribers() {
  const search = useSearch({ strict: false }) as SubscriberSearch
  const navigate = useNavigate()
  const plans = useApi('GET /plans', undefined, { staleTime: 60_000 })
  const set = (part: Record<string, string>) => void navigate({ to: '/subscribers', search: Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, v]) => v)), replace: true })
  const { q, ...narrow } = search
  const query = { ...narrow, search: q } as Query
  const list = useInfiniteQuery({
    queryKey: ['subscribers', 'GET /subscribers', query],
    queryFn: ({ pageParam, signal }) => api('GET /subscribers', { query: { ...query, cursor: pageParam || undefined, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
  const rows = list.data?.pages.flatMap((p) => p.subscribers) ?? []
  const narrowed = Object.values(search).some(Boolean)
  const offered: Filter[] = [
    { field: 'plan', label: 'Plan', any: 'Any plan', data: (plans.data?.plans ?? []).map((p) => ({ value: p.slug, label: p.name })) },
    { field: 'status', label: 'State', any: 'Any state', data: statuses },
    { field: 'interval', label: 'Paid by', any: 'Month or year', data: [{ value: 'month', label: 'By the month' }, { value: 'year', label: 'By the year' }] },
    { field: 'ending', label: 'Running out', any: 'Runs out or not', data: [{ value: 'true', label: 'Runs out' }, { value: 'false', label: 'Goes on' }], rare: true },
    { field: 'since', label: 'Began, from', rare: true },
    { field: 'until', label: 'Began, to', rare: true, end: true },
  ]
  return (
    <Page title="Subscribers" lead="Every subscription with who has it, the newest first." actions={<Csv href={address('GET /subscribers.csv', {}, query)} />}>
      <Group gap="sm" mb="sm" role="search" aria-label="Subscribers">
        <SearchField label="Search subscribers" placeholder="Beginning of the address or of the name" maxLength={254} value={q ?? ''} onChange={(text) => set({ q: text })} />
      </Group>
      <FilterRow filters={offered} value={search} onSet={set} />
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? (
        <Empty title={narrowed ? 'No subscription fits' : 'No subscription yet'}>{narrowed && <Button variant="default" onClick={() => void navigate({ to: '/subscribers', search: {} })}>Show all</Button>}</Empty>
      ) : <Rows rows={rows} />}
      <More list={list} />
    </Page>
  )
}

function Rows({ rows }: { rows: Subscriber[] }) {
  return (
    <DataTable label="Subscribers" width={860} heads={['Member', 'Plan', 'State', 'Began', 'Paid until', { label: 'A month', right: true }]}>
      {rows.map((x) => (
        <DataRow key={x.id}
          head={<>{x.owner_kind === 'member' ? <Link to="/members/$id" params={{ id: x.owner_id }} className="plain-link">{x.email || 'A deleted member'}</Link> : 'An organization'}{x.name && <div className="dim">{x.name}</div>}</>}
          cells={[
            <>{x.plan_name}{x.quantity > 1 && ` × ${x.quantity}`}<div className="dim">by the {x.interval}</div></>,
            <>{statusName(x.status)}{x.ending && <> <Badge color="gray">runs out</Badge></>}</>,
            <span className="nowrap">{date(x.started_at)}</span>,
            <span className="nowrap">{x.ended_at ? `ended ${date(x.ended_at)}` : date(x.period_end)}</span>,
            x.value ? money(x.value, x.currency) : '–',
          ]} />
      ))}
    </DataTable>
  )
}
