// What somebody changed at Stripe, and what to do about it.
import { Alert, Button, Group, List } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import type { Drift, Plan } from '../api/types'
import { money } from '../ui/money'
import { dateTime } from '../ui/time'
import { done, failed } from '../ui/toast'

export function tellDrift(d: Drift): string {
  const amount = (s: string) => money(Number(s) || 0, d.currency || 'usd')
  const price = `the price by the ${d.interval || 'term'} in ${(d.currency ?? '').toUpperCase()}`
  switch (d.field) {
    case 'name': return `is called “${d.stripes}” at Stripe, “${d.ours}” here`
    case 'description': return 'is described in other words at Stripe'
    case 'active': return d.stripes === 'true' ? 'is sold at Stripe, and archived here' : 'is archived at Stripe, and sold here'
    case 'price_active': return d.stripes === 'true' ? `${price} is sold at Stripe, and no longer here` : `${price} is switched off at Stripe`
    case 'price_amount': return `${price} is ${amount(d.stripes)} at Stripe, ${amount(d.ours)} here`
    default: return `Stripe has a price that is not known here: ${amount(d.stripes)}${d.interval ? ` a ${d.interval}` : ''}`
  }
}

export function DriftNote({ plan, write }: { plan: Plan; write: boolean }) {
  const [busy, setBusy] = useState<'push' | 'take'>()
  async function settle(how: 'push' | 'take') {
    setBusy(how)
    try {
      await (how === 'push' ? api('POST /plans/{slug}/push', { path: { slug: plan.slug } }) : api('POST /plans/{slug}/take', { path: { slug: plan.slug } }))
      done(how === 'push' ? 'Stripe shows the plan as it is here' : 'The plan is as Stripe has it')
    } catch (error) {
      failed(error)
    }
    await refresh('plans')
    setBusy(undefined)
  }
  const at = plan.drift.map((d) => d.at).sort().at(-1)
  return (
    <Alert color="yellow" title={`“${plan.name}” is otherwise at Stripe`} role="status" mb="md">
      <List size="sm">{plan.drift.map((d, i) => <List.Item key={i}>{tellDrift(d)}</List.Item>)}</List>
      <p className="dim">Changed at Stripe {dateTime(at)}, by somebody at Stripe’s desk or another program; Stripe does not say who. Here it was last changed {dateTime(plan.changed_at)}{plan.changed_by ? ` by ${plan.changed_by}` : ''}.</p>
      {write && (
        <Group gap="sm" mt="xs">
          <Button size="compact-sm" variant="default" loading={busy === 'push'} onClick={() => void settle('push')}>Push again</Button>
          <Button size="compact-sm" variant="default" loading={busy === 'take'} onClick={() => void settle('take')}>Take Stripe’s</Button>
        </Group>
      )}
    </Alert>
  )
}
