// The form of a plan.
import { Button, Group, Modal, NativeSelect, NumberInput, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import type { Plan, Price, Seats } from '../api/types'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { slugify } from '../ui/slug'
import { done } from '../ui/toast'
import { Prices } from './prices'

export function EditPlan({ plan, position, onClose }: { plan?: Plan; position: number; onClose: () => void }) {
  const [name, setName] = useState(plan?.name ?? '')
  const [slug, setSlug] = useState<string>()
  const [description, setDescription] = useState(plan?.description ?? '')
  const [benefits, setBenefits] = useState((plan?.benefits ?? []).join('\n'))
  const [prices, setPrices] = useState<Price[]>(plan?.prices ?? [{ interval: 'month', currency: 'usd' }])
  const [trial, setTrial] = useState(plan?.trial_days ?? 0)
  const [seats, setSeats] = useState<Seats>(plan?.seats ?? { kind: '', from: 1, to: 1 })
  const [visible, setVisible] = useState(plan?.visible ?? true)
  const [archived, setArchived] = useState(plan?.archived ?? false)
  const [aiUse, setAIUse] = useState(plan?.ai_use ?? false)
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(useChanged({ name, slug, description, benefits, prices, trial, seats, visible, archived, aiUse }), onClose)
  const byNumber = seats.kind === 'quantity'
  const address = slug ?? slugify(name, 64)
  async function save() {
    const body = {
      name, description, benefits: benefits.split('\n').map((b) => b.trim()).filter(Boolean), position: plan?.position ?? position, visible, archived, trial_days: trial, ai_use: aiUse, seats,
      prices: prices.map((p) => (byNumber ? p : { ...p, bands: undefined, volume: undefined })), version: plan?.version,
    }
    const well = await send(() => (plan ? api('PUT /plans/{slug}', { path: { slug: plan.slug }, body }) : api('POST /plans', { body: { ...body, slug: address } })))
    if (!well) return
    await refresh('plans')
    done('Saved')
    onClose()
  }
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650}>{plan ? `Edit “${plan.name}”` : 'New plan'}</Text>} size="xl">
      {leave.question}
      <form noValidate onSubmit={(e) => { e.preventDefault(); void save() }}>
        <Stack>
          <TextInput label="Name" value={name} maxLength={100} error={fields.name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus />
          {!plan && <TextInput label="Address" description="Gates name the plan by it; it never changes." value={address} maxLength={64} error={fields.slug} onChange={(e) => setSlug(e.currentTarget.value)} />}
          <Textarea label="Description" autosize value={description} maxLength={1000} error={fields.description} onChange={(e) => setDescription(e.currentTarget.value)} />
          <Textarea label="Benefits" description="One in each line." autosize minRows={2} value={benefits} error={fields.benefits} onChange={(e) => setBenefits(e.currentTarget.value)} />
          <Group align="start">
            <NativeSelect label="For" value={seats.kind ?? ''} data={[{ value: '', label: 'one reader' }, { value: 'fixed', label: 'a fixed number of readers' }, { value: 'quantity', label: 'as many seats as are bought' }]} onChange={(e) => setSeats({ kind: e.currentTarget.value as Seats['kind'], from: seats.from || 1, to: Math.max(seats.to ?? 1, seats.from ?? 1) })} />
            {seats.kind && <NumberInput label={byNumber ? 'From' : 'Readers'} w={110} min={1} max={10000} value={seats.from ?? 1} error={fields['seats.from']} onChange={(v) => setSeats({ ...seats, from: Number(v) || 1 })} />}
            {byNumber && <NumberInput label="To" w={110} min={1} max={10000} value={seats.to ?? 1} error={fields['seats.to']} onChange={(v) => setSeats({ ...seats, to: Number(v) || 1 })} />}
            <NumberInput label="Free days" w={120} min={0} max={730} value={trial} error={fields.trial_days} onChange={(v) => setTrial(Number(v) || 0)} />
          </Group>
          <Prices prices={prices} seats={byNumber} errors={fields} onChange={setPrices} />
          <Switch label="Listed on the page of plans" description="Others are sold by their address." checked={visible} onChange={(e) => setVisible(e.currentTarget.checked)} />
          <Switch label="No longer sold" description="Who subscribes already keeps it." checked={archived} onChange={(e) => setArchived(e.currentTarget.checked)} />
          <Switch label="AI use allowed" description="Assistants read for who holds the plan, with a token that the member made. Without it they get teasers." checked={aiUse} onChange={(e) => setAIUse(e.currentTarget.checked)} />
          {problem}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave.close}>Cancel</Button>
            <Button type="submit" loading={busy} disabled={!name.trim()}>Save</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
