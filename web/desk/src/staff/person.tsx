// One colleague: role, sessions, and what can be decided about them.
import { Alert, Badge, Button, Drawer, Group, Select, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { sentence } from '../api/problem'
import { refresh, useApi } from '../api/query'
import { useMe } from '../api/session'
import type { Role, Staff } from '../api/types'
import { Ask } from '../ui/ask'
import { Loaded } from '../ui/states'
import { ago, dateTime } from '../ui/time'
import { done } from '../ui/toast'
import { mayDecideOver, mayGive } from './rights'

export function Person({ person, onClose }: { person: Staff; onClose: () => void }) {
  const me = useMe()
  const roles = useApi('GET /roles')
  return (
    <Drawer opened onClose={onClose} position="right" title={<Text fw={650}>{person.name}</Text>}>
      <dl className="facts-large">
        <dt>Address</dt><dd>{person.email}</dd>
        <dt>Role</dt><dd>{person.role_name}</dd>
        <dt>Second factor</dt><dd>{person.second_factor ? 'yes' : 'none: the password alone opens the account'}</dd>
        <dt>Works here since</dt><dd>{dateTime(person.created_at)}</dd>
        <dt>Last seen</dt><dd>{person.last_seen_at ? `${dateTime(person.last_seen_at)} (${ago(person.last_seen_at)})` : 'never'}</dd>
        {person.disabled_at && <><dt>Suspended</dt><dd>{dateTime(person.disabled_at)}</dd></>}
      </dl>
      {person.id === me.id && <Text size="sm">This is you. Your name, password and second factor are under <Link to="/account">My account</Link>; your role is decided by a colleague.</Text>}
      {person.id !== me.id && <Loaded query={roles} rows={2}>{({ roles }) => mayDecideOver(me, person, roles)
        ? <Decisions key={person.id} person={person} roles={roles.filter((r) => mayGive(me, r))} />
        : <Text size="sm" c="dimmed">You cannot change this colleague: it takes the right to decide over staff, and every right they have.</Text>}
      </Loaded>}
    </Drawer>
  )
}

type Question = 'suspend' | 'sessions' | 'factor'

function Decisions({ person, roles }: { person: Staff; roles: Role[] }) {
  const [asking, setAsking] = useState<Question>()
  const off = !!person.disabled_at
  return (
    <Stack gap="lg">
      <RoleChange person={person} roles={roles} />
      {!off && <Sessions person={person} onEnd={() => setAsking('sessions')} />}
      <Group gap="sm">
        {person.second_factor && <Button variant="default" size="xs" onClick={() => setAsking('factor')}>Take the second factor away</Button>}
        {off ? <Return person={person} /> : <Button color="red.8" size="xs" onClick={() => setAsking('suspend')}>Suspend</Button>}
      </Group>
      <Questions person={person} asking={asking} onClose={() => setAsking(undefined)} />
    </Stack>
  )
}

function RoleChange({ person, roles }: { person: Staff; roles: Role[] }) {
  const [role, setRole] = useState(person.role)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  async function change() {
    setBusy(true)
    setProblem('')
    try {
      await api('PATCH /staff/{id}', { path: { id: person.id }, body: { role } })
      await refresh('staff', 'roles', 'invitations')
      done(`${person.name} has another role now`)
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Group align="end" gap="sm">
        <Select label="Role" description="Holds from their next request on." flex={1} data={roles.map((r) => ({ value: r.id, label: r.name }))} value={role} onChange={(v) => v && setRole(v)} allowDeselect={false} />
        <Button variant="default" disabled={role === person.role} loading={busy} onClick={() => void change()}>Change the role</Button>
      </Group>
      {problem && <Alert color="red" role="alert" mt="sm">{problem}</Alert>}
    </div>
  )
}

function Sessions({ person, onEnd }: { person: Staff; onEnd: () => void }) {
  const sessions = useApi('GET /staff/{id}/sessions', { path: { id: person.id } })
  return (
    <section aria-label="Where they are signed in">
      <Text fw={600} size="sm" mb={6}>Where they are signed in</Text>
      <Loaded query={sessions} rows={1}>
        {({ sessions }) => sessions.length === 0 ? <Text size="sm" c="dimmed">Nowhere at the moment.</Text> : (
          <>
            <div className="panel rows">
              {sessions.map((s) => <div key={s.id} className="panel-pad"><Text size="sm">{s.device}</Text><Text size="xs" c="dimmed">Seen {ago(s.last_seen_at)}, since {dateTime(s.created_at)}</Text></div>)}
            </div>
            <Button mt="sm" size="xs" variant="default" onClick={onEnd}>Sign them out everywhere</Button>
          </>
        )}
      </Loaded>
    </section>
  )
}

function Return({ person }: { person: Staff }) {
  const [problem, setProblem] = useState('')
  async function back() {
    try {
      await api('PATCH /staff/{id}', { path: { id: person.id }, body: { disabled: false } })
      await refresh('staff')
      done(`${person.name} can sign in again`)
    } catch (error) {
      setProblem(sentence(error))
    }
  }
  return (
    <>
      <Badge color="gray">suspended</Badge>
      <Button size="xs" onClick={() => void back()}>Let them return</Button>
      {problem && <Alert color="red" role="alert">{problem}</Alert>}
    </>
  )
}

/** What each decision is called and what it does. */
const questions = {
  suspend: { title: (name: string) => `Suspend ${name}?`, confirm: 'Suspend', text: 'They are signed out at once and cannot sign in. Invitations they sent are withdrawn. What they wrote stays, and they can return.' },
  sessions: { title: (name: string) => `Sign ${name} out everywhere?`, confirm: 'Sign out', text: 'They can sign in again with their password and second factor.' },
  factor: { title: (name: string) => `Take the second factor of ${name} away?`, confirm: 'Take away', text: 'For whoever has lost phone and recovery codes. App, passkeys and codes are forgotten and they are signed out; the password alone opens the account until they add another. Be sure that it is they who ask.' },
} as const

function Questions({ person, asking, onClose }: { person: Staff; asking?: Question; onClose: () => void }) {
  const path = { id: person.id }
  const verbs: Record<Question, () => Promise<unknown>> = {
    suspend: () => api('PATCH /staff/{id}', { path, body: { disabled: true } }),
    sessions: () => api('DELETE /staff/{id}/sessions', { path }),
    factor: () => api('DELETE /staff/{id}/second-factor', { path }),
  }
  if (!asking) return null
  const q = questions[asking]
  return (
    <Ask open danger title={q.title(person.name)} confirm={q.confirm} onClose={onClose} onConfirm={async () => {
      await verbs[asking]()
      await refresh('staff', 'invitations')
    }}>
      <Text size="sm">{q.text}</Text>
    </Ask>
  )
}
