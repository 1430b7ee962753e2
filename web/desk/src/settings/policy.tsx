// What the owner decides about subscriptions that run.
import { Button, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { fieldMessages } from '../api/problem'
import { keyOf, queries, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { SubscriptionPolicy } from '../api/types.gen'
import { Loaded } from '../ui/states'
import { done, failed } from '../ui/toast'

export function PolicyPanel() {
  const policy = useApi('GET /subscription-policy')
  return (
    <section className="panel panel-pad" aria-labelledby="policy">
      <h2 id="policy">Subscriptions</h2>
      <Loaded query={policy}>{(p) => <PolicyForm key={JSON.stringify(p)} policy={p} />}</Loaded>
    </section>
  )
}

function PolicyForm({ policy }: { policy: SubscriptionPolicy }) {
  const may = useMay()('settings.write')
  const [form, setForm] = useState(policy)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const dirty = JSON.stringify(form) !== JSON.stringify(policy)
  const number = (name: 'grace_days' | 'pause_months' | 'retention_years', label: string, description: string, max: number) => (
    <NumberInput label={label} description={description} min={0} max={max} allowDecimal={false} disabled={!may} value={form[name]} error={wrong['/' + name]} onChange={(v) => setForm({ ...form, [name]: Number(v) || 0 })} />
  )
  async function save() {
    setBusy(true)
    setWrong({})
    try {
      queries.setQueryData(keyOf('GET /subscription-policy'), await api('PATCH /subscription-policy', { body: form }))
      done('Saved')
    } catch (problem) {
      setWrong(fieldMessages(problem))
      failed(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(e) => { e.preventDefault(); void save() }}>
      <Stack gap="md" maw={560}>
        {number('grace_days', 'Days of grace', 'How long a member reads on after a renewal failed. 0: for as long as Stripe tries to collect.', 60)}
        {number('pause_months', 'Months of pause', 'How long members may pause their payments at most. They read on meanwhile. 0: pausing is not offered.', 6)}
        <Switch label="A full refund of the latest bill ends the subscription" disabled={!may} checked={form.end_on_refund} onChange={(e) => setForm({ ...form, end_on_refund: e.currentTarget.checked })} />
        <Switch label="A dispute that is lost ends the subscription" disabled={!may} checked={form.end_on_dispute} onChange={(e) => setForm({ ...form, end_on_dispute: e.currentTarget.checked })} />
        {number('retention_years', 'Years bills are kept', 'For members who were deleted. Most laws ask for six to ten.', 30)}
        {may ? <Group><Button type="submit" loading={busy} disabled={!dirty}>Save the rules</Button></Group> : <Text size="sm" c="dimmed">The owner decides this.</Text>}
      </Stack>
    </form>
  )
}
