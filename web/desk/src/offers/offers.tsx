// Offers: codes that make a plan cheaper for a while, and how often they were taken.
import { Badge, Button, Group, Table } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useApi } from '../api/query'
import type { Offer } from '../api/types.gen'
import { money } from '../ui/money'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { date } from '../ui/time'
import { OfferForm } from './form'

export const gives = (o: Pick<Offer, 'gift' | 'percent' | 'amount' | 'currency' | 'trial_days' | 'duration' | 'months'>): string => {
  if (o.gift === 'trial') return `${o.trial_days} days free`
  const off = o.gift === 'percent' ? `${o.percent} %` : money(o.amount ?? 0, o.currency || 'usd')
  return `${off} less ${o.duration === 'forever' ? 'for good' : o.duration === 'repeating' ? `for ${o.months} months` : 'once'}`
}

const states = { open: ['Open', 'green'], coming: ['To come', 'blue'], over: ['Over', 'gray'], used_up: ['Used up', 'gray'] } as const

export function Offers() {
  const offers = useApi('GET /offers')
  const [editing, setEditing] = useState<Offer | 'new'>()
  return (
    <Page title="Offers" lead="What an offer gives never changes, because people hold its code in their hands." actions={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>New offer</Button>}>
      <Loaded query={offers}>
        {({ offers }) => offers.length === 0 ? <Empty title="No offer yet"><p>An offer has a page of its own at /offer and its code. Those for staying are shown to who is about to leave.</p></Empty> : (
          <div className="tablewrap panel" role="region" aria-label="Offers" tabIndex={0}>
            <Table miw={720}>
              <Table.Thead><Table.Tr><Table.Th>Code</Table.Th><Table.Th>Gives</Table.Th><Table.Th>For</Table.Th><Table.Th>Taken</Table.Th><Table.Th>State</Table.Th><Table.Th><span className="visually-hidden">Actions</span></Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {offers.map((o) => (
                  <Table.Tr key={o.code}>
                    <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)">{o.kind === 'signup' ? <a href={`/offer/${o.code}`}>{o.code}</a> : o.code}<div className="dim">{o.name}</div></Table.Th>
                    <Table.Td>{gives(o)}</Table.Td>
                    <Table.Td>{o.kind === 'signup' ? 'Signing up' : 'Staying'}<div className="dim">{o.plan ?? 'every plan'}</div></Table.Td>
                    <Table.Td>{o.taken}{o.max_redemptions ? ` of ${o.max_redemptions}` : ''}{o.held > 0 && <div className="dim">{o.held} at the payment page</div>}</Table.Td>
                    <Table.Td><Badge color={states[o.state][1]}>{states[o.state][0]}</Badge>{o.ends_at && <div className="dim">until {date(o.ends_at)}</div>}{!o.mirrored && <div className="dim">Not at Stripe yet</div>}</Table.Td>
                    <Table.Td><Group justify="flex-end"><Button size="compact-sm" variant="subtle" aria-label={`Edit the offer ${o.code}`} onClick={() => setEditing(o)}>Edit</Button></Group></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Loaded>
      {editing && <OfferForm offer={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  )
}
