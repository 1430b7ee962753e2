// Makes or edits one redirect.
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import type { Redirect } from '../api/types'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { done } from '../ui/toast'

export function RedirectForm({ redirect, onClose }: { redirect?: Redirect; onClose: () => void }) {
  const [from, setFrom] = useState(redirect?.from ?? '')
  const [to, setTo] = useState(redirect?.to ?? '')
  const [permanent, setPermanent] = useState(redirect?.permanent ?? true)
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(useChanged({ from, to, permanent }), onClose)
  async function submit(e: FormEvent) {
    e.preventDefault()
    // What stays is not sent: a path is kept decoded, and would be read again.
    const well = await send(() => (redirect
      ? api('PATCH /redirects/{id}', { path: { id: redirect.id }, body: { from: from === redirect.from ? undefined : from, to: to === redirect.to ? undefined : to, permanent } })
      : api('POST /redirects', { body: { from, to, permanent } })))
    if (!well) return
    await refresh('redirects')
    done(redirect ? 'The redirect is changed' : 'The redirect is made')
    onClose()
  }
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650}>{redirect ? 'Edit the redirect' : 'Add a redirect'}</Text>}>
      {leave.question}
      <form onSubmit={(e) => void submit(e)} noValidate>
        <Stack>
          {problem}
          <TextInput label="From" description="The old address, without what stands behind a question mark." placeholder="/old-address" value={from} maxLength={1000} error={fields.from} onChange={(e) => setFrom(e.currentTarget.value)} data-autofocus />
          <TextInput label="To" description="A path of this site, or a whole address of another one." placeholder="/notes/film" value={to} maxLength={1000} error={fields.to} onChange={(e) => setTo(e.currentTarget.value)} />
          <Checkbox label="Permanent" description="Search engines take the new address over." checked={permanent} onChange={(e) => setPermanent(e.currentTarget.checked)} />
          <Group justify="flex-end"><Button variant="default" onClick={leave.close}>Cancel</Button><Button type="submit" loading={busy} disabled={!from.trim() || !to.trim()}>{redirect ? 'Save' : 'Add'}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
