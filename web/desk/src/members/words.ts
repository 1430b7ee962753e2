// A sentence for each moment of a member's timeline.
import type { Moment } from '../api/types'
import { sentences } from '../journal/words'

const letters: Record<string, string> = {
  'sign-in': 'A letter with a sign-in link', welcome: 'The welcome letter', term: 'A letter about the end of their access', gift: 'A letter with a present',
  quote: 'A quote', 'order-accepted': 'A letter about their order', 'order-overdue': 'A letter about an overdue bill',
  'email-change': 'A letter to confirm a new address', 'email-changed': 'A letter that their address was changed', leaving: 'A letter that their account will be deleted',
  receipt: 'A receipt', changed: 'A letter about their change', canceled: 'A letter about their cancellation', resumed: 'A letter that it goes on', paused: 'A letter about their pause',
  ended: 'A letter that it is over', 'card-expiring': 'A letter about a card that expires', 'payment-failed': 'A letter about a failed payment', closing: 'A letter about the end of grace',
  doubled: 'A letter that a second subscription was paid back',
}

/** What a letter is called, such as "A receipt". */
export function letterName(kind: string): string {
  return letters[kind.replaceAll('_', '-')] ?? `A letter (${kind.replaceAll(/[-_]/g, ' ')})`
}

/** What happened, in one sentence. */
export function sentenceOf(m: Moment): string {
  switch (m.kind) {
    case 'letter':
      return letterName(m.what) + (m.bad ? ' was not taken by their mail system' : ' went out')
    case 'stripe':
      return `Stripe told of ${m.what}${m.bad ? ', which could not be worked on yet' : ''}`
    default:
      return (sentences[m.what] ?? `{who}: ${m.what.replace('.', ' ').replaceAll('_', ' ')}`).replace('{who}', m.by || 'The system').replace('{it}', '').trim()
  }
}

/** Whether Stripe told of something that changed nothing here. */
export const idle = (m: Moment): boolean => m.kind === 'stripe' && !!m.note && !m.bad

/** Puts what changed nothing together where it follows on each other; all else stays alone. */
export function folded(moments: Moment[]): Moment[][] {
  const out: Moment[][] = []
  for (const m of moments) {
    const last = out.at(-1)
    if (last && idle(m) && idle(last[0]!)) last.push(m)
    else out.push([m])
  }
  return out
}

export const kindName: Record<Moment['kind'], string> = { happened: 'Journal', letter: 'Mail', stripe: 'Stripe' }

/** What a grant is called. */
export function grantName(kind: string, plan?: string): string {
  const names: Record<string, string> = {
    membership: 'Membership', subscription: 'Subscription', seat: 'Seat', complimentary: 'Given by the firm', term: 'Access for a time', purchase: 'One note bought', share_link: 'Share link', metered: 'Free note of the month',
  }
  return (names[kind] ?? kind) + (plan ? `: ${plan}` : kind === 'complimentary' ? ': every plan' : '')
}
