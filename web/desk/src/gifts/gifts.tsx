// Presents that were sold: who gives to whom, and what became of each.
import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { api, type Input } from '../api/client'
import { keyOf } from '../api/query'
import { useMay } from '../api/session'
import type { Gift } from '../api/types'
import { extent } from '../orders/words'
import { FilterRow } from '../ui/filter-row'
import { money } from '../ui/money'
import { Page } from '../ui/page'
import { Empty, Failed, Loading, More } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { date } from '../ui/time'
import { keptAnyway, states, when } from './words'

type Query = NonNullable<Input<'GET /gifts'>['query']>

export function Gifts() {
  const search = useSearch({ from: '/inside/gifts' })
  const navigate = useNavigate()
  const may = useMay()
  const query = { ...search, limit: 50 } as Query
  const list = useInfiniteQuery({
    queryKey: [...keyOf('GET /gifts', { query }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /gifts', { query: { ...query, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
  const rows = list.data?.pages.flatMap((p) => p.gifts) ?? []
  const filters = [{ field: 'state', label: 'State', any: 'Any state', data: Object.entries(states).map(([value, [label]]) => ({ value, label })) }]
  return (
    <Page title="Presents" lead="Subscriptions that readers gave to others. Of a code only its beginning is shown: who has it has the present."
      actions={may('settings.write') ? <Button variant="default" component={Link} to="/sales">Rules</Button> : undefined}>
      <FilterRow filters={filters} value={search as Record<string, string>} onSet={(part) => void navigate({ to: '/gifts', search: part.state ? { state: part.state } : {}, replace: true })} />
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? (
        <Empty title={search.state ? 'No present in this state' : 'No present yet'}>
          {search.state ? <Button variant="default" onClick={() => void navigate({ to: '/gifts', search: {} })}>Show all</Button> : <p>Once presents are sold, each stands here from its payment on.</p>}
        </Empty>
      ) : (
        <DataTable label="Presents" width={760} heads={['Code', 'From', 'For', 'What', { label: 'Amount', right: true }, 'State']}>
          {rows.map((g) => <Row key={g.id} gift={g} />)}
        </DataTable>
      )}
      <More list={list} />
    </Page>
  )
}

function Row({ gift: g }: { gift: Gift }) {
  return (
    <DataRow
      head={<><span className="nowrap">{g.code_begins}…</span><div className="dim nowrap">{date(g.paid_at)}</div></>}
      cells={[
        <Link to="/members/$id" params={{ id: g.giver_id }} className="plain-link">{g.giver_name}</Link>,
        <>
          {g.redeemed_by ? <Link to="/members/$id" params={{ id: g.redeemed_by }} className="plain-link">{g.recipient_name || g.recipient}</Link> : g.recipient_name || g.recipient}
          {g.recipient_name && <div className="dim">{g.recipient}</div>}
        </>,
        <>{g.plan_name}<div className="dim">{extent({ months: g.months, seats: 1 })}</div></>,
        money(g.amount, g.currency),
        <>
          <Badge color={states[g.state][1]}>{states[g.state][0]}</Badge>
          <div className="dim">{when(g)}</div>
          {keptAnyway(g) && <div className="dim">paid back on {date(g.refunded_at)}, and kept</div>}
        </>,
      ]} />
  )
}
