// API keys: make, see, change, revoke.
import { Alert, Badge, Button, Checkbox, Code, CopyButton, Group, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api, prefix } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { refresh, useApi } from '../api/query'
import type { Key, NewKey } from '../api/types'
import { Ask } from '../ui/ask'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { ago, date } from '../ui/time'
import { AddressFields } from './addresses'
import { EditKey, isFrontEnd } from './edit'

const scopes = [
  { value: 'admin.write', label: 'Write and publish' },
  { value: 'admin.read', label: 'Read at the desk' },
  { value: 'content.read', label: 'Read what is public (for a front end)' },
  { value: 'visitors.address', label: 'Say where readers come from (for the server of a front end)' },
] as const
/** Rooms of the desk, for a script that needs no more. */
const rooms = [
  { value: 'notes.read', label: 'Read notes, drafts too' },
  { value: 'notes.write', label: 'Write notes' },
  { value: 'notes.publish', label: 'Write and publish notes' },
  { value: 'members.read', label: 'Read members' },
  { value: 'members.write', label: 'Change members' },
  { value: 'leads.write', label: 'Letters to the firm' },
  { value: 'billing.write', label: 'Plans, offers and orders' },
  { value: 'settings.write', label: 'Settings' },
  { value: 'journal.read', label: 'Read the journal' },
  { value: 'operations.write', label: 'Imports, exports and comparisons' },
] as const
/** What was chosen is of the lists above; the API checks it again. */
type Asked = (typeof scopes)[number]['value'][]
const scopeWords: Record<string, string> = Object.fromEntries([...scopes, ...rooms].map((s) => [s.value, s.label.toLowerCase()]))
const nowhere = { origins: [] as string[], return_addresses: [] as string[] }
const lifetimes = [{ value: '', label: 'Until it is revoked' }, { value: '30', label: '30 days' }, { value: '90', label: '90 days' }, { value: '365', label: 'A year' }]

export function Keys() {
  const keys = useApi('GET /keys')
  const [made, setMade] = useState<NewKey>()
  const [revoking, setRevoking] = useState<Key>()
  const [editing, setEditing] = useState<Key>()
  return (
    <Page title="API keys" lead="Whatever the desk can do, a script can do with a key.">
      {made && <Secret made={made} onClose={() => setMade(undefined)} />}
      <NewKeyForm onMade={setMade} />
      <Loaded query={keys}>
        {({ keys }) => keys.length === 0 ? <Empty title="No key yet"><p>A key belongs to one script. Make one for each, so that you can revoke them one by one.</p></Empty> : (
          <KeysTable keys={keys} onEdit={setEditing} onRevoke={setRevoking} />
        )}
      </Loaded>
      {editing && <EditKey of={editing} onClose={() => setEditing(undefined)} />}
      <Ask open={!!revoking} title={`Revoke “${revoking?.name}”?`} confirm="Revoke" danger onClose={() => setRevoking(undefined)}
        onConfirm={async () => {
          await api('DELETE /keys/{id}', { path: { id: revoking!.id } })
          await refresh('keys')
        }}>
        <Text size="sm">Whatever uses it is refused from the next request on. This cannot be taken back.</Text>
      </Ask>
    </Page>
  )
}

