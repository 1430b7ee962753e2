// The folders of the library: choosing one, making, naming, moving, deleting.
import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconFolder, IconFolderOff, IconFolderPlus, IconPhoto } from '@tabler/icons-react'
import { useState, type DragEvent, type ReactNode } from 'react'
import { api } from '../api/client'
import { fieldMessages, hasCode, sentence } from '../api/problem'
import { refresh } from '../api/query'
import type { MediaFolder } from '../api/types'
import { done } from '../ui/toast'
import { branches, dragType, folderChoices } from './use-library'

interface Props {
  folders: MediaFolder[]
  loose: number
  chosen: string
  write: boolean
  onChoose: (folder: string) => void
  /** Files or pictures were dropped on a folder; "none" is no folder. */
  onFiles: (files: FileList, folder: string) => void
  onPictures: (ids: string[], folder: string) => void
}

export function Folders({ folders, loose, chosen, write, onChoose, onFiles, onPictures }: Props) {
  const [making, setMaking] = useState(false)
  const place = (id: string, depth: number, icon: ReactNode, name: string, count?: number) => (
    <li key={id || 'all'}>
      <Place current={chosen === id} depth={depth} icon={icon} name={name} count={count} onChoose={() => onChoose(id)}
        onDrop={!write || id === '' ? undefined : (e) => {
          if (e.dataTransfer.types.includes(dragType)) onPictures(e.dataTransfer.getData(dragType).split(' '), id)
          else if (e.dataTransfer.files.length) onFiles(e.dataTransfer.files, id)
        }} />
    </li>
  )
  return (
    <nav className="folders" aria-label="Folders">
      <ul className="plain">
        {place('', 0, <IconPhoto size={16} aria-hidden />, 'Everything')}
        {place('none', 0, <IconFolderOff size={16} aria-hidden />, 'No folder', loose)}
        {branches(folders).map((b) => place(b.folder.id, b.depth, <IconFolder size={16} aria-hidden />, b.folder.name, b.folder.pictures))}
      </ul>
      {write && <Button mt="xs" size="xs" variant="subtle" leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>New folder</Button>}
      {making && <EditFolder folders={folders} parent={folders.some((f) => f.id === chosen) ? chosen : ''} onClose={() => setMaking(false)} onSaved={(f) => onChoose(f.id)} />}
    </nav>
  )
}

function Place({ current, depth, icon, name, count, onChoose, onDrop }: { current: boolean; depth: number; icon: ReactNode; name: string; count?: number; onChoose: () => void; onDrop?: (e: DragEvent) => void }) {
  const [over, setOver] = useState(false)
  return (
    <button type="button" className="folder" style={{ paddingInlineStart: `${0.5 + depth * 0.9}rem` }} aria-current={current || undefined} data-over={over || undefined} onClick={onChoose}
      onDragOver={(e) => { if (onDrop) { e.preventDefault(); e.stopPropagation(); setOver(true) } }} onDragLeave={() => setOver(false)}
      onDrop={(e) => { if (onDrop) { e.preventDefault(); e.stopPropagation(); setOver(false); onDrop(e) } }}>
      {icon}<span>{name}</span>{count !== undefined && <small><span className="visually-hidden">, pictures: </span>{count}</small>}
    </button>
  )
}

/** A new folder, or another name and place for one. */
export function EditFolder({ folder, folders, parent = '', onClose, onSaved }: { folder?: MediaFolder; folders: MediaFolder[]; parent?: string; onClose: () => void; onSaved?: (f: MediaFolder) => void }) {
  const [name, setName] = useState(folder?.name ?? '')
  const [into, setInto] = useState(folder ? folder.parent || 'none' : parent || 'none')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const inside = new Set(folder ? [folder.id, ...branches(folders, folder.id).map((b) => b.folder.id)] : [])
  async function save() {
    setBusy(true)
    setError(undefined)
    const body = { name, parent: into === 'none' ? undefined : into }
    try {
      const saved = folder ? await api('PUT /media-folders/{id}', { path: { id: folder.id }, body }) : await api('POST /media-folders', { body })
      await refresh('media-folders')
      done(`The folder “${saved.name}” is ${folder ? 'saved' : 'made'}`)
      onSaved?.(saved)
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const fields = fieldMessages(error)
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{folder ? `Folder “${folder.name}”` : 'New folder'}</Text>}>
      <form onSubmit={(e) => { e.preventDefault(); void save() }}>
        <Stack>
          {error !== undefined && !fields.name && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          <TextInput label="Name" value={name} required withAsterisk={false} maxLength={80} error={fields.name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus />
          <Select label="Inside" data={folderChoices(folders, 'At the top').filter((c) => !inside.has(c.value))} value={into} allowDeselect={false} searchable onChange={(v) => setInto(v ?? 'none')} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>Cancel</Button><Button type="submit" loading={busy}>Save</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Deleting a folder; what is in it moves up only when asked. */
export function DeleteFolder({ folder, onClose, onDeleted }: { folder: MediaFolder; onClose: () => void; onDeleted: () => void }) {
  const [full, setFull] = useState(false)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  async function go() {
    setBusy(true)
    setError(undefined)
    try {
      await api('DELETE /media-folders/{id}', { path: { id: folder.id }, query: full ? { contents: 'up' } : undefined })
      await refresh('media-folders', 'media', 'pictures')
      done(`The folder “${folder.name}” is gone`)
      onDeleted()
    } catch (problem) {
      if (hasCode(problem, 'folder_not_empty')) setFull(true)
      else setError(problem)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>Delete the folder “{folder.name}”?</Text>}>
      {error !== undefined && <Alert color="red" role="alert" mb="sm">{sentence(error)}</Alert>}
      {full ? <Alert color="yellow" role="alert">It is not empty. What is in it can move up to where the folder lies; no picture is deleted.</Alert> : <Text size="sm">Pictures are never deleted with a folder.</Text>}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button color="red.8" loading={busy} onClick={() => void go()} data-autofocus>{full ? 'Move up and delete' : 'Delete'}</Button>
      </Group>
    </Modal>
  )
}

/** Choosing where pictures go. */
export function MoveTo({ count, folders, onClose, onMove }: { count: number; folders: MediaFolder[]; onClose: () => void; onMove: (folder: string) => Promise<void> }) {
  const [into, setInto] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>Move {count === 1 ? 'the picture' : `${count} pictures`}</Text>}>
      <Select label="To" data={folderChoices(folders)} value={into} searchable onChange={setInto} data-autofocus />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button loading={busy} disabled={!into} onClick={() => { setBusy(true); void onMove(into!).finally(() => setBusy(false)) }}>Move</Button>
      </Group>
    </Modal>
  )
}
