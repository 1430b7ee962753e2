// Writes a quote for a firm that pays by invoice.
import { Alert, Button, Group, Modal, NativeSelect, NumberInput, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { api, type Input } from '../api/client'
import { newID } from '../api/id'
import { sentence } from '../api/problem'
import { refresh, useApi } from '../api/query'
import type { Lead, Plan } from '../api/types'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { amountOf, digits } from '../ui/money'
import { useSend } from '../ui/send'
import { dayStart } from '../ui/time'
import { done } from '../ui/toast'

const every = '*' // chosen as such: the widest right is nobody's by default

const empty = {
  company: '', name: '', email: '', address: '', plan: '', seats: 1, from: '', months: 12, price: '' as number | string, currency: 'eur',
  due: 30, valid: 30, meanwhile: true, tax: '', words: '', send: true,
}

/** What the plan's prices make of it, in whole units; nothing when none fits. */
export function listPrice(plan: Plan | undefined, months: number, seats: number, currency: string): number | undefined {
  const fits = (interval: string, m = 0) => plan?.prices.find((p) => p.interval === interval && (p.months ?? 0) === m && p.currency === currency && p.amount)
  const once = fits('once', months)
  const year = months % 12 === 0 ? fits('year') : undefined
  const month = fits('month')
  const one = once ? once.amount! : year ? year.amount! * (months / 12) : month ? month.amount! * months : undefined
  return one === undefined ? undefined : (one * Math.max(1, seats)) / 10 ** digits(currency)
}

export function QuoteForm({ to, onClose }: { to?: Pick<Lead, 'company' | 'name' | 'email'>; onClose: () => void }) {
  const plans = useApi('GET /plans', undefined, { staleTime: 60_000 })
  const [q, setQ] = useState({ ...empty, ...(to && { company: to.company, name: to.name, email: to.email }) })
  const attempt = useRef({ said: '', key: '' })
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(useChanged(q), onClose)
  const set = (part: Partial<typeof empty>) => setQ((before) => ({ ...before, ...part }))
  const offered = (plans.data?.plans ?? []).filter((p) => !p.archived)
  const listed = listPrice(offered.find((p) => p.slug === q.plan), q.months, q.seats, q.currency)
  const text = (field: 'company' | 'name' | 'email' | 'address' | 'tax' | 'words', max: number, problemOf: string = field) => ({
    value: q[field], maxLength: max, error: fields[problemOf], onChange: (e: { currentTarget: { value: string } }) => set({ [field]: e.currentTarget.value }),
  })
  const count = (field: 'seats' | 'months' | 'due' | 'valid', min: number, max: number, problemOf: string) => ({
    min, max, value: q[field], error: fields[problemOf], onChange: (v: number | string) => set({ [field]: Number(v) || 0 }),
  })
  async function save() {
    const body: Input<'POST /orders'>['body'] = {
      company: q.company, name: q.name, email: q.email, address: q.address, plan: q.plan === every ? undefined : q.plan, seats: q.seats, starts_at: dayStart(q.from) || undefined, months: q.months,
      amount: amountOf(q.price, q.currency), currency: q.currency, days_until_due: q.due, open_unpaid: q.meanwhile, valid_days: q.valid, tax_words: q.tax, words: q.words, send: q.send,
    }
    // A quote that was changed since is another one.
    const said = JSON.stringify(body)
    if (attempt.current.said !== said) attempt.current = { said, key: newID() }
    const well = await send(() => api('POST /orders', { idempotencyKey: attempt.current.key, body }))
    if (!well) return
    await refresh('orders')
    done(q.send ? `The quote is on its way to ${q.email}` : 'The quote is written')
    onClose()
  }
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650}>New quote</Text>} size="lg">
      {leave.question}
      <form noValidate onSubmit={(e) => { e.preventDefault(); void save() }}>
        <Stack gap="sm">
          <TextInput label="Company" description="The bill names it." {...text('company', 200)} data-autofocus />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput label="Name" {...text('name', 200)} />
            <TextInput label="E-mail" description="The quote goes there; who has this address may read." type="email" {...text('email', 254)} />
          </SimpleGrid>
          <Textarea label="Address" description="The buyer may put it right." autosize {...text('address', 500)} />
          {plans.isError && !plans.data && <Alert color="red" role="alert" title="The plans could not be fetched">{sentence(plans.error)} <Button size="compact-xs" variant="default" onClick={() => void plans.refetch()}>Try again</Button></Alert>}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <NativeSelect label="Plan" value={q.plan} error={fields.plan} data={[{ value: '', label: plans.isPending ? 'Loading …' : 'Choose' }, ...offered.map((p) => ({ value: p.slug, label: p.name })), { value: every, label: 'Every plan' }]} onChange={(e) => set({ plan: e.currentTarget.value })} />
            <NumberInput label="Seats" {...count('seats', 1, 100_000, 'seats')} />
            <NumberInput label="Months" {...count('months', 1, 120, 'months')} />
            <TextInput type="date" label="From" description="Left empty: when it is accepted" inputWrapperOrder={['label', 'input', 'description', 'error']} value={q.from} error={fields.starts_at} onChange={(e) => set({ from: e.currentTarget.value })} />
            <NumberInput label="Amount, for all of it" min={0} decimalScale={digits(q.currency)} value={q.price} error={fields.amount} onChange={(v) => set({ price: v })}
              inputWrapperOrder={['label', 'input', 'description', 'error']} description={listed !== undefined && listed !== q.price ? <Button size="compact-xs" variant="subtle" onClick={() => set({ price: listed })}>Take the list price, {listed.toLocaleString('en')}</Button> : undefined} />
            <TextInput label="Currency" maxLength={3} value={q.currency} error={fields.currency} onChange={(e) => set({ currency: e.currentTarget.value.toLowerCase() })} />
          </SimpleGrid>
          <TextInput label="What it says of taxes" placeholder="Plus VAT at the rate in force; reverse charge" {...text('tax', 500, 'tax_words')} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <NumberInput label="Days until the bill is due" {...count('due', 0, 365, 'days_until_due')} />
            <NumberInput label="Days the quote holds" {...count('valid', 1, 365, 'valid_days')} />
          </SimpleGrid>
          <Switch label="Open it before it is paid" description="It opens at its start, and closes when the bill is overdue by the rules of sale." checked={q.meanwhile} onChange={(e) => set({ meanwhile: e.currentTarget.checked })} />
          <Textarea label="A word to the buyer" autosize {...text('words', 500)} />
          <Switch label="Mail it now" checked={q.send} onChange={(e) => set({ send: e.currentTarget.checked })} />
          {problem}
          <Group justify="flex-end"><Button variant="default" onClick={leave.close}>Cancel</Button><Button type="submit" loading={busy} disabled={!q.company.trim() || !q.email.trim() || !q.plan}>{q.send ? 'Send the quote' : 'Write the quote'}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
