// What the owner decides about all that is not a subscription.
import { Button, Group, NumberInput, Stack, Switch, TagsInput } from '@mantine/core'
import { api } from '../api/client'
import { keyOf, queries, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { SalesRules } from '../api/types'
import { useDraft } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { Page } from '../ui/page'
import { useSend } from '../ui/send'
import { Loaded } from '../ui/states'
import { done } from '../ui/toast'

export function Sales() {
  const rules = useApi('GET /sales-rules')
  return (
    <Page title="Presents and free notes" lead="What holds for single notes, presents and readers without a subscription.">
      <Loaded query={rules}>{(r) => <Rules rules={r} />}</Loaded>
    </Page>
  )
}

function Rules({ rules }: { rules: SalesRules }) {
  const may = useMay()('settings.write')
  const { draft: r, set, changed, dirty, settle } = useDraft(rules)
  const { send, busy, fields: problems, problem } = useSend()
  const leave = useLeave(dirty)
  const number = (key: 'free_notes' | 'gift_keeps' | 'overdue_days') => ({
    min: 0, styles: { wrapper: { maxWidth: 220 } }, value: r[key], error: problems[key], onChange: (v: number | string) => typeof v === 'number' && set({ [key]: v }),
  })
  const save = () => send(async () => {
    const saved = await api('PATCH /sales-rules', { body: changed })
    queries.setQueryData(keyOf('GET /sales-rules'), saved)
    settle(saved)
    done('Saved')
  })
  return (
    <form onSubmit={(e) => { e.preventDefault(); void save() }} style={{ maxWidth: '46rem' }}>
      {leave.question}
      <fieldset disabled={!may} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <section aria-label="Free notes"><h2>Free notes</h2>
          <NumberInput label="Paid notes a free member may read in a month" description="0 gives none away. Notes for certain plans are never among them. A note read again in the month does not count twice." {...number('free_notes')} />
        </section>
        <section aria-label="Presents"><h2>Presents</h2>
          <Stack>
            <Switch label="Sell subscriptions as presents" checked={r.gifts} onChange={(e) => set({ gifts: e.currentTarget.checked })} />
            <TagsInput label="For how many months" description="One to six terms. Each costs what the plan costs once for that term; without such a price a year costs what the plan costs a year, and anything else is counted by the month." value={r.gift_months.map(String)} error={problems.gift_months} maw={560}
              onChange={(v) => set({ gift_months: v.map(Number).filter((n) => Number.isInteger(n) && n > 0) })} />
            <NumberInput label="Months in which a present can be redeemed" description="Counted from its delivery; 0 is for good." {...number('gift_keeps')} />
          </Stack>
        </section>
        <section aria-label="By invoice"><h2>By invoice</h2>
          <Switch label="Firms may ask for a quote" description="The page of plans leads to a form; what is asked for arrives among the letters." checked={r.quotes} onChange={(e) => set({ quotes: e.currentTarget.checked })} />
        </section>
        <section aria-label="Paid back and overdue"><h2>Paid back and overdue</h2>
          <Stack>
            <Switch label="Take back what is paid back" description="A note or a present that was refunded in full closes, a redeemed one too." checked={r.refund_closes} onChange={(e) => set({ refund_closes: e.currentTarget.checked })} />
            <NumberInput label="Days an overdue bill leaves open" description="For orders by invoice, and for access that is to be paid outside of Stripe, such as by transfer. It holds for what is given from now on." {...number('overdue_days')} />
          </Stack>
        </section>
      </fieldset>
      {problem}
      {may && <Group mt="lg"><Button type="submit" loading={busy} disabled={!dirty}>Save</Button></Group>}
    </form>
  )
}
