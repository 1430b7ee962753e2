// Changes the name and the addresses of a key.
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import type { Key } from '../api/types'
import { changes } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { done } from '../ui/toast'
import { AddressFields } from './addresses'

/** Only a key that reads what is public, and nothing else, is a front end's. */
export const isFrontEnd = (k: Key) => k.scopes.length === 1 && k.scopes[0] === 'content.read'

export function EditKey({ of, onClose }: { of: Key; onClose: () => void }) {
  const [was] = useState({ name: of.name, origins: of.origins, return_addresses: of.return_addresses })
  const [now, setNow] = useState(was)
  const { send, busy, fields, problem } = useSend()
  const changed = changes(now, was)
  const dirty = Object.keys(changed).length > 0
  const leave = useLeave(dirty, onClose)
  async function submit(e: FormEvent) {
    e.preventDefault()
    if (!await send(() => api('PATCH /keys/{id}', { path: { id: of.id }, body: changed }))) return
    await refresh('keys')
    done('The key is changed')
    onClose()
  }
  return (
    <Modal opened onClose={leave.close} size="lg" title={<Text fw={650}>Edit the key</Text>}>
      {leave.question}
      <form onSubmit={(e) => void submit(e)} noValidate>
        <Stack>
          {problem}
          <TextInput label="Name" value={now.name} maxLength={100} error={fields.name} onChange={(e) => setNow({ ...now, name: e.currentTarget.value })} data-autofocus />
          {isFrontEnd(of) && <AddressFields value={now} fields={fields} onChange={(part) => setNow((n) => ({ ...n, ...part }))} />}
          <Group justify="flex-end"><Button variant="default" onClick={leave.close}>Cancel</Button><Button type="submit" loading={busy} disabled={!dirty || !now.name.trim()}>Save</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
