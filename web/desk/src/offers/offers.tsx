// Offers: codes that make a plan cheaper for a while, and how often they were taken.
import { Badge, Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useApi } from '../api/query'
import { useMay } from '../api/session'
import type { Offer } from '../api/types'
import { useDeed } from '../app/palette-state'
import { money } from '../ui/money'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { date } from '../ui/time'
import { OfferForm } from './form'

export const gives = (o: Pick<Offer, 'gift' | 'percent' | 'amount' | 'currency' | 'trial_days' | 'duration' | 'months'>): string => {
  if (o.gift === 'trial') return `${o.trial_days} days free`
  const off = o.gift === 'percent' ? `${o.percent} %` : money(o.amount ?? 0, o.currency || 'usd')
  return `${off} less ${o.duration === 'forever' ? 'for good' : o.duration === 'repeating' ? `for ${o.months} months` : 'once'}`
}

const states = { open: ['Open', 'green'], coming: ['To come', 'blue'], over: ['Over', 'gray'], used_up: ['Used up', 'gray'] } as const

export function Offers() {
  // Stripe learns of an offer within moments: look again until it has, for a minute.
  const [waiting, setWaiting] = useState(false)
  const [patient, setPatient] = useState(true)
  const offers = useApi('GET /offers', undefined, { refetchInterval: waiting && patient ? 3000 : undefined })
  const late = offers.data?.offers.some((o) => !o.mirrored) ?? false
  if (late !== waiting) (setWaiting(late), setPatient(true))
  useEffect(() => {
    const minute = waiting ? setTimeout(() => setPatient(false), 60_000) : undefined
    return () => clearTimeout(minute)
  }, [waiting])
  const [editing, setEditing] = useState<Offer | 'new'>()
  useDeed('new-offer', useMay()('plans.write'), () => setEditing('new'))
  return (
    <Page title="Offers" lead="What an offer gives never changes, because people hold its code in their hands." actions={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>New offer</Button>}>
      <Loaded query={offers}>
        {({ offers }) => offers.length === 0 ? <Empty title="No offer yet"><p>An offer has a page of its own at /offer and its code. Those for staying are shown to who is about to leave.</p></Empty> : (
          <DataTable label="Offers" width={720} heads={['Code', 'Gives', 'For', 'Taken', 'State']} actions>
            {offers.map((o) => (
              <DataRow key={o.code} head={<>{o.kind === 'signup' ? <a href={`/offer/${o.code}`}>{o.code}</a> : o.code}<div className="dim">{o.name}</div></>}
                cells={[
                  gives(o),
                  <>{o.kind === 'signup' ? 'Signing up' : 'Staying'}<div className="dim">{o.plan ?? 'every plan'}</div></>,
                  <>{o.taken}{o.max_redemptions ? ` of ${o.max_redemptions}` : ''}{o.held > 0 && <div className="dim">{o.held} at the payment page</div>}</>,
                  <><Badge color={states[o.state][1]}>{states[o.state][0]}</Badge>{o.ends_at && <div className="dim">until {date(o.ends_at)}</div>}{!o.mirrored && <div className="dim">Not at Stripe yet</div>}</>,
                ]}
                actions={<Button size="compact-sm" variant="subtle" aria-label={`Edit the offer ${o.code}`} onClick={() => setEditing(o)}>Edit</Button>} />
            ))}
          </DataTable>
        )}
      </Loaded>
      {editing && <OfferForm offer={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  )
}
