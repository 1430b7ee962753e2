// How a present stands, in the desk's words.
import type { Gift } from '../api/types'
import { date } from '../ui/time'

export const states: Record<Gift['state'], [label: string, color: string]> = {
  paid: ['Waits for its day', 'blue'], delivered: ['Delivered', 'blue'], redeemed: ['Redeemed', 'green'],
  expired: ['Not redeemed in time', 'gray'], revoked: ['Taken back', 'gray'],
}

/** The day that matters most now. */
export function when(g: Gift): string {
  switch (g.state) {
    case 'paid': return `goes out on ${date(g.deliver_at)}`
    case 'delivered': return g.expires_at ? `on ${date(g.delivered_at)}, good until ${date(g.expires_at)}` : `on ${date(g.delivered_at)}`
    case 'redeemed': return `on ${date(g.redeemed_at)}`
    case 'expired': return `was good until ${date(g.expires_at)}`
    case 'revoked': return 'because it was paid back'
  }
}

/** Whether its money went back although it stays. */
export const keptAnyway = (g: Gift): boolean => !!g.refunded_at && g.state !== 'revoked'
