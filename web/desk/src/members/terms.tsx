// What a member may read from one date to another: given, moved, taken back.
import { Badge, Button, Group, Modal, NumberInput, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { newID } from '../api/id'
import { refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { Term } from '../api/types'
import { Ask } from '../ui/ask'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { amountOf, money } from '../ui/money'
import { useSend } from '../ui/send'
import { Loaded } from '../ui/states'
import { date, dateTime, dayOf, dayStart } from '../ui/time'
import { failed } from '../ui/toast'

const sources: Record<string, string> = { manual: 'By agreement', complimentary: 'Complimentary', gift: 'A present', purchase: 'Paid once', order: 'By invoice' }
const states: Record<string, string> = { coming: 'Not begun', open: 'Open', unpaid: 'Waits for payment', ended: 'Ended', revoked: 'Taken back' }

export function Terms({ member }: { member: string }) {
  const may = useMay()('members.write')
  const terms = useApi('GET /members/{id}/terms', { path: { id: member } })
  const [editing, setEditing] = useState<Term | 'new'>()
  const [taking, setTaking] = useState<Term>()
  const [why, setWhy] = useState('')
  async function paid(t: Term) {
    try {
      await api('PATCH /terms/{id}', { path: { id: t.id }, body: { version: t.version, paid: true } })
      await refresh('members')
    } catch (problem) {
      failed(problem)
    }
  }
  return (
    <section aria-label="Access with an end">
      <Group justify="space-between" mb="xs"><h2>Access with an end</h2>{may && <Button size="xs" variant="default" onClick={() => setEditing('new')}>Give access</Button>}</Group>
      <Loaded query={terms} rows={1}>
        {({ terms: all }) => all.length === 0 ? <Text size="sm" c="dimmed">Nothing was given so far.</Text> : (
          <div className="panel rows">
            {all.map((t) => (
              <div key={t.id} className="panel-pad">
                <Group gap="xs" justify="space-between">
                  <Text fw={600} size="sm">{t.plan_name || t.plan || 'Every plan'}</Text>
                  <Badge color={t.state === 'open' ? 'green' : 'gray'}>{states[t.state]}</Badge>
                </Group>
                <Text size="sm">{sources[t.source]}, {date(t.starts_at)} to <time dateTime={t.ends_at} title={dateTime(t.ends_at)}>{date(t.ends_at)}</time>{t.open_until && `, open until ${date(t.open_until)} unless it is paid`}</Text>
                <Text size="sm" c="dimmed">{[t.amount > 0 && money(t.amount, t.currency), t.reference, t.remark, t.given_by && `given by ${t.given_by}`, t.revoked_at && `taken back on ${date(t.revoked_at)} by ${t.revoked_by || 'the system'}${t.revoked_why ? `: ${t.revoked_why}` : ''}`].filter(Boolean).join(' · ')}</Text>
                {may && !t.revoked_at && (
                  <Group gap="xs" mt={6}>
                    {t.open_until && <Button size="compact-sm" variant="subtle" onClick={() => void paid(t)}>It is paid</Button>}
                    <Button size="compact-sm" variant="subtle" aria-label={`Change the term until ${date(t.ends_at)}`} onClick={() => setEditing(t)}>Change</Button>
                    <Button size="compact-sm" variant="subtle" color="red" c="var(--desk-bad)" aria-label={`Take back the term until ${date(t.ends_at)}`} onClick={() => { setWhy(''); setTaking(t) }}>Take back</Button>
                  </Group>
                )}
              </div>
            ))}
          </div>
        )}
      </Loaded>
      {editing && <TermForm member={member} term={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
      <Ask open={!!taking} danger title="Take this access back?" confirm="Take back" onClose={() => setTaking(undefined)} onConfirm={async () => {
        await api('PUT /terms/{id}/revocation', { path: { id: taking!.id }, body: { why } })
        await refresh('members')
      }}>
        <Text size="sm" mb="sm">What it opens closes at once. The member is not told.</Text>
        <TextInput label="Why, for colleagues" value={why} maxLength={500} onChange={(e) => setWhy(e.currentTarget.value)} />
      </Ask>
    </section>
  )
}

function TermForm({ member, term, onClose }: { member: string; term?: Term; onClose: () => void }) {
  const plans = useApi('GET /plans', undefined, { enabled: !term, staleTime: 60_000 })
  const [source, setSource] = useState('complimentary')
  const [plan, setPlan] = useState('')
  const [from, setFrom] = useState(term ? dayOf(term.starts_at) : '')
  const [to, setTo] = useState(term ? dayOf(term.ends_at) : '')
  const [reference, setReference] = useState(term?.reference ?? '')
  const [remark, setRemark] = useState(term?.remark ?? '')
  const [paid, setPaid] = useState<number | string>('')
  const [currency, setCurrency] = useState('eur')
  const [payBy, setPayBy] = useState('')
  const [meanwhile, setMeanwhile] = useState(true)
  const [key] = useState(() => newID())
  const { send, busy, fields: problems, problem } = useSend()
  const leave = useLeave(useChanged({ source, plan, from, to, reference, remark, paid, currency, payBy, meanwhile }), onClose)
  async function save() {
    // A day that was not touched keeps its hour.
    const moved = (day: string, was?: string) => (was && day === dayOf(was) ? undefined : dayStart(day) || undefined)
    const n = source === 'manual' ? amountOf(paid, currency) : 0
    const well = await send(() => (term
      ? api('PATCH /terms/{id}', { path: { id: term.id }, body: { version: term.version, starts_at: moved(from, term.starts_at), ends_at: moved(to, term.ends_at), reference, remark } })
      : api('POST /members/{id}/terms', { path: { id: member }, idempotencyKey: key, body: { source: source as 'manual', plan: plan || undefined, starts_at: dayStart(from) || undefined, ends_at: dayStart(to), reference, remark, ...(n > 0 && { amount: n, currency }), ...(source === 'manual' && payBy && { pay_by: dayStart(payBy), open_meanwhile: meanwhile }) } })))
    if (!well) return
    await refresh('members')
    onClose()
  }
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650}>{term ? 'Change the term' : 'Give access with an end'}</Text>}>
      {leave.question}
      <form onSubmit={(e) => { e.preventDefault(); void save() }}>
        <Stack gap="sm">
          {!term && <Select label="What it is" allowDeselect={false} data={[{ value: 'complimentary', label: 'Complimentary' }, { value: 'manual', label: 'Paid outside of Stripe' }]} value={source} onChange={(v) => v && setSource(v)} />}
          {!term && <Select label="Plan" allowDeselect={false} data={[{ value: '', label: 'Every plan' }, ...(plans.data?.plans ?? []).map((p) => ({ value: p.slug, label: p.name }))]} value={plan} error={problems.plan} onChange={(v) => setPlan(v ?? '')} />}
          <Group grow align="start">
            <TextInput type="date" label="From" description={term ? undefined : 'Left empty: now'} inputWrapperOrder={['label', 'input', 'description', 'error']} value={from} error={problems.starts_at} onChange={(e) => setFrom(e.currentTarget.value)} />
            <TextInput type="date" label="Until" required withAsterisk={false} description="The day itself is outside" inputWrapperOrder={['label', 'input', 'description', 'error']} value={to} error={problems.ends_at} onChange={(e) => setTo(e.currentTarget.value)} />
          </Group>
          <TextInput label="Reference" description="Order number or transfer, for bookkeeping" value={reference} maxLength={200} error={problems.reference} onChange={(e) => setReference(e.currentTarget.value)} />
          {!term && source === 'manual' && (
            <Group align="start">
              <NumberInput label="Amount" flex={1} min={0} decimalScale={3} value={paid} error={problems.amount} onChange={setPaid} />
              <TextInput label="Currency" w={100} maxLength={3} value={currency} error={problems.currency} onChange={(e) => setCurrency(e.currentTarget.value.toLowerCase())} />
            </Group>
          )}
          {!term && source === 'manual' && (
            <>
              <TextInput type="date" label="To be paid by" description="Left empty: it is paid" inputWrapperOrder={['label', 'input', 'description', 'error']} value={payBy} error={problems.pay_by} onChange={(e) => setPayBy(e.currentTarget.value)} />
              {payBy && <Switch label="Open it meanwhile" description="It closes when the bill is overdue." checked={meanwhile} onChange={(e) => setMeanwhile(e.currentTarget.checked)} />}
            </>
          )}
          <Textarea label="Remark, for colleagues" autosize value={remark} maxLength={2000} error={problems.remark} onChange={(e) => setRemark(e.currentTarget.value)} />
          {problem}
          <Group justify="flex-end"><Button variant="default" onClick={leave.close}>Cancel</Button><Button type="submit" loading={busy}>{term ? 'Save' : 'Give access'}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
