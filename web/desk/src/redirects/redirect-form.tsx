// Makes or edits one redirect.
import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { refresh } from '../api/query'
import type { Redirect } from '../api/types.gen'
import { done } from '../ui/toast'

export function RedirectForm({ redirect, onClose }: { redirect?: Redirect; onClose: () => void }) {
  const [from, setFrom] = useState(redirect?.from ?? '')
  const [to, setTo] = useState(redirect?.to ?? '')
  const [permanent, setPermanent] = useState(redirect?.permanent ?? true)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  async function submit(e: FormEvent) {
    e.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      // What stays is not sent: a path is kept decoded, and would be read again.
      await (redirect
        ? api('PATCH /redirects/{id}', { path: { id: redirect.id }, body: { from: from === redirect.from ? undefined : from, to: to === redirect.to ? undefined : to, permanent } })
        : api('POST /redirects', { body: { from, to, permanent } }))
      await refresh('redirects')
      done(redirect ? 'The redirect is changed' : 'The redirect is made')
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const fields = fieldMessages(error)
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{redirect ? 'Edit the redirect' : 'Add a redirect'}</Text>}>
      <form onSubmit={(e) => void submit(e)} noValidate>
        <Stack>
          {error !== undefined && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          <TextInput label="From" description="The old address, without what stands behind a question mark." placeholder="/old-address" value={from} maxLength={1000} error={fields.from} onChange={(e) => setFrom(e.currentTarget.value)} data-autofocus />
          <TextInput label="To" description="A path of this site, or a whole address of another one." placeholder="/notes/film" value={to} maxLength={1000} error={fields.to} onChange={(e) => setTo(e.currentTarget.value)} />
          <Checkbox label="Permanent" description="Search engines take the new address over." checked={permanent} onChange={(e) => setPermanent(e.currentTarget.checked)} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>Cancel</Button><Button type="submit" loading={busy} disabled={!from.trim() || !to.trim()}>{redirect ? 'Save' : 'Add'}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
