// Choosing a picture, or uploading one.
import { Button, FileButton, Group, Modal, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { useMay } from '../api/session'
import type { Picture } from '../api/types.gen'
import { Empty, Failed, Loading } from '../ui/states'
import { failed } from '../ui/toast'
import { accepted, upload } from './upload'
import './media.css'

export const usePictures = (limit = 40) => useInfiniteQuery({
  queryKey: ['pictures', 'GET /pictures', limit],
  queryFn: ({ pageParam, signal }) => api('GET /pictures', { query: { cursor: pageParam || undefined, limit }, signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.next || undefined,
})

export function PicturePicker({ onPick, onClose }: { onPick: (p: Picture) => void; onClose: () => void }) {
  const may = useMay()
  const list = usePictures()
  const [busy, setBusy] = useState(false)
  const pictures = list.data?.pages.flatMap((p) => p.pictures) ?? []
  async function send(file: File | null) {
    if (!file) return
    setBusy(true)
    try {
      onPick(await upload(file))
    } catch (error) {
      failed(error, 'The picture was not uploaded')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>Choose a picture</Text>} size="xl">
      {may('media.write') && (
        <Group mb="md">
          <FileButton accept={accepted} onChange={(f) => void send(f)}>{(props) => <Button {...props} loading={busy} leftSection={<IconUpload size={16} aria-hidden />}>Upload</Button>}</FileButton>
          <Text size="sm" c="dimmed">JPEG, PNG, GIF or WebP, up to 20 MB</Text>
        </Group>
      )}
      {list.isPending ? <Loading rows={3} /> : list.isError ? <Failed error={list.error} retry={() => void list.refetch()} /> : pictures.length === 0 ? <Empty title="No picture yet" /> : (
        <ul className="pictures">
          {pictures.map((p) => (
            <li key={p.id}>
              <button type="button" onClick={() => onPick(p)} title={p.filename}>
                <img src={p.url} srcSet={p.srcset} sizes="10rem" alt={p.alt || p.filename} loading="lazy" />
                <span>{p.filename}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Show more</Button></Group>}
    </Modal>
  )
}