function NewKeyForm({ onMade }: { onMade: (key: NewKey) => void }) {
  const [scope, setScope] = useState<(typeof scopes)[number]['value'] | 'rooms'>('admin.write')
  const [chosen, setChosen] = useState<string[]>([])
  const [days, setDays] = useState<string | null>('')
  const [at, setAt] = useState(nowhere)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const form = e.currentTarget
    const expires = days ? new Date(Date.now() + Number(days) * 86_400_000).toISOString() : undefined
    setBusy(true)
    setError(undefined)
    try {
      onMade(await api('POST /keys', { body: { name: String(new FormData(form).get('name')), scopes: scope === 'rooms' ? chosen as Asked : [scope], expires_at: expires, ...(scope === 'content.read' ? at : {}) } }))
      form.reset()
      setAt(nowhere)
      await refresh('keys')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const fields = fieldMessages(error)
  return (
    <form className="panel panel-pad" style={{ marginBottom: '1.5rem' }} onSubmit={(e) => void submit(e)}>
      <Stack>
        {error !== undefined && <Alert color="red" role="alert">{sentence(error)}</Alert>}
        <Group align="start">
          <TextInput label="A key for a script" name="name" placeholder="What it is for" required withAsterisk={false} maxLength={100} error={fields.name} flex={1} miw={220} />
          <Select label="It lasts" data={lifetimes} value={days} onChange={setDays} allowDeselect={false} w={190} />
        </Group>
        <Radio.Group label="It may" value={scope} onChange={(v) => setScope(v as typeof scope)}>
          <Group mt={4}>{scopes.map((s) => <Radio key={s.value} value={s.value} label={s.label} />)}<Radio value="rooms" label="Only some of it" /></Group>
        </Radio.Group>
        {scope === 'rooms' && (
          <Checkbox.Group label="Which" value={chosen} onChange={setChosen} error={fields.scopes}>
            <Group mt={4}>{rooms.map((r) => <Checkbox key={r.value} value={r.value} label={r.label} />)}</Group>
          </Checkbox.Group>
        )}
        {scope === 'content.read' && <AddressFields value={at} fields={fields} onChange={(part) => setAt((a) => ({ ...a, ...part }))} />}
        <Group><Button type="submit" loading={busy} disabled={scope === 'rooms' && chosen.length === 0}>Make the key</Button></Group>
      </Stack>
    </form>
  )
}

function Secret({ made, onClose }: { made: NewKey; onClose: () => void }) {
  return (
    <Alert color="teal" variant="outline" title={`The key “${made.name}”, shown this once`} withCloseButton closeButtonLabel="I have kept it" onClose={onClose} mb="lg" role="status" styles={{ body: { minWidth: 0 } }}>
      <Group gap="sm">
        <Code fz="sm" style={{ overflowWrap: 'anywhere' }}>{made.secret}</Code>
        <CopyButton value={made.secret}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}</CopyButton>
      </Group>
      <Code block mt="sm">{sample(made)}</Code>
    </Alert>
  )
}

/** A first call with the key. */
function sample({ secret, scopes }: NewKey): string {
  const only = scopes.length === 1 ? scopes[0] : ''
  if (only === 'content.read') return `curl -H "X-Api-Key: ${secret}" ${location.origin}/api/content/v1/notes`
  if (only === 'visitors.address') return `X-Server-Key: ${secret}\nX-Visitor-Address: 203.0.113.7`
  return `curl -H "Authorization: Bearer ${secret}" ${location.origin}${prefix}/notes`
}

function KeysTable({ keys, onEdit, onRevoke }: { keys: Key[]; onEdit: (k: Key) => void; onRevoke: (k: Key) => void }) {
  const state = (k: Key) => k.revoked_at ? 'revoked' : k.expires_at && new Date(k.expires_at) < new Date() ? 'expired' : ''
  return (
    <DataTable label="API keys" width={720} heads={['Name', 'Begins with', 'May', 'Made', 'Last used', 'Ends']} actions>
      {keys.map((k) => (
        <DataRow key={k.id} head={k.name}
          cells={[
            <Code>{k.prefix}…</Code>,
            <>{k.scopes.map((s) => scopeWords[s] ?? s).join(', ')}{isFrontEnd(k) && <div className="dim" style={{ overflowWrap: 'anywhere' }}>{k.origins.length ? `from ${k.origins.join(', ')}` : 'from anywhere'}</div>}</>,
            <span className="nowrap">{date(k.created_at)}</span>,
            <span className="nowrap">{k.last_used_at ? ago(k.last_used_at) : 'never'}</span>,
            state(k) ? <Badge color="gray">{state(k)}</Badge> : <span className="nowrap">{date(k.expires_at) || '–'}</span>,
          ]}
          actions={!state(k) && (
            <Group gap={4} wrap="nowrap" justify="flex-end">
              <Button size="compact-sm" variant="subtle" aria-label={`Edit “${k.name}”`} onClick={() => onEdit(k)}>Edit</Button>
              <Button size="compact-sm" variant="subtle" color="red" c="var(--desk-bad)" aria-label={`Revoke “${k.name}”`} onClick={() => onRevoke(k)}>Revoke</Button>
            </Group>
          )} />
      ))}
    </DataTable>
  )
}
