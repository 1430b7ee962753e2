// How the payment page sells.
import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import type { Selling } from '../api/types.gen'
import { Loaded } from '../ui/states'
import { done, failed } from '../ui/toast'

export function SellingCard() {
  const query = useApi('GET /selling')
  return (
    <section aria-labelledby="selling">
      <Text component="h2" id="selling" fw={650} mt="xl" mb="sm">The payment page</Text>
      <Loaded query={query} rows={3}>{(now) => <Form now={now} />}</Loaded>
    </section>
  )
}

function Form({ now }: { now: Selling }) {
  const [s, set] = useState(now)
  const [busy, setBusy] = useState(false)
  useEffect(() => set(now), [now])
  const on = (field: 'automatic_tax' | 'tax_ids' | 'promotion_box' | 'account_first') => ({
    checked: s[field], onChange: (e: { currentTarget: { checked: boolean } }) => set({ ...s, [field]: e.currentTarget.checked }),
  })
  async function save() {
    setBusy(true)
    try {
      await api('PUT /selling', { body: { automatic_tax: s.automatic_tax, tax_ids: s.tax_ids, promotion_box: s.promotion_box, account_first: s.account_first, currency: s.currency } })
      await refresh('selling')
      done('Saved')
    } catch (error) {
      failed(error)
    }
    setBusy(false)
  }
  return (
    <Stack className="panel" p="md" maw={640}>
      <Switch label="Add taxes" description="Stripe Tax works out what is due where the payer lives. Switch it on at Stripe first." {...on('automatic_tax')} />
      <Switch label="Ask companies for their tax number" {...on('tax_ids')} />
      <Switch label="Show a box for promotion codes" description="Not where an offer is applied already: Stripe takes one or the other." {...on('promotion_box')} />
      <Switch label="Ask for an account first" description="Otherwise a stranger may go straight to payment and gets the link to log in by mail." {...on('account_first')} />
      <TextInput label="First currency" description="The page of plans begins with it. Empty: that of the first price." w={220} maxLength={3} value={s.currency} onChange={(e) => set({ ...s, currency: e.currentTarget.value.toLowerCase() })} />
      <Group><Button loading={busy} onClick={() => void save()}>Save</Button></Group>
    </Stack>
  )
}
