// How the payment page sells.
import { Button, Group, Stack, Switch, TextInput } from '@mantine/core'
import { api } from '../api/client'
import { keyOf, queries, useApi } from '../api/query'
import type { Selling } from '../api/types'
import { useDraft } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { Loaded } from '../ui/states'
import { done } from '../ui/toast'

export function SellingCard() {
  const query = useApi('GET /selling')
  return (
    <section aria-labelledby="selling">
      <h2 id="selling">The payment page</h2>
      <Loaded query={query} rows={3}>{(now) => <Form now={now} />}</Loaded>
    </section>
  )
}

function Form({ now }: { now: Selling }) {
  const { draft: s, set, dirty, settle } = useDraft(now)
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(dirty)
  const on = (field: 'automatic_tax' | 'tax_ids' | 'promotion_box' | 'account_first') => ({
    checked: s[field], onChange: (e: { currentTarget: { checked: boolean } }) => set({ [field]: e.currentTarget.checked }),
  })
  const save = () => send(async () => {
    const saved = await api('PUT /selling', { body: { automatic_tax: s.automatic_tax, tax_ids: s.tax_ids, promotion_box: s.promotion_box, account_first: s.account_first, currency: s.currency } })
    queries.setQueryData(keyOf('GET /selling'), saved)
    settle(saved)
    done('Saved')
  })
  return (
    <form onSubmit={(e) => { e.preventDefault(); void save() }}>
      {leave.question}
      <Stack className="panel" p="md" maw={640}>
        <Switch label="Add taxes" description="Stripe Tax works out what is due where the payer lives. Switch it on at Stripe first." {...on('automatic_tax')} />
        <Switch label="Ask companies for their tax number" {...on('tax_ids')} />
        <Switch label="Show a box for promotion codes" description="Not where an offer is applied already: Stripe takes one or the other." {...on('promotion_box')} />
        <Switch label="Ask for an account first" description="Otherwise a stranger may go straight to payment and gets the link to log in by mail." {...on('account_first')} />
        <TextInput label="First currency" description="The page of plans begins with it. Empty: that of the first price." maxLength={3} styles={{ wrapper: { maxWidth: 220 } }} value={s.currency} error={fields.currency} onChange={(e) => set({ currency: e.currentTarget.value.toLowerCase() })} />
        {problem}
        <Group><Button type="submit" loading={busy} disabled={!dirty}>Save</Button></Group>
      </Stack>
    </form>
  )
}
