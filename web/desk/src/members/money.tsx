// What a member paid and got back, why they left, and what was written to them.
import { Badge, Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { MemberDetail, MemberMoney, MoneyBack } from '../api/types'
import { Ask } from '../ui/ask'
import { money } from '../ui/money'
import { Empty, Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { date } from '../ui/time'
import { done } from '../ui/toast'
import { letterName } from './words'

const reasons: Record<string, string> = {
  price: 'It costs too much', time: 'No time to read', topics: 'Topics are missing', quality: 'Not good enough', elsewhere: 'Reads somewhere else',
  service: 'Was not treated well', once: 'Needed it once only', other: 'Something else',
}
const words = (s: string) => s.replaceAll('_', ' ')

export function Money({ id }: { id: string }) {
  const money = useApi('GET /members/{id}/money', { path: { id } })
  return (
    <section aria-labelledby="money">
      <h2 id="money">Money</h2>
      <Loaded query={money}>{(m) => <Stack gap="md"><Invoices money={m} /><Back money={m} /><Left money={m} /><Written money={m} /></Stack>}</Loaded>
    </section>
  )
}

function Invoices({ money: m }: { money: MemberMoney }) {
  if (m.invoices.length === 0) return <Empty title="No bills" />
  return (
    <DataTable label="Bills" width={560} heads={['Date', 'Number', 'Billed to', 'State', { label: 'Amount', right: true }, 'Papers']}>
      {m.invoices.map((b) => (
        <DataRow key={b.number || b.billed_at} head={<span className="nowrap">{date(b.billed_at)}</span>}
          cells={[
            b.number,
            <span style={{ overflowWrap: 'anywhere' }}>{b.billed_name || b.billed_email}</span>,
            <Badge variant="default" size="sm">{b.refunded >= b.total && b.refunded > 0 ? 'paid back' : b.refunded > 0 ? 'partly paid back' : b.status}</Badge>,
            money(b.total, b.currency),
            <span className="nowrap">{b.url && <a href={b.url} target="_blank" rel="noreferrer">View</a>} {b.pdf_url && <a href={b.pdf_url} target="_blank" rel="noreferrer">PDF</a>}{!b.url && !b.pdf_url && '–'}</span>,
          ]} />
      ))}
    </DataTable>
  )
}

function Back({ money: m }: { money: MemberMoney }) {
  const line = (what: string, b: MoneyBack) => (
    <li key={what + b.made_at}>{date(b.made_at)}: {what} of {money(b.amount, b.currency)}, {words(b.status)}{b.reason && ` (${words(b.reason)})`}{b.answer_by && `; the bank waits for an answer until ${date(b.answer_by)}`}</li>
  )
  if (m.refunds.length + m.disputes.length === 0) return null
  return <ul aria-label="Refunds and disputes">{m.refunds.map((b) => line('refund', b))}{m.disputes.map((b) => line('dispute', b))}</ul>
}

function Left({ money: m }: { money: MemberMoney }) {
  if (m.cancellations.length === 0) return null
  return (
    <ul aria-label="Why they cancelled">
      {m.cancellations.map((c) => (
        <li key={c.created_at} style={{ overflowWrap: 'anywhere' }}>{date(c.created_at)}: cancelled. {reasons[c.reason] ?? 'No reason was given'}.{c.comment && ` “${c.comment}”`}{c.taken_back_at && ` Taken back on ${date(c.taken_back_at)}.`}</li>
      ))}
    </ul>
  )
}

function Written({ money: m }: { money: MemberMoney }) {
  if (m.letters.length === 0) return null
  return <Text size="sm" c="dimmed">Letters: {m.letters.map((l) => `${letterName(l.kind)} (${date(l.created_at)}, ${l.state})`).join(', ')}.</Text>
}

/** Deletes a member, after asking when what they bought ends. */
export function DeleteMember({ member: m }: { member: MemberDetail }) {
  const may = useMay()
  const go = useNavigate()
  const [open, setOpen] = useState(false)
  const [when, setWhen] = useState<'now' | 'period_end'>('period_end')
  if (!may('members.write') || m.deleted_at) return null
  return (
    <Group>
      <Button variant="default" onClick={() => setOpen(true)}>Delete this member</Button>
      <Ask
        open={open} title="Delete this member?" confirm="Delete" danger onClose={() => setOpen(false)}
        onConfirm={async () => {
          await api('DELETE /members/{id}', { path: { id: m.id }, query: { subscriptions: when } })
          await refresh('members')
          done('The member is deleted')
          void go({ to: '/members' })
        }}
      >
        <Stack gap="sm">
          <Text size="sm">Name and address are erased and they are signed out everywhere. Bills stay as they were billed, for as long as the law wants them. This cannot be taken back.</Text>
          <Radio.Group label="What they bought ends" value={when} onChange={(v) => setWhen(v as 'now' | 'period_end')}>
            <Stack gap="xs" mt="xs">
              <Radio value="period_end" label="when what is paid has run out; nothing more is charged" />
              <Radio value="now" label="at once; what was paid is not returned" />
            </Stack>
          </Radio.Group>
        </Stack>
      </Ask>
    </Group>
  )
}
