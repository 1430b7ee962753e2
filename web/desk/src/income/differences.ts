// What each way in which the mirror and Stripe can differ means to a person.
import type { Finding } from '../api/types'

export type Difference = Finding['difference']

/** Names, in the order the screen shows them: the most urgent first. */
export const differences: Record<Difference, { name: string; means: string }> = {
  paid_without_access: { name: 'Paid without access', means: 'They pay at Stripe and cannot read here.' },
  access_without_payment: { name: 'Access without payment', means: 'They can read here, and nothing runs at Stripe.' },
  purchase_missed: { name: 'Purchase not noted', means: 'A note, a present or a term was paid at Stripe, and we did not hear of it.' },
  purchase_paid_back: { name: 'Purchase paid back', means: 'What was bought once was paid back at Stripe, and we did not hear of it.' },
  several_open: { name: 'Two subscriptions for one member', means: 'They pay more than once.' },
  missing_there: { name: 'Not known at Stripe', means: 'It stands here, and Stripe does not know it.' },
  unknown_price: { name: 'Unknown price', means: 'A customer of yours pays a price that no plan here has.' },
  plan_differed: { name: 'Another plan', means: 'They pay for another plan than the one that is open to them.' },
  amount_differed: { name: 'Another amount', means: 'The price, the quantity or a discount is not the one that stands here.' },
  bill_differed: { name: 'Another bill', means: 'A bill, or what was given back of it, is not as it stands here.' },
  customer_deleted: { name: 'Customer deleted', means: 'Their customer was deleted at Stripe; the next purchase makes a new one.' },
  status_differed: { name: 'Another state', means: 'Without a consequence for what they may read.' },
  missing_here: { name: 'Never seen here', means: 'It began and ended at Stripe without our hearing of it.' },
  details_differed: { name: 'Details', means: 'A period, a card or a bill.' },
}

/** Findings by difference, in that order. */
export function grouped(findings: Finding[]): [Difference, Finding[]][] {
  return (Object.keys(differences) as Difference[]).flatMap((d): [Difference, Finding[]][] => {
    const of = findings.filter((f) => f.difference === d)
    return of.length ? [[d, of]] : []
  })
}

/** What comes of a finding, in one sentence. */
export function outcome(f: Finding): string {
  if (f.repaired) return 'Put right.'
  return f.by_machine ? 'A repair puts it right.' : f.what_to_do ?? ''
}
