// The draft as readers will see it, drawn by the portal itself.
import { Alert, Anchor, Modal, SegmentedControl, Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type SyntheticEvent } from 'react'
import { api } from '../../api/client'
import { Failed, Loading } from '../../ui/states'
import { useSaver, useSnapshot } from '../use-saver'
import { useReaders } from './readers'
import './preview.css'

export function ViewAs({ onClose }: { onClose: () => void }) {
  const saver = useSaver()
  const readers = useReaders()
  const [who, setWho] = useState('anonymous')
  const [width, setWidth] = useState('wide')
  const [saved, setSaved] = useState<boolean>()
  const reader = readers.find((r) => r.value === who) ?? readers[0]!

  // What was typed last belongs into the picture.
  useEffect(() => void saver.settle().then(setSaved), [saver])

  const { note } = useSnapshot()
  const view = useQuery({
    queryKey: ['views', note.id, note.version, reader.value],
    queryFn: ({ signal }) => api('POST /notes/{id}/views', { path: { id: note.id }, body: { audience: reader.audience, plan: reader.plan }, signal }),
    enabled: saved !== undefined,
    // The address is good for ten minutes.
    staleTime: 8 * 60_000, gcTime: 8 * 60_000, refetchOnWindowFocus: false,
  })
  // The desk and the portal are one origin, by whatever name one came here.
  const address = view.data && new URL(view.data.url).pathname

  return (
    <Modal opened onClose={onClose} fullScreen title={<Text fw={650}>What readers will see</Text>}>
      <div className="view-as">
        <div className="view-as-bar">
          <Select label="As" data={readers.map(({ value, label }) => ({ value, label }))} value={who} allowDeselect={false} onChange={(v) => setWho(v ?? 'anonymous')} data-autofocus />
          <SegmentedControl aria-label="Width" data={[{ value: 'wide', label: 'Wide' }, { value: 'phone', label: 'Phone' }]} value={width} onChange={setWidth} />
          {saved === false && <Alert color="yellow" p="xs">What you typed last is not saved, so it is not in here.</Alert>}
          {address && <Anchor href={address} target="_blank" rel="noreferrer" size="sm" lh="36px">Open in a new tab</Anchor>}
        </div>
        <div className="view-as-stage">
          {address ? <iframe key={address} src={address} title={`The note, as seen by: ${reader.label}`} data-width={width} onLoad={keepInPlace} />
            : view.isError ? <Failed error={view.error} retry={() => void view.refetch()} /> : <Loading rows={6} label="Drawing the page" />}
        </div>
      </div>
    </Modal>
  )
}

/** Links on the page lead to a tab of their own: the frame shows the draft and nothing else. */
function keepInPlace(e: SyntheticEvent<HTMLIFrameElement>): void {
  const page = e.currentTarget.contentDocument
  page?.addEventListener('click', (click) => {
    const link = (click.target as Element | null)?.closest?.('a')
    const href = link?.getAttribute('href')
    if (!link || !href || href.startsWith('#')) return
    click.preventDefault()
    window.open(link.href, '_blank', 'noopener')
  })
  page?.addEventListener('submit', (submit) => submit.preventDefault())
}
