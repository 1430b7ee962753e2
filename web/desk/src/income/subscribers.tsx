// Who subscribes to what, narrowed down.
import { Anchor, Badge, Button, Group, Select, Table, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { address, api } from '../api/client'
import { useApi } from '../api/query'
import type { Subscriber } from '../api/types.gen'
import { Page } from '../ui/page'
import { Empty, Failed, Loading } from '../ui/states'
import { date } from '../ui/time'
import { amount } from './money'
import type { SubscriberSearch } from './search'

const statuses = [
  { value: 'open', label: 'Running' }, { value: 'active', label: 'Active' }, { value: 'trialing', label: 'Trial' }, { value: 'past_due', label: 'Payment failed' },
  { value: 'incomplete', label: 'First payment awaited' }, { value: 'unpaid', label: 'Given up as unpaid' }, { value: 'paused', label: 'Paused' },
  { value: 'canceled', label: 'Ended' }, { value: 'incomplete_expired', label: 'Never paid' },
]
export const statusName = (status: string): string => statuses.find((s) => s.value === status)?.label ?? status
type Status = Subscriber['status'] & ('open' | 'active')

export function Subscribers() {
  const search = useSearch({ strict: false }) as SubscriberSearch
  const navigate = useNavigate()
  const set = (change: SubscriberSearch) => void navigate({ to: '/subscribers', search: { ...search, ...change }, replace: true })
  const query = {
    plan: search.plan, status: search.status as Status | undefined, interval: search.interval as 'month' | undefined, ending: search.ending as 'true' | undefined, search: search.q,
    since: search.since ? search.since + 'T00:00:00Z' : undefined, until: search.until ? search.until + 'T00:00:00Z' : undefined,
  }
  const list = useInfiniteQuery({
    queryKey: ['subscribers', 'GET /subscribers', query],
    queryFn: ({ pageParam, signal }) => api('GET /subscribers', { query: { ...query, cursor: pageParam || undefined, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
  const rows = list.data?.pages.flatMap((p) => p.subscribers) ?? []
  const narrowed = Object.values(search).some(Boolean)
  return (
    <Page title="Subscribers" lead="Every subscription with who has it, the newest first." actions={<Anchor href={address('GET /subscribers.csv', {}, query)} download><IconDownload size={15} aria-hidden /> As CSV</Anchor>}>
      <Filters search={search} set={set} />
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? (
        <Empty title={narrowed ? 'No subscription fits' : 'No subscription yet'}>{narrowed && <Button variant="default" onClick={() => void navigate({ to: '/subscribers', search: {} })}>Show all</Button>}</Empty>
      ) : <Rows rows={rows} />}
      {list.hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Show more</Button></Group>}
    </Page>
  )
}

function Filters({ search, set }: { search: SubscriberSearch; set: (change: SubscriberSearch) => void }) {
  const plans = useApi('GET /plans')
  const [text, setText] = useState(search.q ?? '')
  const [settled] = useDebouncedValue(text.trim(), 250)
  useEffect(() => {
    if (settled !== (search.q ?? '')) set({ q: settled || undefined })
  }, [settled]) // eslint-disable-line react-hooks/exhaustive-deps -- the address follows the field, not the other way round
  const pick = (name: keyof SubscriberSearch) => (v: string | null) => set({ [name]: v ?? undefined })
  return (
    <Group mb="md" gap="sm" align="end">
      <TextInput type="search" label="Member" placeholder="Beginning of address or name" leftSection={<IconSearch size={16} aria-hidden />} maxLength={254} value={text} onChange={(e) => setText(e.currentTarget.value)} />
      <Select label="Plan" placeholder="All" clearable w={170} data={(plans.data?.plans ?? []).map((p) => ({ value: p.slug, label: p.name }))} value={search.plan ?? null} onChange={pick('plan')} />
      <Select label="State" placeholder="All" clearable w={190} data={statuses} value={search.status ?? null} onChange={pick('status')} />
      <Select label="Paid by" placeholder="Either" clearable w={130} data={[{ value: 'month', label: 'Month' }, { value: 'year', label: 'Year' }]} value={search.interval ?? null} onChange={pick('interval')} />
      <Select label="Running out" placeholder="Either" clearable w={130} data={[{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]} value={search.ending ?? null} onChange={pick('ending')} />
      <TextInput type="date" label="Began from" value={search.since ?? ''} onChange={(e) => set({ since: e.currentTarget.value || undefined })} />
      <TextInput type="date" label="Began before" value={search.until ?? ''} onChange={(e) => set({ until: e.currentTarget.value || undefined })} />
    </Group>
  )
}

function Rows({ rows }: { rows: Subscriber[] }) {
  return (
    <div className="tablewrap panel" role="region" aria-label="Subscribers" tabIndex={0}>
      <Table miw={860}>
        <Table.Thead><Table.Tr><Table.Th>Member</Table.Th><Table.Th>Plan</Table.Th><Table.Th>State</Table.Th><Table.Th>Began</Table.Th><Table.Th>Paid until</Table.Th><Table.Th ta="right">A month</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {rows.map((x) => (
            <Table.Tr key={x.id}>
              <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)" style={{ overflowWrap: 'anywhere' }}>
                {x.owner_kind === 'member' ? <Link to="/members/$id" params={{ id: x.owner_id }} className="plain-link">{x.email || 'A deleted member'}</Link> : 'An organization'}
                {x.name && <div className="dim">{x.name}</div>}
              </Table.Th>
              <Table.Td>{x.plan_name}{x.quantity > 1 && ` × ${x.quantity}`}<div className="dim">by the {x.interval}</div></Table.Td>
              <Table.Td>{statusName(x.status)}{x.ending && <> <Badge color="gray">runs out</Badge></>}</Table.Td>
              <Table.Td className="nowrap">{date(x.started_at)}</Table.Td>
              <Table.Td className="nowrap">{x.ended_at ? `ended ${date(x.ended_at)}` : date(x.period_end)}</Table.Td>
              <Table.Td ta="right" className="nowrap">{x.value ? amount(x.value, x.currency) : '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
