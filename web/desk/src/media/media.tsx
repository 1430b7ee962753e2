// The media library: every picture, what it shows, and a place to drop more.
import { Alert, Button, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState, type DragEvent } from 'react'
import { api } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { refresh } from '../api/query'
import { useMay } from '../api/session'
import type { Picture } from '../api/types.gen'
import { Ask } from '../ui/ask'
import { Page } from '../ui/page'
import { Empty, Failed, Loading } from '../ui/states'
import { date } from '../ui/time'
import { done } from '../ui/toast'
import { usePictures } from './picker'
import { accepted, upload } from './upload'
import { size } from '../ui/size'
import './media.css'


export function Media() {
  const may = useMay()
  const list = usePictures(60)
  const pictures = list.data?.pages.flatMap((p) => p.pictures) ?? []
  const [open, setOpen] = useState<Picture>()
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<{ left: number; bad: string[] }>({ left: 0, bad: [] })
  const write = may('media.write')

  // One after the other: the server decodes one picture at a time anyway.
  async function send(files: File[]) {
    const bad: string[] = []
    for (const [i, file] of files.entries()) {
      setSending({ left: files.length - i, bad })
      try {
        await upload(file)
      } catch (error) {
        bad.push(`${file.name}: ${sentence(error)}`)
      }
    }
    setSending({ left: 0, bad })
    if (files.length > bad.length) done(files.length - bad.length === 1 ? 'The picture is here' : `${files.length - bad.length} pictures are here`)
  }
  function drop(e: DragEvent) {
    e.preventDefault()
    setOver(false)
    if (write && e.dataTransfer.files.length) void send([...e.dataTransfer.files])
  }
  return (
    <Page title="Media" actions={write && (
      <FileButton accept={accepted} multiple onChange={(f) => void send(f)}>
        {(props) => <Button {...props} loading={sending.left > 0} leftSection={<IconUpload size={16} aria-hidden />}>Upload</Button>}
      </FileButton>
    )} lead={write && 'Drop pictures anywhere on this page. JPEG, PNG, GIF or WebP, up to 20 MB.'}>
      <div className="drop" data-over={over || undefined} onDragOver={(e) => { if (write) { e.preventDefault(); setOver(true) } }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <div role="status">{sending.left > 0 && <Text size="sm" mb="sm">{sending.left === 1 ? 'One picture is on its way …' : `${sending.left} pictures are on their way …`}</Text>}</div>
        {sending.bad.length > 0 && <Alert color="red" role="alert" mb="md" title="Not uploaded" withCloseButton closeButtonLabel="Close" onClose={() => setSending({ left: 0, bad: [] })}>{sending.bad.map((b) => <div key={b}>{b}</div>)}</Alert>}
        {list.isPending ? <Loading /> : list.isError ? <Failed error={list.error} retry={() => void list.refetch()} /> : pictures.length === 0 ? <Empty title="No picture yet"><p>Pictures from notes and covers gather here.</p></Empty> : (
          <ul className="pictures">
            {pictures.map((p) => (
              <li key={p.id}>
                <button type="button" onClick={() => setOpen(p)}>
                  <img src={p.url} srcSet={p.srcset} sizes="12rem" alt={p.alt} loading="lazy" />
                  <span>{p.filename}</span>
                  <span className="dim">{p.width} × {p.height}, {size(p.bytes)}{!p.alt && ', no description'}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {list.hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Show more</Button></Group>}
      </div>
      {open && <Details picture={open} write={write} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

function Details({ picture, write, onClose }: { picture: Picture; write: boolean; onClose: () => void }) {
  const [alt, setAlt] = useState(picture.alt)
  const [caption, setCaption] = useState(picture.caption)
  const [error, setError] = useState<unknown>()
  const [deleting, setDeleting] = useState(false)
  async function save() {
    try {
      await api('PUT /pictures/{id}', { path: { id: picture.id }, body: { alt, caption } })
      await refresh('pictures')
      onClose()
    } catch (problem) {
      setError(problem)
    }
  }
  const fields = fieldMessages(error)
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{picture.filename}</Text>} size="lg">
      <form onSubmit={(e) => { e.preventDefault(); void save() }}>
        <Stack>
          <img className="media-large" src={picture.url} alt={alt} width={picture.width} height={picture.height} />
          <Text size="sm" c="dimmed">{picture.width} × {picture.height}, {size(picture.bytes)}, uploaded {date(picture.created_at)}{picture.state === 'failed' && '. Smaller widths could not be made.'}</Text>
          {error !== undefined && Object.keys(fields).length === 0 && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          <Textarea label="What it shows" description="For those who do not see it." autosize readOnly={!write} maxLength={500} value={alt} error={fields.alt} onChange={(e) => setAlt(e.currentTarget.value)} />
          <Textarea label="Caption" autosize readOnly={!write} maxLength={1000} value={caption} error={fields.caption} onChange={(e) => setCaption(e.currentTarget.value)} />
          {write && (
            <Group justify="space-between">
              <Button variant="subtle" color="red" onClick={() => setDeleting(true)}>Delete</Button>
              <Button type="submit">Save</Button>
            </Group>
          )}
        </Stack>
      </form>
      <Ask open={deleting} danger title="Delete the picture?" confirm="Delete" onClose={() => setDeleting(false)} onConfirm={async () => {
        await api('DELETE /pictures/{id}', { path: { id: picture.id } })
        await refresh('pictures')
        onClose()
      }}>
        <Text size="sm">Notes that show it will have a gap there.</Text>
      </Ask>
    </Modal>
  )
}
