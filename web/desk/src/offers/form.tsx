// Makes an offer, or changes its words, dates and limit.
import { Button, Group, Modal, NativeSelect, NumberInput, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import type { Offer } from '../api/types'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { amountOf, digits, typedOf } from '../ui/money'
import { useSend } from '../ui/send'
import { dayOf, dayStart } from '../ui/time'
import { done } from '../ui/toast'
import { gives } from './offers'

type Terms = Pick<Offer, 'gift' | 'percent' | 'amount' | 'currency' | 'trial_days' | 'duration' | 'months'>

export function OfferForm({ offer, onClose }: { offer?: Offer; onClose: () => void }) {
  const plans = useApi('GET /plans')
  const [code, setCode] = useState('')
  const [kind, setKind] = useState<Offer['kind']>('signup')
  const [plan, setPlan] = useState('')
  const [terms, setTerms] = useState<Terms>({ gift: 'percent', percent: 20, currency: 'usd', duration: 'once', months: 3, trial_days: 14 })
  const [name, setName] = useState(offer?.name ?? '')
  const [description, setDescription] = useState(offer?.description ?? '')
  const [from, setFrom] = useState(dayOf(offer?.starts_at))
  const [to, setTo] = useState(dayOf(offer?.ends_at, 1))
  const [limit, setLimit] = useState(offer?.max_redemptions ?? 0)
  const [archived, setArchived] = useState(offer?.archived ?? false)
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(useChanged({ code, kind, plan, terms, name, description, from, to, limit, archived }), onClose)
  const set = (change: Partial<Terms>) => setTerms({ ...terms, ...change })
  async function save() {
    const words = { name, description, starts_at: from ? dayStart(from) : undefined, ends_at: to ? dayStart(to, 1) : undefined, max_redemptions: limit || undefined, archived }
    const well = await send(() => (offer ? api('PUT /offers/{code}', { path: { code: offer.code }, body: { ...words, version: offer.version } }) : api('POST /offers', { body: { ...terms, ...words, code, kind, plan: plan || undefined } })))
    if (!well) return
    await refresh('offers')
    done(offer ? 'Saved' : 'The offer is made')
    onClose()
  }
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650}>{offer ? `Edit the offer ${offer.code}` : 'New offer'}</Text>} size="lg">
      {leave.question}
      <form noValidate onSubmit={(e) => { e.preventDefault(); void save() }}>
        <Stack>
          {offer ? <Text size="sm">It gives {gives(offer)}, for {offer.plan ?? 'every plan'}. That never changes; make another offer instead.</Text> : (
            <>
              <SimpleGrid cols={{ base: 1, sm: 3 }}>
                <TextInput label="Code" description="3 to 40 letters and digits." value={code} maxLength={40} error={fields.code} onChange={(e) => setCode(e.currentTarget.value.toUpperCase())} data-autofocus />
                <NativeSelect label="For" description="Staying: shown on leaving." value={kind} data={[{ value: 'signup', label: 'signing up' }, { value: 'retention', label: 'staying' }]} onChange={(e) => setKind(e.currentTarget.value as Offer['kind'])} />
                <NativeSelect label="Plan" description="What it makes cheaper." value={plan} error={fields.plan} data={[{ value: '', label: 'every plan' }, ...(plans.data?.plans ?? []).map((p) => ({ value: p.slug, label: p.name }))]} onChange={(e) => setPlan(e.currentTarget.value)} />
              </SimpleGrid>
              <Group align="start">
                <NativeSelect label="Gives" value={terms.gift} data={[{ value: 'percent', label: 'a share off' }, { value: 'amount', label: 'an amount off' }, { value: 'trial', label: 'free days' }]} onChange={(e) => set({ gift: e.currentTarget.value as Terms['gift'] })} />
                {terms.gift === 'percent' && <NumberInput label="Percent" w={110} min={1} max={100} value={terms.percent ?? ''} error={fields.percent} onChange={(v) => set({ percent: Number(v) || undefined })} />}
                {terms.gift === 'amount' && <NumberInput label="Amount" w={130} min={0} decimalScale={digits(terms.currency ?? 'usd')} value={typedOf(terms.amount, terms.currency ?? 'usd')} error={fields.amount} onChange={(v) => set({ amount: typeof v === 'number' ? amountOf(v, terms.currency ?? 'usd') : undefined })} />}
                {terms.gift === 'amount' && <TextInput label="Currency" w={90} maxLength={3} value={terms.currency ?? ''} error={fields.currency} onChange={(e) => set({ currency: e.currentTarget.value.toLowerCase() })} />}
                {terms.gift === 'trial' ? <NumberInput label="Days" w={110} min={1} max={730} value={terms.trial_days ?? ''} error={fields.trial_days} onChange={(v) => set({ trial_days: Number(v) || undefined })} /> : (
                  <NativeSelect label="How long" value={terms.duration ?? 'once'} data={[{ value: 'once', label: 'the first bill' }, { value: 'repeating', label: 'some months' }, { value: 'forever', label: 'for good' }]} onChange={(e) => set({ duration: e.currentTarget.value as Terms['duration'] })} />
                )}
                {terms.gift !== 'trial' && terms.duration === 'repeating' && <NumberInput label="Months" w={100} min={1} max={36} value={terms.months ?? ''} error={fields.months} onChange={(v) => set({ months: Number(v) || undefined })} />}
              </Group>
            </>
          )}
          <TextInput label="Name" description="The page and invoices show it." value={name} maxLength={40} error={fields.name} onChange={(e) => setName(e.currentTarget.value)} />
          <Textarea label="Description" autosize value={description} maxLength={500} error={fields.description} onChange={(e) => setDescription(e.currentTarget.value)} />
          <Group align="start">
            <TextInput type="date" label="From" value={from} error={fields.starts_at} onChange={(e) => setFrom(e.currentTarget.value)} />
            <TextInput type="date" label="Until, that day included" value={to} error={fields.ends_at} onChange={(e) => setTo(e.currentTarget.value)} />
            <NumberInput label="How many may take it" placeholder="no limit" w={190} min={0} value={limit || ''} error={fields.max_redemptions} onChange={(v) => setLimit(Number(v) || 0)} />
          </Group>
          {offer && <Switch label="Ended" description="Who took it keeps what it gives." checked={archived} onChange={(e) => setArchived(e.currentTarget.checked)} />}
          {problem}
          <Group justify="flex-end"><Button variant="default" onClick={leave.close}>Cancel</Button><Button type="submit" loading={busy} disabled={!name.trim() || !offer && !code}>{offer ? 'Save' : 'Make the offer'}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
