// Orders by invoice: quotes that are out, what was accepted, and which bills are paid.
import { ActionIcon, Anchor, Badge, Button, Menu, Modal, Text } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Input } from '../api/client'
import { keyOf, refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { Order } from '../api/types'
import { useDeed } from '../app/palette-state'
import { Ask } from '../ui/ask'
import { FilterRow } from '../ui/filter-row'
import { money } from '../ui/money'
import { Page } from '../ui/page'
import { Empty, Failed, Loading, More } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { date } from '../ui/time'
import { done, failed } from '../ui/toast'
import { QuoteForm } from './form'
import { extent, open, states, when } from './words'

type Query = NonNullable<Input<'GET /orders'>['query']>

export function Orders() {
  // A letter asks for a quote: the form begins with who wrote it.
  const { letter, ...search } = useSearch({ from: '/inside/orders' })
  const navigate = useNavigate()
  const [writing, setWriting] = useState(false)
  const [taking, setTaking] = useState<Order>()
  useDeed('new-quote', useMay()('plans.write'), () => setWriting(true))
  const query = { ...search, limit: 50 } as Query
  const list = useInfiniteQuery({
    queryKey: [...keyOf('GET /orders', { query }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /orders', { query: { ...query, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
  const rows = list.data?.pages.flatMap((p) => p.orders) ?? []
  const filters = [{ field: 'state', label: 'State', any: 'Any state', data: Object.entries(states).map(([value, [label]]) => ({ value, label })) }]
  return (
    <Page title="Orders" lead="For firms that pay by invoice: a quote, their order, and the bill that Stripe sends." actions={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setWriting(true)}>New quote</Button>}>
      <FilterRow filters={filters} value={search as Record<string, string>} onSet={(part) => void navigate({ to: '/orders', search: part.state ? { state: part.state } : {}, replace: true })} />
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? (
        <Empty title={search.state ? 'No order in this state' : 'No order yet'}>
          {search.state ? <Button variant="default" onClick={() => void navigate({ to: '/orders', search: {} })}>Show all</Button> : <p>Write a quote, and its buyer gets a link on which it is accepted with their own order number.</p>}
        </Empty>
      ) : (
        <DataTable label="Orders" width={700} heads={['Order', 'State', 'What', { label: 'Amount', right: true }]} actions>
          {rows.map((o) => <Row key={o.id} order={o} onTake={() => setTaking(o)} />)}
        </DataTable>
      )}
      <More list={list} />
      {writing && <QuoteForm onClose={() => setWriting(false)} />}
      {letter && <AnswerForm letter={letter} onClose={() => void navigate({ to: '/orders', search, replace: true })} />}
      <Ask open={!!taking} danger title={`Take back order ${taking?.number ?? ''}?`} confirm="Take it back" onClose={() => setTaking(undefined)} onConfirm={async () => {
        await api('PUT /orders/{id}/withdrawal', { path: { id: taking!.id } })
        await refresh('orders', 'members')
        done('The order is taken back')
      }}>
        <Text size="sm">{taking?.accepted_at ? 'What it opened closes at once, and its bill is voided at Stripe.' : 'Its link says from then on that the quote was taken back.'} Nobody is told. This cannot be undone; write another quote instead.</Text>
      </Ask>
    </Page>
  )
}

/** The form, filled in from a letter. */
function AnswerForm({ letter, onClose }: { letter: string; onClose: () => void }) {
  const lead = useApi('GET /leads/{id}', { path: { id: letter } })
  if (lead.isPending) return null
  if (!lead.data) return <Modal opened onClose={onClose} title={<Text fw={650}>New quote</Text>}><Failed error={lead.error} retry={() => void lead.refetch()} /></Modal>
  return <QuoteForm to={lead.data} onClose={onClose} />
}

function Row({ order: o, onTake }: { order: Order; onTake: () => void }) {
  return (
    <DataRow
      head={<>
        {o.number}, {o.member_id ? <Link to="/members/$id" params={{ id: o.member_id }} className="plain-link">{o.company}</Link> : o.company}
        <div className="dim">{o.email}</div>
        {o.po_number && <div className="dim">their number: {o.po_number}</div>}
      </>}
      cells={[
        <>
          <Badge color={states[o.state][1]}>{states[o.state][0]}</Badge>
          <div className="dim">{when(o)}</div>
          {o.state === 'quoted' && <div className="dim">{o.sent === 0 ? 'not sent' : o.sent === 1 ? 'sent' : `sent ${o.sent} times`}</div>}
          {o.invoice_url && <Anchor href={o.invoice_url} target="_blank" rel="noreferrer" size="sm">Bill {o.invoice_number}</Anchor>}
        </>,
        <>{o.plan_name || 'Every plan'}<div className="dim">{extent(o)}{o.starts_at && `, from ${date(o.starts_at)}`}</div></>,
        <>{money(o.amount, o.currency)}<div className="dim">{date(o.created_at)}</div></>,
      ]}
      actions={open(o) && <Acts order={o} onTake={onTake} />} />
  )
}

async function copy(link: string) {
  try {
    await navigator.clipboard.writeText(link)
    done('The link is copied')
  } catch (problem) {
    failed(problem, 'The link could not be copied')
  }
}

function Acts({ order: o, onTake }: { order: Order; onTake: () => void }) {
  async function send() {
    try {
      await api('POST /orders/{id}/letters', { path: { id: o.id } })
      await refresh('orders')
      done(`The quote is on its way to ${o.email}`)
    } catch (problem) {
      failed(problem)
    }
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" aria-label={`What can be done with order ${o.number}`}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {o.state === 'quoted' && <Menu.Item onClick={() => void send()}>{o.sent ? 'Send it again' : 'Send it'}</Menu.Item>}
        {o.link && <Menu.Item onClick={() => void copy(o.link!)}>Copy its link</Menu.Item>}
        {o.link && <Menu.Item component="a" href={o.link} target="_blank" rel="noreferrer">See its page</Menu.Item>}
        <Menu.Item c="var(--desk-bad)" onClick={onTake}>Take it back</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
