// Webhooks: which other systems are told what happens here.
import { ActionIcon, Alert, Button, Code, CopyButton, Group, Menu, Text } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import type { NewWebhook, Webhook } from '../api/types'
import { useDeed } from '../app/palette-state'
import { Ask } from '../ui/ask'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { ago, dateTime } from '../ui/time'
import { done, failed, hint } from '../ui/toast'
import { WebhookForm } from './form'
import { asks, condition } from './words'

export function Webhooks() {
  const list = useApi('GET /webhooks')
  const [editing, setEditing] = useState<Webhook | 'new'>()
  const [made, setMade] = useState<NewWebhook>()
  const [asked, setAsked] = useState<{ webhook: Webhook; what: 'delete' | 'secret' }>()
  useDeed('new-webhook', true, () => setEditing('new'))
  return (
    <Page title="Webhooks" lead="Other systems that are told what happens here, such as a front end that is built anew when a note appears."
      actions={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>New webhook</Button>}>
      {made && <Secret made={made} onClose={() => setMade(undefined)} />}
      <Loaded query={list}>
        {({ webhooks }) => webhooks.length === 0 ? (
          <Empty title="No webhook yet"><p>A webhook is an address of yours that is called when something happens. Every call is signed.</p></Empty>
        ) : (
          <DataTable label="Webhooks" width={760} heads={['Name', 'State', 'Is told of', 'Got through last']} actions>
            {webhooks.map((w) => <Row key={w.id} webhook={w} onEdit={() => setEditing(w)} onAsk={(what) => setAsked({ webhook: w, what })} />)}
          </DataTable>
        )}
      </Loaded>
      {editing && list.data && <WebhookForm webhook={editing === 'new' ? undefined : editing} events={list.data.events} onMade={setMade} onClose={() => setEditing(undefined)} />}
      <Ask open={asked?.what === 'delete'} danger title={`Delete “${asked?.webhook.name}”?`} confirm="Delete" onClose={() => setAsked(undefined)} onConfirm={async () => {
        await api('DELETE /webhooks/{id}', { path: { id: asked!.webhook.id } })
        await refresh('webhooks')
      }}>
        <Text size="sm">It is not called any more, and its log is gone.</Text>
      </Ask>
      <Ask open={asked?.what === 'secret'} title={`Another secret for “${asked?.webhook.name}”?`} confirm="Make another" onClose={() => setAsked(undefined)} onConfirm={async () => {
        setMade(await api('POST /webhooks/{id}/secret', { path: { id: asked!.webhook.id } }))
        await refresh('webhooks')
      }}>
        <Text size="sm">For one day each call is signed with both, so that the receiver can change over without losing one.</Text>
      </Ask>
    </Page>
  )
}

function Secret({ made, onClose }: { made: NewWebhook; onClose: () => void }) {
  return (
    <Alert color="teal" variant="outline" title={`The secret of “${made.name}”, shown this once`} withCloseButton closeButtonLabel="I have kept it" onClose={onClose} mb="lg" role="status">
      <Group gap="sm">
        <Code fz="sm" style={{ overflowWrap: 'anywhere' }}>{made.secret}</Code>
        <CopyButton value={made.secret}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}</CopyButton>
      </Group>
      <Text size="sm" mt="sm">The receiver checks the signature of each call with it, as Standard Webhooks says.</Text>
    </Alert>
  )
}

/** Tries a webhook out and says what came of it. */
export async function tryOut(webhook: Pick<Webhook, 'id' | 'name'>): Promise<void> {
  try {
    const record = await api('POST /webhooks/{id}/test', { path: { id: webhook.id } })
    const call = record.calls.at(-1)
    if (record.state === 'delivered') done(`“${webhook.name}” answered ${call?.status} in ${call?.took_ms} ms`)
    else hint('The test did not get through', call?.status ? `It answered ${call.status}.` : (call?.error ?? ''))
    await refresh('webhooks')
  } catch (error) {
    failed(error)
  }
}

function Row({ webhook: w, onEdit, onAsk }: { webhook: Webhook; onEdit: () => void; onAsk: (what: 'delete' | 'secret') => void }) {
  async function turn(on: boolean) {
    try {
      await api('PATCH /webhooks/{id}', { path: { id: w.id }, body: { on } })
      await refresh('webhooks')
    } catch (error) {
      failed(error)
    }
  }
  return (
    <DataRow
      head={<><Link to="/webhooks/$id" params={{ id: w.id }} className="plain-link">{w.name}</Link><div className="dim" style={{ overflowWrap: 'anywhere' }}>{w.url}</div></>}
      cells={[
        <><span className="status" data-status={w.state === 'on' ? 'published' : w.state === 'paused' ? 'retracted' : 'archived'}>{condition[w.state]}</span>{w.why && <div className="dim">{w.why}</div>}{w.state === 'on' && w.failing_since && <div className="dim">Nothing got through since {dateTime(w.failing_since)}</div>}</>,
        <>{asks(w.events)}{w.full_text && <div className="dim">notes with their whole text</div>}</>,
        <span className="nowrap">{w.last_ok ? ago(w.last_ok) : 'never'}</span>,
      ]}
      actions={
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Button size="compact-sm" variant="subtle" aria-label={`Test “${w.name}”`} onClick={() => void tryOut(w)}>Test</Button>
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={`Actions for “${w.name}”`}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={onEdit}>Edit</Menu.Item>
              <Menu.Item onClick={() => void turn(w.state !== 'on')}>{w.state === 'on' ? 'Switch off' : 'Switch on'}</Menu.Item>
              <Menu.Item onClick={() => onAsk('secret')}>Another secret</Menu.Item>
              <Menu.Item color="var(--desk-bad)" onClick={() => onAsk('delete')}>Delete</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      } />
  )
}
