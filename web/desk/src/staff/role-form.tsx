// Makes or edits a role of the publication's own.
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import { useMe } from '../api/session'
import type { CapabilityText, Role } from '../api/types'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { done } from '../ui/toast'
import { grouped } from './rights'

/** Without it nothing works at the desk, so that every role has it. */
const always = 'notes.read'

export function RoleForm({ role, texts, onClose }: { role?: Role; texts: CapabilityText[]; onClose: () => void }) {
  const me = useMe()
  const [name, setName] = useState(role?.name ?? '')
  const [ticked, setTicked] = useState<string[]>(role?.capabilities ?? [always])
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(useChanged({ name, ticked: [...ticked].sort() }), onClose)
  async function submit(e: FormEvent) {
    e.preventDefault()
    const body = { name: name.trim(), capabilities: ticked }
    const well = await send(() => (role ? api('PATCH /roles/{id}', { path: { id: role.id }, body }) : api('POST /roles', { body })))
    if (!well) return
    await refresh('roles', 'staff', 'invitations', 'session')
    done(role ? 'The role is changed' : 'The role is made')
    onClose()
  }
  return (
    <Modal opened onClose={leave.close} size="lg" title={<Text fw={650}>{role ? `Edit “${role.name}”` : 'Make a role'}</Text>}>
      {leave.question}
      <form onSubmit={(e) => void submit(e)} noValidate>
        <Stack>
          {problem}
          <TextInput label="Name" required withAsterisk={false} maxLength={100} value={name} error={fields.name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus />
          {role && role.staff > 0 && <Text size="sm" c="dimmed">A change holds from the next request of everybody who has the role.</Text>}
          <Checkbox.Group value={ticked} onChange={setTicked} label="It may" description="Only rights that you have yourself can be given.">
            {grouped(texts, me.capabilities).map((g) => (
              <fieldset key={g.name} style={{ border: 0, padding: 0, margin: '.75rem 0 0' }}>
                <legend style={{ fontSize: '.8rem', fontWeight: 600, padding: 0, marginBottom: '.4rem' }} className="dim">{g.name}</legend>
                <Stack gap={8}>{g.rights.map((c) => <Checkbox key={c.name} value={c.name} label={c.sentence} disabled={c.name === always} />)}</Stack>
              </fieldset>
            ))}
          </Checkbox.Group>
          <Group justify="flex-end"><Button variant="default" onClick={leave.close}>Cancel</Button><Button type="submit" loading={busy} disabled={!name.trim()}>{role ? 'Save the role' : 'Make the role'}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
