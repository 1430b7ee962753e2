// Invitations to the desk: send, send again, withdraw.
import { Badge, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import { useMe } from '../api/session'
import type { Invitation, Role } from '../api/types'
import { Ask } from '../ui/ask'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { ago, dateTime } from '../ui/time'
import { done, failed } from '../ui/toast'
import { mayGive } from './rights'

export function Invitations() {
  const invitations = useApi('GET /invitations')
  const [taking, setTaking] = useState<Invitation>()
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <Loaded query={invitations} rows={1}>
        {({ invitations }) => invitations.length === 0 ? <Text size="sm" c="dimmed">None is open.</Text> : (
          <DataTable label="Invitations" width={640} heads={['Address', 'Role', 'Sent by', 'Good until']} actions>
            {invitations.map((i) => <Row key={i.id} invitation={i} onTake={() => setTaking(i)} />)}
          </DataTable>
        )}
      </Loaded>
      <Ask open={!!taking} danger title={`Withdraw the invitation of ${taking?.email}?`} confirm="Withdraw" onClose={() => setTaking(undefined)} onConfirm={async () => {
        await api('DELETE /invitations/{id}', { path: { id: taking!.id } })
        await refresh('invitations')
      }}>
        <Text size="sm">The link in their mail ends at once.</Text>
      </Ask>
    </section>
  )
}

function Row({ invitation: i, onTake }: { invitation: Invitation; onTake: () => void }) {
  const me = useMe()
  const roles = useApi('GET /roles')
  const [busy, setBusy] = useState(false)
  async function again() {
    setBusy(true)
    try {
      await api('POST /invitations/{id}/delivery', { path: { id: i.id } })
      await refresh('invitations')
      done(`Sent again to ${i.email}`)
    } catch (error) {
      failed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <DataRow head={i.email}
      cells={[
        i.role_name,
        i.invited_by || '–',
        i.expired ? <Badge color="gray">expired</Badge> : <time className="nowrap" dateTime={i.expires_at} title={dateTime(i.expires_at)}>{ago(i.expires_at)}</time>,
      ]}
      actions={
        <>
          {mayGive(me, roles.data?.roles.find((r) => r.id === i.role)) && <Button size="compact-sm" variant="subtle" loading={busy} aria-label={`Send again to ${i.email}`} onClick={() => void again()}>Send again</Button>}
          <Button size="compact-sm" variant="subtle" color="red" c="var(--desk-bad)" aria-label={`Withdraw the invitation of ${i.email}`} onClick={onTake}>Withdraw</Button>
        </>
      } />
  )
}

export function Invite({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const roles = useApi('GET /roles')
  const [typed, setTyped] = useState(false)
  const leave = useLeave(typed, onClose)
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650}>Invite a colleague</Text>}>
      {leave.question}
      <Loaded query={roles} rows={2}>{({ roles }) => <InviteForm roles={roles.filter((r) => mayGive(me, r))} onTyped={setTyped} onCancel={leave.close} onDone={onClose} />}</Loaded>
    </Modal>
  )
}

const lives = [{ value: '1', label: 'One day' }, { value: '7', label: 'Seven days' }, { value: '30', label: '30 days' }]

function InviteForm({ roles, onTyped, onCancel, onDone }: { roles: Role[]; onTyped: (typed: boolean) => void; onCancel: () => void; onDone: () => void }) {
  const [email, setEmail] = useState('')
  // The least role first in hand: more is given on purpose only.
  const [role, setRole] = useState(() => [...roles].sort((a, b) => a.capabilities.length - b.capabilities.length)[0]?.id ?? '')
  const [days, setDays] = useState('7')
  const { send, busy, fields, problem } = useSend()
  const typed = useChanged({ email, role, days })
  useEffect(() => onTyped(typed), [typed, onTyped])
  async function submit(e: FormEvent) {
    e.preventDefault()
    if (!await send(() => api('POST /invitations', { body: { email: email.trim(), role, days: Number(days) as 1 | 7 | 30 } }))) return
    await refresh('invitations')
    done(`${email.trim()} is invited`)
    onDone()
  }
  return (
    <form onSubmit={(e) => void submit(e)} noValidate>
      <Stack>
        {problem}
        <TextInput label="E-mail address" type="email" required withAsterisk={false} maxLength={254} value={email} error={fields.email} onChange={(e) => setEmail(e.currentTarget.value)} data-autofocus />
        <Select label="Role" description="Roles that can do more than you are not yours to give." data={roles.map((r) => ({ value: r.id, label: r.name }))} value={role} onChange={(v) => v && setRole(v)} allowDeselect={false} error={fields.role} />
        <Select label="The link is good for" description="They get it by mail. Sending it again gives as many days again." data={lives} value={days} onChange={(v) => v && setDays(v)} allowDeselect={false} error={fields.days} />
        <Group justify="flex-end"><Button variant="default" onClick={onCancel}>Cancel</Button><Button type="submit" loading={busy}>Send the invitation</Button></Group>
      </Stack>
    </form>
  )
}
