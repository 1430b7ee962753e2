// What can be done with the notes that are ticked.
import { Alert, Button, Group, List, Modal, Progress, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import { useMay } from '../api/session'
import type { NoteSummary } from '../api/types.gen'
import { done } from '../ui/toast'
import { each, type Outcome } from './bulk'

interface Verb {
  label: string
  need: string
  /** Whether the verb means anything for this note. */
  fits: (n: NoteSummary) => boolean
  asks?: string
  danger?: boolean
  run: (n: NoteSummary, reason: string) => Promise<unknown>
}

const verbs: Verb[] = [
  {
    label: 'Publish', need: 'notes.publish', fits: (n) => n.status !== 'published' || n.changed,
    run: (n) => api('PUT /notes/{id}/publication', { path: { id: n.id }, ifMatch: n.version }),
  },
  {
    label: 'Retract', need: 'notes.retract', fits: (n) => n.status === 'published', asks: 'Why, in words for readers', danger: true,
    run: (n, reason) => api('DELETE /notes/{id}/publication', { path: { id: n.id }, query: { reason }, ifMatch: n.version }),
  },
]

export function BulkBar({ notes, onDone }: { notes: NoteSummary[]; onDone: () => void }) {
  const may = useMay()
  const [verb, setVerb] = useState<Verb>()
  const [reason, setReason] = useState('')
  const [progress, setProgress] = useState<number>()
  const [outcome, setOutcome] = useState<Outcome>()
  const fitting = verb ? notes.filter(verb.fits) : []

  function close() {
    setVerb(undefined)
    setOutcome(undefined)
    setProgress(undefined)
    setReason('')
  }
  async function go(v: Verb) {
    setProgress(0)
    const result = await each(fitting, (n) => v.run(n, reason), setProgress)
    await refresh('notes')
    if (result.failed.length) setOutcome(result)
    else {
      done(`${v.label}: ${result.done} ${result.done === 1 ? 'note' : 'notes'}`)
      close()
      onDone()
    }
  }
  return (
    <Group className="panel panel-pad" gap="sm" mb="sm" role="region" aria-label="Actions for the ticked notes">
      <Text size="sm" fw={600} role="status">{notes.length} ticked</Text>
      {verbs.filter((v) => may(v.need)).map((v) => {
        const n = notes.filter(v.fits).length
        return <Button key={v.label} size="xs" variant="default" disabled={n === 0} onClick={() => setVerb(v)}>{v.label} {n > 0 && n}</Button>
      })}
      <Button size="xs" variant="subtle" onClick={onDone}>Untick all</Button>
      <Modal opened={!!verb} onClose={close} title={<Text fw={650}>{verb?.label} {fitting.length} {fitting.length === 1 ? 'note' : 'notes'}?</Text>}>
        {outcome ? (
          <>
            <Alert color="red" role="alert">{outcome.done} done, {outcome.failed.length} not:</Alert>
            <List size="sm" my="md">{outcome.failed.map((f) => <List.Item key={f.title}><strong>{f.title}</strong>: {f.why}</List.Item>)}</List>
            <Group justify="flex-end"><Button onClick={close}>Close</Button></Group>
          </>
        ) : verb && (
          <>
            <List size="sm" mah={220} style={{ overflowY: 'auto' }}>{fitting.map((n) => <List.Item key={n.id}>{n.title}</List.Item>)}</List>
            {verb.asks && <Textarea mt="md" label={verb.asks} maxLength={500} value={reason} onChange={(e) => setReason(e.currentTarget.value)} autosize minRows={2} />}
            {progress !== undefined && <Progress mt="md" value={(100 * progress) / fitting.length} aria-label="Progress" />}
            <Group justify="flex-end" mt="lg">
              <Button variant="default" onClick={close}>Cancel</Button>
              <Button color={verb.danger ? 'red.8' : undefined} loading={progress !== undefined} onClick={() => void go(verb)}>{verb.label}</Button>
            </Group>
          </>
        )}
      </Modal>
    </Group>
  )
}
