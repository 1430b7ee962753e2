// What the owner decides about subscriptions that run.
import { Button, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { api } from '../api/client'
import { keyOf, queries, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { SubscriptionPolicy } from '../api/types'
import { useDraft } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { Loaded } from '../ui/states'
import { done } from '../ui/toast'

export function PolicyPanel() {
  const policy = useApi('GET /subscription-policy')
  return (
    <section aria-labelledby="policy">
      <h2 id="policy">Subscriptions</h2>
      <Loaded query={policy}>{(p) => <PolicyForm policy={p} />}</Loaded>
    </section>
  )
}

function PolicyForm({ policy }: { policy: SubscriptionPolicy }) {
  const may = useMay()('settings.write')
  const { draft, set, changed, dirty, settle } = useDraft(policy)
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(dirty)
  const number = (name: 'grace_days' | 'pause_months' | 'retention_years', label: string, description: string, max: number) => (
    <NumberInput label={label} description={description} min={0} max={max} allowDecimal={false} disabled={!may} value={draft[name]} error={fields[name]} onChange={(v) => set({ [name]: Number(v) || 0 })} />
  )
  const save = () => send(async () => {
    const saved = await api('PATCH /subscription-policy', { body: changed })
    queries.setQueryData(keyOf('GET /subscription-policy'), saved)
    settle(saved)
    done('Saved')
  })
  return (
    <form onSubmit={(e) => { e.preventDefault(); void save() }}>
      {leave.question}
      <Stack gap="md" maw={560}>
        {number('grace_days', 'Days of grace', 'How long a member reads on after a renewal failed. 0: for as long as Stripe tries to collect.', 60)}
        {number('pause_months', 'Months of pause', 'How long members may pause their payments at most. They read on meanwhile. 0: pausing is not offered.', 6)}
        <Switch label="A full refund of the latest bill ends the subscription" disabled={!may} checked={draft.end_on_refund} onChange={(e) => set({ end_on_refund: e.currentTarget.checked })} />
        <Switch label="A dispute that is lost ends the subscription, or what was bought once" disabled={!may} checked={draft.end_on_dispute} onChange={(e) => set({ end_on_dispute: e.currentTarget.checked })} />
        {number('retention_years', 'Years bills are kept', 'For members who were deleted. Most laws ask for six to ten.', 30)}
        {problem}
        {may ? <Group><Button type="submit" loading={busy} disabled={!dirty}>Save the rules</Button></Group> : <Text size="sm" c="dimmed">The owner decides this.</Text>}
      </Stack>
    </form>
  )
}
