// Files beside a note. They belong to the note and not to its text: each
// change is saved at once, and readers of a published note see it at once.
import { ActionIcon, Alert, Anchor, Button, FileButton, Group, Select, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconRefresh, IconTrash, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api/client'
import { sentence } from '../../api/problem'
import { useApi } from '../../api/query'
import { useMay } from '../../api/session'
import type { Attachment } from '../../api/types'
import { Ask } from '../../ui/ask'
import { moved } from '../../ui/list'
import { size } from '../../ui/size'
import { Failed, Loading } from '../../ui/states'
import { done } from '../../ui/toast'
import { usePart } from '../use-saver'

const audiences = [{ value: 'note', label: 'Whoever reads the gated text' }, { value: 'public', label: 'Everybody' }]
const accepted = '.pdf,.xlsx,.csv'
const limit = 20 << 20

// A file is replaced by one of its own type only.
const typeOf = (filename: string): string => /\.\w+$/.exec(filename)?.[0] ?? accepted

export function Attachments({ readOnly: locked }: { readOnly: boolean }) {
  const note = usePart(({ note: { id, status } }) => ({ id, status }))
  // Readers see a change at once, so past the draft it takes the right to publish.
  const readOnly = !useMay()('notes.publish') && note.status !== 'draft' || locked
  const list = useApi('GET /notes/{id}/attachments', { path: { id: note.id } })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState('')
  const [leaving, setLeaving] = useState<Attachment>()
  const files = list.data?.attachments ?? []

  async function change(work: () => Promise<unknown>) {
    setBusy(true)
    setError('')
    try {
      await work()
    } catch (problem) {
      setError(sentence(problem))
    } finally {
      await list.refetch()
      setBusy(false)
    }
  }
  /** Attaches a file, or gives it to an attachment in place of its own. */
  const send = (file: File | null, old?: Attachment) => {
    if (!file) return
    if (file.size > limit) return setError(`“${file.name}” is larger than 20 MB.`)
    const form = new FormData()
    form.set('file', file)
    form.set('note', note.id)
    void change(async () => {
      if (!old) return api('POST /attachments', { form })
      await api('PUT /attachments/{attachment}/file', { path: { attachment: old.id }, form })
      done(`“${old.title}” has its new file`)
    })
  }
  const describe = (f: Attachment, title: string, access: string) =>
    void change(() => api('PUT /notes/{id}/attachments/{attachment}', { path: { id: note.id, attachment: f.id }, body: { title, access: access as Attachment['access'] } }))
  const move = (i: number, by: number) =>
    void change(() => api('PUT /notes/{id}/attachments', { path: { id: note.id }, body: { attachments: moved(files.map((f) => f.id), i, i + by) } }))
  if (list.isPending) return <Loading rows={1} />
  if (list.isError) return <Failed error={list.error} retry={() => void list.refetch()} />
  return (
    <>
      <Text size="sm" c="dimmed">PDF, XLSX or CSV, up to 20 MB. Everybody who sees the note reads the titles.</Text>
      {readOnly && !locked && <Text size="sm">Readers see a change at once, so it takes somebody who may publish.</Text>}
      {error && <Alert color="red" role="alert">{error}</Alert>}
      {files.length === 0 && <Text size="sm">No file yet.</Text>}
      {files.map((f, i) => (
        <div key={f.id} role="group" aria-label={f.title}>
          <TextInput key={f.title} label="Title" defaultValue={f.title} maxLength={200} readOnly={readOnly} onBlur={(e) => { if (e.currentTarget.value.trim() !== f.title) describe(f, e.currentTarget.value, f.access) }} />
          <Select label="Who may have it" data={audiences} value={f.access} readOnly={readOnly} allowDeselect={false} onChange={(v) => v && v !== f.access && describe(f, f.title, v)} />
          <Group justify="space-between" mt={4} wrap="nowrap">
            <Anchor href={f.file} size="sm" download style={{ overflowWrap: 'anywhere' }}>{f.filename}, {size(f.bytes)}</Anchor>
            {!readOnly && (
              <Group gap={0} wrap="nowrap">
                <ActionIcon size="sm" variant="subtle" color="gray" disabled={busy || i === 0} aria-label={`${f.title}: up`} onClick={() => move(i, -1)}><IconArrowUp size={14} /></ActionIcon>
                <ActionIcon size="sm" variant="subtle" color="gray" disabled={busy || i === files.length - 1} aria-label={`${f.title}: down`} onClick={() => move(i, 1)}><IconArrowDown size={14} /></ActionIcon>
                <FileButton accept={typeOf(f.filename)} onChange={(file) => send(file, f)}>
                  {(props) => <ActionIcon {...props} size="sm" variant="subtle" color="gray" disabled={busy} aria-label={`${f.title}: replace the file`} title="Replace the file; name and address stay"><IconRefresh size={14} /></ActionIcon>}
                </FileButton>
                <ActionIcon size="sm" variant="subtle" color="gray" disabled={busy} aria-label={`${f.title}: take away`} onClick={() => setLeaving(f)}><IconTrash size={14} /></ActionIcon>
              </Group>
            )}
          </Group>
        </div>
      ))}
      {!readOnly && (
        <FileButton accept={accepted} onChange={(file) => send(file)}>
          {(props) => <Button {...props} size="xs" variant="default" loading={busy} leftSection={<IconUpload size={14} aria-hidden />}>Attach a file</Button>}
        </FileButton>
      )}
      <Ask open={!!leaving} danger title="Take the file away?" confirm="Take away" onClose={() => setLeaving(undefined)}
        onConfirm={async () => { await api('DELETE /notes/{id}/attachments/{attachment}', { path: { id: note.id, attachment: leaving!.id } }); await list.refetch() }}>
        <Text size="sm">{note.status === 'published' ? 'Readers cannot get it any more, at once.' : 'It is removed from this note.'}</Text>
      </Ask>
    </>
  )
}
