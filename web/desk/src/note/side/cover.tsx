import { Button, Group, Textarea } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useApi } from '../../api/query'
import { useFields } from './side'

const PicturePicker = lazy(() => import('../../media/picker').then((m) => ({ default: m.PicturePicker })))

/** The picture above a note and in lists. */
export function Cover({ readOnly }: { readOnly: boolean }) {
  const { local, error, set } = useFields(readOnly)
  const [open, setOpen] = useState(false)
  const picture = useApi('GET /pictures/{id}', { path: { id: local.cover } }, { enabled: !!local.cover, staleTime: 300_000 })
  return (
    <>
      {local.cover && picture.data && <img className="cover" src={picture.data.url} srcSet={picture.data.srcset} sizes="20rem" alt={local.cover_alt || picture.data.alt} width={picture.data.width} height={picture.data.height} />}
      {local.cover && picture.isError && <p className="dim">The picture is gone.</p>}
      {!readOnly && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>{local.cover ? 'Another picture' : 'Choose a picture'}</Button>
          {local.cover && <Button size="xs" variant="subtle" onClick={() => set({ cover: '', cover_alt: '' })}>No cover</Button>}
        </Group>
      )}
      {local.cover && (
        <Textarea label="What it shows" description="For those who do not see it." autosize maxLength={500} readOnly={readOnly} value={local.cover_alt} error={error('cover_alt') ?? error('cover')} onChange={(e) => set({ cover_alt: e.currentTarget.value })} />
      )}
      {open && <Suspense><PicturePicker onClose={() => setOpen(false)} onPick={(p) => { set({ cover: p.id, cover_alt: p.alt }); setOpen(false) }} /></Suspense>}
    </>
  )
}
