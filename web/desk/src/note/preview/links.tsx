// Links by which people without an account here see the draft.
import { Alert, Badge, Button, Code, CopyButton, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api } from '../../api/client'
import { sentence } from '../../api/problem'
import { keyOf, queries, useApi } from '../../api/query'
import { useMay } from '../../api/session'
import type { PreviewLink } from '../../api/types'
import { Loaded } from '../../ui/states'
import { ago, dateTime } from '../../ui/time'
import { done, failed } from '../../ui/toast'
import { NotSaved } from '../flow/act'
import { useSaver, useSnapshot } from '../use-saver'
import { everything, readerWords, useReaders, type Reader } from './readers'
import './preview.css'

const lives = [{ value: '1', label: 'a day' }, { value: '7', label: 'a week' }, { value: '30', label: '30 days' }, { value: '60', label: '60 days' }]
const states: Record<PreviewLink['state'], string> = {
  open: 'Open', expired: 'Expired', revoked: 'Revoked', published: 'Ended: published', retracted: 'Ended: retracted', archived: 'Ended: archived',
}

export function PreviewLinks({ onClose }: { onClose: () => void }) {
  const { note } = useSnapshot()
  const may = useMay()
  const readers = useReaders()
  const links = useApi('GET /notes/{id}/preview-links', { path: { id: note.id } }, { staleTime: 0 })
  const [made, setMade] = useState<PreviewLink>()
  const write = may('notes.write') && note.status !== 'archived'
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={650}>Preview links</Text>}>
      <Stack gap="md">
        <Text size="sm">A link shows the draft as it stands when it is opened, to whoever has it. It ends by itself when the note is published.</Text>
        {made?.url && <Made link={made} url={made.url} />}
        {write && <NewLink readers={[...readers, everything]} onMade={setMade} />}
        <Loaded query={links} rows={2}>
          {({ links }) => links.length === 0 ? <Text size="sm" c="dimmed">No link was made to this note yet.</Text> : (
            <ul className="preview-links" aria-label="Links">{links.map((l) => <Row key={l.id} link={l} who={readerWords(readers, l.audience, l.plan)} write={may('notes.write')} />)}</ul>
          )}
        </Loaded>
      </Stack>
    </Modal>
  )
}

const again = (id: string) => queries.invalidateQueries({ queryKey: keyOf('GET /notes/{id}/preview-links', { path: { id } }) })

function Made({ link, url }: { link: PreviewLink; url: string }) {
  return (
    <Alert color="teal" role="status" title={`The link${link.label ? ` for ${link.label}` : ''}, shown this once`}>
      <div className="preview-made">
        <Code>{url}</Code>
        <CopyButton value={url}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}</CopyButton>
      </div>
    </Alert>
  )
}

function NewLink({ readers, onMade }: { readers: Reader[]; onMade: (link: PreviewLink) => void }) {
  const saver = useSaver()
  const { note } = useSnapshot()
  const [who, setWho] = useState('anonymous')
  const [days, setDays] = useState('7')
  const [label, setLabel] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  async function make(e: FormEvent) {
    e.preventDefault()
    const reader = readers.find((r) => r.value === who)!
    setBusy(true)
    setError(undefined)
    try {
      if (!(await saver.settle())) throw new NotSaved('The note is not saved yet, so no link was made.')
      onMade(await api('POST /notes/{id}/preview-links', {
        path: { id: note.id },
        body: { audience: reader.audience, plan: reader.plan, label, expires_at: new Date(Date.now() + Number(days) * 86_400_000).toISOString() },
      }))
      setLabel('')
      await again(note.id)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(e) => void make(e)}>
      <Stack gap="sm">
        <Group grow align="flex-start">
          <Select label="They see it as" data={readers.map(({ value, label }) => ({ value, label }))} value={who} allowDeselect={false} onChange={(v) => setWho(v ?? 'anonymous')} />
          <Select label="It works for" data={lives} value={days} allowDeselect={false} onChange={(v) => setDays(v ?? '7')} />
        </Group>
        <TextInput label="Whom it is for" description="Only seen here." value={label} maxLength={200} onChange={(e) => setLabel(e.currentTarget.value)} data-autofocus />
        {error !== undefined && <Alert color="red" role="alert">{sentence(error)}</Alert>}
        <Group justify="flex-end"><Button type="submit" loading={busy}>Make the link</Button></Group>
      </Stack>
    </form>
  )
}

const times = (n: number) => (n === 0 ? 'never opened' : n === 1 ? 'opened once' : `opened ${n.toLocaleString('en')} times`)

function Row({ link, who, write }: { link: PreviewLink; who: string; write: boolean }) {
  const { note } = useSnapshot()
  const [busy, setBusy] = useState(false)
  const open = link.state === 'open'
  async function revoke() {
    setBusy(true)
    try {
      await api('DELETE /notes/{id}/preview-links/{link}', { path: { id: note.id, link: link.id } })
      done('The link is closed')
      await again(note.id)
    } catch (error) {
      failed(error, 'The link was not closed')
    } finally {
      setBusy(false)
    }
  }
  return (
    <li>
      <div className="preview-link">
        <Text size="sm" fw={550}>{link.label || who}</Text>
        <Text size="xs" c="dimmed">
          {link.label && `${who}, `}{times(link.opened)}{link.opened_at && `, last ${ago(link.opened_at)}`}. {open ? `Until ${dateTime(link.expires_at)}, by` : 'By'} {link.created_by.name}
        </Text>
      </div>
      <Badge color={open ? 'teal' : 'gray'} flex="none" data-state={link.state}>{states[link.state]}</Badge>
      {open && write && <Button size="xs" variant="default" loading={busy} onClick={() => void revoke()} aria-label={`Revoke the link for ${link.label || who}`}>Revoke</Button>}
    </li>
  )
}
