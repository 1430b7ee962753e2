// What the screens of webhooks say.
import type { Webhook, WebhookDelivery, WebhookEvent } from '../api/types'

export const standing: Record<WebhookDelivery['state'], string> = { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed', dropped: 'Not sent' }
export const condition: Record<Webhook['state'], string> = { on: 'On', off: 'Off', paused: 'Paused' }

const groups: Record<string, string> = {
  note: 'Notes', issue: 'Issues', member: 'Members', subscription: 'Subscriptions', invoice: 'Bills', payment: 'Refunds and disputes', purchase: 'Single notes',
  gift: 'Presents', term: 'Access with an end', order: 'Orders', lead: 'Letters', mail: 'Mails', cache: 'Shared caches',
}
const groupOf = (type: string) => type.slice(0, type.indexOf('.'))
const nameOf = (group: string) => groups[group] ?? group

interface Choice { value: string; label: string }

/** Everything that can be chosen, in groups: all, all of a kind, and each event. */
export function choices(events: WebhookEvent[]): { group: string; items: Choice[] }[] {
  const out = [{ group: 'Everything', items: [{ value: '*', label: 'Everything that happens' }] }]
  for (const { type, text } of events) {
    const group = nameOf(groupOf(type))
    let last = out.find((g) => g.group === group)
    if (!last) out.push((last = { group, items: [{ value: `${groupOf(type)}.*`, label: `All about: ${group.toLowerCase()}` }] }))
    last.items.push({ value: type, label: text.replace(/\.$/, '') })
  }
  return out
}

/** What a webhook asks for, in few words. */
export function asks(patterns: string[]): string {
  if (patterns.includes('*')) return 'everything'
  const words = patterns.map((p) => (p.endsWith('.*') ? nameOf(p.slice(0, -2)).toLowerCase() : p))
  return words.length > 3 ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more` : words.join(', ')
}
