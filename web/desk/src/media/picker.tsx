// Choosing a picture of the library, or uploading one.
import { Button, FileButton, Group, Modal, Select, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useMay } from '../api/session'
import type { Picture } from '../api/types'
import { SearchField } from '../ui/search-field'
import { Empty, Failed, Loading, More } from '../ui/states'
import { failed } from '../ui/toast'
import { accepted, upload } from './upload'
import { folderChoices, useFolders, usePictures } from './use-library'
import './media.css'

export function PicturePicker({ onPick, onClose }: { onPick: (p: Picture) => void; onClose: () => void }) {
  const may = useMay()
  const [q, setQ] = useState('')
  const [folder, setFolder] = useState('')
  const list = usePictures(q, folder)
  const folders = useFolders()
  const [busy, setBusy] = useState(false)
  const pictures = list.data?.pages.flatMap((p) => p.pictures) ?? []
  async function send(file: File | null) {
    if (!file) return
    setBusy(true)
    try {
      onPick(await upload(file, '', '', { folder: folder && folder !== 'none' ? folder : undefined }))
    } catch (error) {
      failed(error, 'The picture was not uploaded')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>Choose a picture</Text>} size="xl">
      <Group mb="md" gap="sm" role="search" aria-label="Pictures">
        <SearchField label="Search media" placeholder="Name, description or caption" value={q} first onChange={setQ} />
        {(folders.data?.folders.length ?? 0) > 0 && <Select aria-label="Folder" w={170} placeholder="All folders" clearable clearButtonProps={{ 'aria-label': 'All folders' }} data={folderChoices(folders.data!.folders)} value={folder || null} onChange={(v) => setFolder(v ?? '')} />}
        {may('media.write') && <FileButton accept={accepted} onChange={(f) => void send(f)}>{(props) => <Button {...props} loading={busy} leftSection={<IconUpload size={16} aria-hidden />}>Upload</Button>}</FileButton>}
      </Group>
      {list.isPending ? <Loading rows={3} /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : pictures.length === 0 ? <Empty title={q || folder ? 'No picture fits' : 'No picture yet'} /> : (
        <ul className="pictures">
          {pictures.map((p) => (
            <li key={p.id}>
              <button type="button" onClick={() => onPick(p)} title={p.filename}>
                <img src={p.src} srcSet={p.srcset} sizes="10rem" alt={p.alt || p.filename} width={p.width} height={p.height} loading="lazy" />
                <span className="file-name">{p.filename}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <More list={list} />
    </Modal>
  )
}
