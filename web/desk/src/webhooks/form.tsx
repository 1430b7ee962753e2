// Makes or edits a webhook.
import { Button, Checkbox, Group, Modal, MultiSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import type { NewWebhook, Webhook, WebhookEvent } from '../api/types'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { done } from '../ui/toast'
import { choices } from './words'

interface Props {
  webhook?: Webhook
  events: WebhookEvent[]
  onMade: (made: NewWebhook) => void
  onClose: () => void
}

export function WebhookForm({ webhook, events, onMade, onClose }: Props) {
  const [name, setName] = useState(webhook?.name ?? '')
  const [url, setURL] = useState(webhook?.url ?? '')
  const [asked, setAsked] = useState(webhook?.events ?? ['note.published', 'note.updated', 'note.retracted'])
  const [full, setFull] = useState(webhook?.full_text ?? false)
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(useChanged({ name, url, asked, full }), onClose)
  async function submit(e: FormEvent) {
    e.preventDefault()
    const body = { name, url, events: asked, full_text: full }
    const well = await send(async () => {
      if (webhook) await api('PATCH /webhooks/{id}', { path: { id: webhook.id }, body, ifMatch: webhook.version })
      else onMade(await api('POST /webhooks', { body }))
    })
    if (!well) return
    await refresh('webhooks')
    if (webhook) done('The webhook is changed')
    onClose()
  }
  return (
    <Modal opened onClose={leave.close} size="lg" title={<Text fw={650}>{webhook ? 'Edit the webhook' : 'New webhook'}</Text>}>
      {leave.question}
      <form onSubmit={(e) => void submit(e)} noValidate>
        <Stack>
          {problem}
          <TextInput label="Name" placeholder="What it is for" value={name} maxLength={100} error={fields.name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus />
          <TextInput label="Address" description="It is called with POST. Private addresses are not called." placeholder="https://www.example.com/hooks/lighttrends" type="url" value={url} maxLength={1000} error={fields.url} onChange={(e) => setURL(e.currentTarget.value)} />
          <MultiSelect label="It is told of" data={choices(events)} value={asked} error={fields.events ?? Object.entries(fields).find(([k]) => k.startsWith('events'))?.[1]} onChange={setAsked} searchable nothingFoundMessage="No event fits" maxDropdownHeight={280} />
          <Checkbox label="Notes with their whole text" description="Also what only subscribers may read. Give it to your own systems alone." checked={full} onChange={(e) => setFull(e.currentTarget.checked)} />
          <Group justify="flex-end"><Button variant="default" onClick={leave.close}>Cancel</Button><Button type="submit" loading={busy} disabled={!name.trim() || !url.trim() || asked.length === 0}>{webhook ? 'Save' : 'Make the webhook'}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
