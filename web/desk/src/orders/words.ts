// How an order by invoice stands, in the desk's words.
import type { Order } from '../api/types'
import { date } from '../ui/time'

export const states: Record<Order['state'], [label: string, color: string]> = {
  quoted: ['Quote', 'blue'], expired: ['Not accepted in time', 'gray'], declined: ['Declined', 'gray'], accepted: ['Accepted', 'blue'],
  invoiced: ['Bill is out', 'blue'], overdue: ['Overdue', 'red'], paid: ['Paid', 'green'], void: ['Taken back', 'gray'],
}

/** The day that matters most now. */
export function when(o: Order): string {
  switch (o.state) {
    case 'quoted': return `holds until ${date(o.expires_at)}`
    case 'expired': return `held until ${date(o.expires_at)}`
    case 'accepted': return o.problem ? 'the bill could not be written yet' : 'the bill is being written'
    case 'invoiced': return `due on ${date(o.due_at)}`
    case 'overdue': return `was due on ${date(o.due_at)}`
    case 'paid': return `on ${date(o.paid_at)}`
    default: return o.closed_at ? `on ${date(o.closed_at)}` : ''
  }
}

/** For how long and how many it is: "1 year, 5 seats". */
export function extent(o: Pick<Order, 'months' | 'seats'>): string {
  const n = o.months % 12 === 0 ? o.months / 12 : o.months
  const unit = o.months % 12 === 0 ? 'year' : 'month'
  return `${n} ${unit}${n > 1 ? 's' : ''}${o.seats > 1 ? `, ${o.seats} seats` : ''}`
}

/** Whether it can still be taken back. */
export const open = (o: Order): boolean => ['quoted', 'expired', 'accepted', 'invoiced', 'overdue'].includes(o.state)
