// The media library: folders, search, filters, and a place to drop more.
import { Button, Checkbox, FileButton, Group, SegmentedControl, Select } from '@mantine/core'
import { IconLayoutGrid, IconList, IconUpload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, type DragEvent } from 'react'
import { useMay } from '../api/session'
import type { MediaSearch } from '../app/router'
import { Page } from '../ui/page'
import { SearchField } from '../ui/search-field'
import { Empty, Failed, Loading, More } from '../ui/states'
import { failed } from '../ui/toast'
import { MediaBulk, moveAll } from './bulk'
import { AttachmentDetails } from './attachment-details'
import { Details } from './details'
import { FileGrid, FileTable } from './files'
import { DeleteFolder, EditFolder, Folders } from './folders'
import { accepted } from './upload'
import { Uploads, useUploads } from './uploads'
import { kindLabels, sorts, useFolders, useMedia } from './use-library'
import './media.css'

export function Media() {
  const search = useSearch({ from: '/inside/media' })
  const navigate = useNavigate()
  const write = useMay()('media.write')
  const list = useMedia(search)
  const folders = useFolders()
  const uploads = useUploads()
  const [open, setOpen] = useState('')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [over, setOver] = useState(false)
  const [editing, setEditing] = useState<'change' | 'delete'>()
  const files = list.data?.pages.flatMap((p) => p.files) ?? []
  const all = folders.data?.folders ?? []
  const here = all.find((f) => f.id === search.folder)
  const filtered = !!(search.q || search.kind || search.unused)

  const go = (next: MediaSearch) => void navigate({ to: '/media', search: next, replace: true })
  const set = (part: MediaSearch) => go(Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, v]) => v)))
  useEffect(() => setTicked(new Set()), [search.q, search.folder, search.kind, search.unused])

  const send = (list: Iterable<File>, folder = search.folder) => uploads.add(list, folder && folder !== 'none' ? folder : undefined)
  const move = (ids: string[], folder: string) => void moveAll(ids, folder).then(() => setTicked(new Set())).catch(failed)
  function drop(e: DragEvent) {
    e.preventDefault()
    setOver(false)
    if (write && e.dataTransfer.files.length) send(e.dataTransfer.files)
  }
  const shown = files.find((f) => f.id === open)
  return (
    <Page title="Media" actions={write && (
      <FileButton accept={accepted} multiple onChange={(f) => send(f)}>
        {(props) => <Button {...props} leftSection={<IconUpload size={16} aria-hidden />}>Upload</Button>}
      </FileButton>
    )} lead={write && 'Drop pictures anywhere on this page or on a folder. JPEG, PNG, GIF or WebP, up to 20 MB and 16 megapixels.'}>
      <div className="library" data-over={over || undefined} onDragOver={(e) => { if (write && e.dataTransfer.types.includes('Files')) { e.preventDefault(); setOver(true) } }} onDragLeave={() => setOver(false)} onDrop={drop}>
        {folders.data && <Folders folders={all} loose={folders.data.loose} chosen={search.folder ?? ''} write={write} onChoose={(folder) => set({ folder, ...(folder ? { kind: '' } : {}) })} onFiles={send} onPictures={move} />}
        <div>
          <Uploads {...uploads} />
          <Group gap="sm" mb="sm" role="search" aria-label="Media">
            <SearchField label="Search media" placeholder="Name, description or caption" value={search.q ?? ''} onChange={(q) => set({ q })} />
            <Select aria-label="Kind" w={140} placeholder="All kinds" clearable clearButtonProps={{ 'aria-label': 'All kinds' }} data={Object.entries(kindLabels).map(([value, label]) => ({ value, label }))} value={search.kind ?? null} onChange={(kind) => set({ kind: kind ?? '', ...(kind && kind !== 'picture' ? { folder: '', unused: '' } : {}) })} />
            <Select aria-label="Sort by" w={150} allowDeselect={false} data={sorts} value={search.sort ?? 'newest'} onChange={(sort) => set({ sort: sort === 'newest' ? '' : sort ?? '' })} />
            <Checkbox label="Unused" checked={!!search.unused} onChange={(e) => set({ unused: e.currentTarget.checked ? '1' : '', ...(e.currentTarget.checked ? { kind: '' } : {}) })} />
            <SegmentedControl size="xs" aria-label="Layout" value={search.view ?? 'grid'} onChange={(view) => set({ view: view === 'grid' ? '' : view })}
              data={[{ value: 'grid', label: <><IconLayoutGrid size={16} aria-hidden /><span className="visually-hidden">Grid</span></> }, { value: 'list', label: <><IconList size={16} aria-hidden /><span className="visually-hidden">List</span></> }]} />
          </Group>
          {here && write && (
            <Group gap="xs" mb="sm" role="group" aria-label={`Folder ${here.name}`}>
              <h2 className="folder-head">{here.name}</h2>
              <Button size="compact-sm" variant="subtle" onClick={() => setEditing('change')}>Rename or move</Button>
              <Button size="compact-sm" variant="subtle" color="red.8" onClick={() => setEditing('delete')}>Delete folder</Button>
            </Group>
          )}
          {ticked.size > 0 && <MediaBulk files={files.filter((f) => ticked.has(f.id))} folders={all} onDone={() => setTicked(new Set())} />}
          {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : files.length === 0 ? (
            <Empty title={filtered ? 'No file fits' : search.folder ? 'Nothing in here yet' : 'No picture yet'}>
              {filtered ? <Button variant="default" onClick={() => go({ view: search.view, folder: search.folder })}>Show all</Button> : write && <p>Drop pictures here, or press Upload.</p>}
            </Empty>
          ) : search.view === 'list' ? <FileTable files={files} ticked={ticked} onTick={write ? setTicked : undefined} onOpen={setOpen} /> : <FileGrid files={files} ticked={ticked} onTick={write ? setTicked : undefined} onOpen={setOpen} />}
          <More list={list} />
        </div>
      </div>
      {shown?.picture && <Details key={shown.id} picture={shown.picture} folders={all} write={write} onClose={() => setOpen('')} />}
      {shown?.attachment && <AttachmentDetails file={shown} onClose={() => setOpen('')} />}
      {here && editing === 'change' && <EditFolder folder={here} folders={all} onClose={() => setEditing(undefined)} />}
      {here && editing === 'delete' && <DeleteFolder folder={here} onClose={() => setEditing(undefined)} onDeleted={() => { setEditing(undefined); set({ folder: here.parent ?? '' }) }} />}
    </Page>
  )
}
