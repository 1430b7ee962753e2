// Everything about one member on one page.
import { Stack } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useApi } from '../api/query'
import type { MemberDetail } from '../api/types'
import { Page } from '../ui/page'
import { Loaded } from '../ui/states'
import { ago, dateTime } from '../ui/time'
import { signText } from './sharing'
import './members.css'
import { DeleteMember, Money } from './money'
import { Terms } from './terms'
import { Timeline } from './timeline'
import { Why } from './why'

export function MemberFile() {
  const { id } = useParams({ strict: false }) as { id: string }
  const member = useApi('GET /members/{id}', { path: { id } })
  const name = member.data?.name || member.data?.email || 'Member'
  return (
    <Page title={member.data?.deleted_at ? 'A deleted member' : name} lead={<Link to="/members">All members</Link>}>
      <Loaded query={member}>{(m) => <Stack gap="lg"><Facts member={m} />{!m.deleted_at && <Terms member={m.id} />}<Why id={id} /><Money id={id} /><Timeline id={id} /><DeleteMember member={m} /></Stack>}</Loaded>
    </Page>
  )
}

function Facts({ member: m }: { member: MemberDetail }) {
  return (
    <section className="panel panel-pad" aria-label="Who they are">
      {m.sharing && <p><span className="status" data-status="retracted">May be shared</span> <span className="dim">{signText(m.sharing)}, seen {ago(m.sharing.at)}. Nothing was done about it.</span></p>}
      <dl className="facts-large facts-columns">
        <div><dt>Address</dt><dd style={{ overflowWrap: 'anywhere' }}>{m.email || '–'}</dd></div>
        <div><dt>Name</dt><dd>{m.name || '–'}</dd></div>
        {m.organization && <div><dt>Organization</dt><dd>{m.organization}</dd></div>}
        <div><dt>Member since</dt><dd>{dateTime(m.created_at)} ({ago(m.created_at)})</dd></div>
        <div><dt>Signed in</dt><dd>{m.verified ? 'at least once' : 'never'}</dd></div>
        {(m.passkeys > 0 || m.password) && <div><dt>Signs in with</dt><dd>{['a link', m.passkeys > 0 && (m.passkeys === 1 ? 'a passkey' : `${m.passkeys} passkeys`), m.password && 'a password'].filter(Boolean).join(', ')}</dd></div>}
        <div><dt>Subscriptions</dt><dd>{m.subscriptions.length === 0 ? 'none' : m.subscriptions.map((x, i) => <div key={i}>{x.plan}: {x.status.replaceAll('_', ' ')}</div>)}</dd></div>
        <div><dt>Signed in on</dt><dd>{m.sessions.length === 0 ? 'no device' : m.sessions.map((x) => <div key={x.id}>{x.device || 'Unknown device'}, seen {ago(x.last_seen_at)}</div>)}</dd></div>
        {m.shared > 0 && <div><dt>Notes shared</dt><dd>{m.shared === 100 ? '100 or more' : m.shared}, opened in {m.shared_opened} {m.shared_opened === 1 ? 'browser' : 'browsers'}</dd></div>}
        {m.deleted_at && <div><dt>Deleted</dt><dd>{dateTime(m.deleted_at)}</dd></div>}
      </dl>
    </section>
  )
}
