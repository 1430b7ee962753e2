// Everything about one picture: what it shows, where it is shown, its focus,
// its file, and its end.
import { Alert, Anchor, Button, FileButton, Group, Modal, Progress, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { refresh, useApi } from '../api/query'
import type { MediaFolder, Picture } from '../api/types'
import { Ask } from '../ui/ask'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { size } from '../ui/size'
import { date, dateTime } from '../ui/time'
import { done } from '../ui/toast'
import { FocusPoint } from './focus'
import { replaceFile } from './upload'
import { folderChoices } from './use-library'
import { Uses } from './uses'

const types: Record<string, string> = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/gif': 'GIF' }

export function Details({ picture, folders, write, onClose }: { picture: Picture; folders: MediaFolder[]; write: boolean; onClose: () => void }) {
  const uses = useApi('GET /pictures/{id}/uses', { path: { id: picture.id } }, { staleTime: 0 })
  const [name, setName] = useState(picture.filename)
  const [alt, setAlt] = useState(picture.alt)
  const [caption, setCaption] = useState(picture.caption)
  const [focus, setFocus] = useState(picture.focus)
  const [folder, setFolder] = useState(picture.folder || 'none')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [part, setPart] = useState<number>()
  const [deleting, setDeleting] = useState(false)
  const path = { id: picture.id }
  const leave = useLeave(useChanged({ name, alt, caption, focus, folder }), onClose)
  const places = uses.data?.places

  /** Does something; what went wrong is shown at the top. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    setBusy(true)
    setError(undefined)
    try {
      await work()
      await refresh('pictures', 'media', 'media-folders')
      return true
    } catch (problem) {
      setError(problem)
      return false
    } finally {
      setBusy(false)
    }
  }
  async function save() {
    const ok = await attempt(async () => {
      if (name !== picture.filename || alt !== picture.alt || caption !== picture.caption) await api('PUT /pictures/{id}', { path, body: { alt, caption, filename: name } })
      if (focus.x !== picture.focus.x || focus.y !== picture.focus.y) await api('PUT /pictures/{id}/focus', { path, body: focus })
      if (folder !== (picture.folder || 'none')) {
        const { results } = await api('POST /pictures/bulk', { body: { action: 'move', pictures: [picture.id], folder: folder === 'none' ? undefined : folder } })
        if (results[0]?.outcome === 'refused') throw Object.assign(new Error(results[0].detail), { name: 'NotSaved' })
      }
    })
    if (!ok) return
    done('The picture is saved')
    onClose()
  }
  async function replace(file: File | null) {
    if (!file) return
    setPart(0)
    if (await attempt(() => replaceFile(picture.id, file, { onProgress: setPart }))) done('The picture has its new file')
    setPart(undefined)
  }
  const fields = fieldMessages(error)
  const known = fields.filename ?? fields.alt ?? fields.caption
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650} style={{ overflowWrap: 'anywhere' }}>{picture.filename}</Text>} size="62rem">
      {leave.question}
      {error !== undefined && !known && <Alert color="red" role="alert" mb="md">{sentence(error)}</Alert>}
      <div className="details">
        <div>
          <FocusPoint picture={picture} focus={focus} onChange={write ? setFocus : undefined} />
          <dl className="facts">
            <dt>Type</dt><dd>{types[picture.content_type] ?? picture.content_type}, {picture.width} × {picture.height}, {size(picture.bytes)}</dd>
            <dt>Uploaded</dt><dd>{date(picture.created_at)}{picture.created_by && ` by ${picture.created_by}`}</dd>
            {picture.edition > 1 && <><dt>Replaced</dt><dd>{dateTime(picture.edition_at)}{picture.edition_by && ` by ${picture.edition_by}`}</dd></>}
            {picture.state !== 'ready' && <><dt>State</dt><dd>{picture.state === 'failed' ? 'Smaller widths could not be made.' : 'Smaller widths are being made.'}</dd></>}
            <dt>Address</dt><dd><Anchor href={picture.url} target="_blank" rel="noreferrer" inherit>Open the picture</Anchor></dd>
          </dl>
        </div>
        <form onSubmit={(e) => { e.preventDefault(); void save() }}>
          <Stack>
            <Textarea label="What it shows" description="For those who do not see it. New places start from it; texts keep theirs." autosize minRows={2} readOnly={!write} maxLength={500} value={alt} error={fields.alt} onChange={(e) => setAlt(e.currentTarget.value)} />
            <Textarea label="Caption" autosize readOnly={!write} maxLength={1000} value={caption} error={fields.caption} onChange={(e) => setCaption(e.currentTarget.value)} />
            <TextInput label="File name" description="For downloads and for finding it." readOnly={!write} required withAsterisk={false} maxLength={200} value={name} error={fields.filename} onChange={(e) => setName(e.currentTarget.value)} />
            <Select label="Folder" data={folderChoices(folders)} value={folder} allowDeselect={false} readOnly={!write} searchable onChange={(v) => setFolder(v ?? 'none')} />
            <Uses query={uses} />
            {write && (
              <Group justify="space-between">
                <Group gap="xs">
                  <FileButton accept={picture.content_type} onChange={(f) => void replace(f)}>{(props) => <Button {...props} variant="default" disabled={busy}>Replace file</Button>}</FileButton>
                  <Button variant="subtle" color="red.8" disabled={!places || places.length > 0} title={places && places.length > 0 ? 'It is shown somewhere' : undefined} onClick={() => setDeleting(true)}>Delete</Button>
                </Group>
                <Button type="submit" loading={busy}>Save</Button>
              </Group>
            )}
            {part !== undefined && <Progress value={part * 100} aria-label="The new file: sent" />}
            {write && places && places.length > 0 && <Text size="xs" c="dimmed">A picture that is shown somewhere cannot be deleted. Replacing its file changes it everywhere at once, except in past versions of notes.</Text>}
          </Stack>
        </form>
      </div>
      <Ask open={deleting} danger title="Delete the picture?" confirm="Delete" onClose={() => setDeleting(false)} onConfirm={async () => {
        await api('DELETE /pictures/{id}', { path })
        await refresh('pictures', 'media', 'media-folders')
        done('The picture is deleted')
        onClose()
      }}>
        <Text size="sm">It is shown nowhere. This cannot be taken back.</Text>
      </Ask>
    </Modal>
  )
}
