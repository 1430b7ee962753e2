// What is sold: plans, their prices, and whether Stripe has them the same.
import { ActionIcon, Badge, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { Plan, Price } from '../api/types'
import { useDeed } from '../app/palette-state'
import { useDragOrder } from '../ui/drag-order'
import { moved } from '../ui/list'
import { money } from '../ui/money'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { done, failed } from '../ui/toast'
import { DriftNote } from './drift'
import { EditPlan } from './edit'
import { SellingCard } from './selling'

export function Plans() {
  const [waiting, setWaiting] = useState(false)
  // Stripe learns of a change within moments: look again until it has.
  const plans = useApi('GET /plans', undefined, { refetchInterval: waiting ? 3000 : undefined })
  const late = plans.data?.plans.some((p) => !p.mirrored) ?? false
  if (late !== waiting) setWaiting(late)
  const may = useMay()
  const write = may('plans.write')
  const [editing, setEditing] = useState<Plan | 'new'>()
  useDeed('new-plan', write, () => setEditing('new'))
  async function move(from: number, to: number) {
    const slugs = moved((plans.data?.plans ?? []).map((p) => p.slug), from, to)
    try {
      await api('PUT /plan-order', { body: { slugs } })
    } catch (error) {
      failed(error)
    }
    await refresh('plans')
  }
  const drag = useDragOrder((from, to) => void move(from, to), !write || (plans.data?.plans.length ?? 0) < 2)
  return (
    <Page title="Plans" lead="Who subscribes already keeps their price when one changes." actions={write && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>New plan</Button>}>
      <Loaded query={plans}>
        {({ plans }) => plans.length === 0 ? <Empty title="No plan yet"><p>A plan is what readers subscribe to. It is offered on the portal as soon as it is listed and has a price.</p></Empty> : (
          <>
            {plans.filter((p) => p.drift.length > 0).map((p) => <DriftNote key={p.slug} plan={p} write={write} />)}
            <DataTable label="Plans" width={720} heads={['Plan', 'Prices', 'Offered', 'Stripe']} actions={write}>
              {plans.map((p, i) => (
                <Row key={p.slug} plan={p} write={write} onEdit={() => setEditing(p)} drag={drag(i)}
                  onUp={i > 0 ? () => void move(i, i - 1) : undefined} onDown={i < plans.length - 1 ? () => void move(i, i + 1) : undefined} />
              ))}
            </DataTable>
          </>
        )}
      </Loaded>
      {may('settings.write') && <SellingCard />}
      {editing && <EditPlan plan={editing === 'new' ? undefined : editing} position={plans.data?.plans.length ?? 0} onClose={() => setEditing(undefined)} />}
    </Page>
  )
}

/** How often a price is paid, for people. */
const every = (p: Price): string => (p.interval === 'once' ? `once, for ${p.months} ${p.months === 1 ? 'month' : 'months'}` : `a ${p.interval}`)
const cost = (p: Price): string => (p.bands?.length ? `${money(p.bands[0]!.unit ?? 0, p.currency)} a seat and less, ${every(p)}` : `${money(p.amount ?? 0, p.currency)} ${every(p)}`)

function Row({ plan: p, write, drag, onEdit, onUp, onDown }: { plan: Plan; write: boolean; drag: object; onEdit: () => void; onUp?: () => void; onDown?: () => void }) {
  const [busy, setBusy] = useState(false)
  async function compare() {
    setBusy(true)
    try {
      const now = await api('POST /plans/{slug}/comparison', { path: { slug: p.slug } })
      if (now.drift.length === 0) done('Stripe has the same')
    } catch (error) {
      failed(error)
    }
    await refresh('plans')
    setBusy(false)
  }
  return (
    <DataRow className="drag-row" {...drag} head={<>{p.name}<div className="dim">{p.slug}</div></>}
      cells={[
        <>{p.prices.length === 0 ? 'None' : p.prices.map((x, i) => <div key={i} className="nowrap">{cost(x)}</div>)}{p.trial_days > 0 && <div className="dim">{p.trial_days} days free first</div>}{p.seats.kind === 'quantity' && <div className="dim">{p.seats.from} to {p.seats.to} seats</div>}{p.seats.kind === 'fixed' && <div className="dim">for {p.seats.from} readers</div>}{p.ai_use && <div className="dim">AI use allowed</div>}</>,
        p.archived ? <Badge color="gray">No longer sold</Badge> : p.visible ? 'On the portal' : <Badge color="gray">By link only</Badge>,
        !p.mirrored ? 'Not there yet' : p.drift.length > 0 ? <Badge color="yellow">Otherwise</Badge> : <span className="nowrap">Up to date</span>,
      ]}
      actions={write ? (
        <>
          <ActionIcon variant="subtle" aria-label={`Move “${p.name}” up`} disabled={!onUp} onClick={onUp}><IconArrowUp size={16} aria-hidden /></ActionIcon>
          <ActionIcon variant="subtle" aria-label={`Move “${p.name}” down`} disabled={!onDown} onClick={onDown}><IconArrowDown size={16} aria-hidden /></ActionIcon>
          <Button size="compact-sm" variant="subtle" loading={busy} aria-label={`Compare “${p.name}” with Stripe`} onClick={() => void compare()}>Compare</Button>
          <Button size="compact-sm" variant="subtle" aria-label={`Edit “${p.name}”`} onClick={onEdit}>Edit</Button>
        </>
      ) : undefined} />
  )
}
