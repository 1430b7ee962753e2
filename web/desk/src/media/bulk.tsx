// What can be done with the pictures that are ticked.
import { Alert, Button, Group, List, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { api, type Answer } from '../api/client'
import { refresh } from '../api/query'
import type { MediaFile, MediaFolder } from '../api/types'
import { done, failed } from '../ui/toast'
import { nameOf } from './files'
import { MoveTo } from './folders'

type Results = Answer<'POST /pictures/bulk'>['results']

/** Changes pictures in portions that the server takes. */
async function change(action: 'move' | 'delete', ids: string[], folder?: string): Promise<Results> {
  const out: Results = []
  try {
    for (let i = 0; i < ids.length; i += 100) {
      const answer = await api('POST /pictures/bulk', { body: { action, pictures: ids.slice(i, i + 100), folder: folder === 'none' ? undefined : folder } })
      out.push(...answer.results)
    }
  } finally {
    await refresh('media', 'media-folders', 'pictures')
  }
  return out
}

export async function moveAll(ids: string[], folder: string): Promise<void> {
  const results = await change('move', ids, folder)
  const bad = results.find((r) => r.outcome === 'refused')
  if (bad) failed(new Error(), bad.detail ?? 'Not all of it was done')
  else done(ids.length === 1 ? 'The picture is moved' : `${ids.length} pictures are moved`)
}

export function MediaBulk({ files, folders, onDone }: { files: MediaFile[]; folders: MediaFolder[]; onDone: () => void }) {
  const [doing, setDoing] = useState<'move' | 'delete'>()
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Results>()
  const ids = files.map((f) => f.id)
  const refused = outcome?.filter((r) => r.outcome === 'refused') ?? []

  async function remove() {
    setBusy(true)
    try {
      const results = await change('delete', ids)
      if (results.some((r) => r.outcome === 'refused')) return setOutcome(results)
      done(ids.length === 1 ? 'The picture is deleted' : `${ids.length} pictures are deleted`)
      onDone()
    } catch (error) {
      failed(error, 'Not all of it was done')
    } finally {
      setBusy(false)
    }
  }
  // The names stay although the deleted ones have left the list.
  const [names] = useState(() => new Map<string, string>())
  for (const f of files) names.set(f.id, nameOf(f))
  return (
    <Group className="panel panel-pad" gap="sm" mb="sm" role="region" aria-label="Actions for the ticked pictures">
      <Text size="sm" fw={600} role="status">{files.length} ticked</Text>
      <Button size="xs" variant="default" onClick={() => setDoing('move')}>Move</Button>
      <Button size="xs" variant="default" onClick={() => setDoing('delete')}>Delete</Button>
      <Button size="xs" variant="subtle" onClick={onDone}>Untick all</Button>
      {doing === 'move' && <MoveTo count={ids.length} folders={folders} onClose={() => setDoing(undefined)} onMove={async (folder) => { try { await moveAll(ids, folder); onDone() } catch (error) { failed(error) } }} />}
      <Modal opened={doing === 'delete'} onClose={() => { setDoing(undefined); setOutcome(undefined) }} title={<Text fw={650}>Delete {ids.length === 1 ? 'the picture' : `${ids.length} pictures`}?</Text>}>
        {outcome ? (
          <>
            <Alert color="red" role="alert">{outcome.length - refused.length} deleted, {refused.length} kept:</Alert>
            <List size="sm" my="md">{refused.map((r) => <List.Item key={r.id}><strong>{names.get(r.id)}</strong>: {r.detail}</List.Item>)}</List>
            <Group justify="flex-end"><Button onClick={() => { setDoing(undefined); setOutcome(undefined); onDone() }}>Close</Button></Group>
          </>
        ) : (
          <>
            <Text size="sm">Pictures that are shown somewhere are kept. This cannot be taken back.</Text>
            <Group justify="flex-end" mt="lg">
              <Button variant="default" onClick={() => setDoing(undefined)}>Cancel</Button>
              <Button color="red.8" loading={busy} onClick={() => void remove()} data-autofocus>Delete</Button>
            </Group>
          </>
        )}
      </Modal>
    </Group>
  )
}
