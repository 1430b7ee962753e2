// What can be done with the notes that are ticked.
import { Alert, Button, Group, List, Modal, Progress, Select, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { NoteSummary } from '../api/types.gen'
import { done, failed } from '../ui/toast'
import { act, type Act, type Outcome } from './bulk'
import { kindWords } from './status'

interface Verb {
  label: string
  action: Act['action']
  need: string
  /** Whether the verb means anything for this note. */
  fits: (n: NoteSummary) => boolean
  asks?: string
  /** What the value is chosen from. */
  choose?: 'topics' | 'series' | 'kinds'
  danger?: boolean
}

const kept = (n: NoteSummary) => n.status !== 'archived'

const verbs: Verb[] = [
  { label: 'Publish', action: 'publish', need: 'notes.publish', fits: (n) => kept(n) && (n.status !== 'published' || n.changed) },
  { label: 'Retract', action: 'retract', need: 'notes.retract', fits: (n) => n.status === 'published', asks: 'Why, in words for readers', danger: true },
  { label: 'Submit for review', action: 'submit', need: 'notes.write', fits: (n) => n.status === 'draft' || n.changed, asks: 'What reviewers should know' },
  { label: 'Add topic', action: 'add_topic', need: 'notes.write', fits: kept, choose: 'topics' },
  { label: 'Remove topic', action: 'remove_topic', need: 'notes.write', fits: kept, choose: 'topics' },
  { label: 'Set series', action: 'set_series', need: 'notes.write', fits: kept, choose: 'series' },
  { label: 'Set kind', action: 'set_kind', need: 'notes.write', fits: kept, choose: 'kinds' },
  { label: 'Archive', action: 'archive', need: 'notes.archive', fits: (n) => n.status === 'draft' || n.status === 'retracted' },
  { label: 'Unarchive', action: 'unarchive', need: 'notes.archive', fits: (n) => n.status === 'archived' },
]

export function BulkBar({ notes, onDone }: { notes: NoteSummary[]; onDone: () => void }) {
  const may = useMay()
  const [verb, setVerb] = useState<Verb>()
  const [reason, setReason] = useState('')
  const [progress, setProgress] = useState<number>()
  const [outcome, setOutcome] = useState<Outcome>()
  const [value, setValue] = useState<string | null>(null)
  const { data: catalogue } = useApi('GET /catalogue', undefined, { staleTime: 60_000 })
  const choices = verb?.choose === 'kinds' ? Object.entries(kindWords).map(([value, label]) => ({ value, label }))
    : verb?.choose ? (catalogue?.[verb.choose] ?? []).map(({ slug, name }) => ({ value: slug, label: name })) : []
  const fitting = verb ? notes.filter(verb.fits) : []

  function close() {
    setVerb(undefined)
    setOutcome(undefined)
    setProgress(undefined)
    setReason('')
    setValue(null)
  }
  async function go(v: Verb) {
    setProgress(0)
    let result: Outcome
    try {
      result = await act(fitting, { action: v.action, reason: v.asks && reason ? reason : undefined, value: value ?? undefined }, setProgress)
    } catch (error) {
      await refresh('notes')
      setProgress(undefined)
      return failed(error, 'Not all of it was done')
    }
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
            {verb.choose && <Select mt="md" label={verb.label} data={choices} searchable={choices.length > 8} value={value} onChange={setValue} />}
            {verb.asks && <Textarea mt="md" label={verb.asks} maxLength={500} value={reason} onChange={(e) => setReason(e.currentTarget.value)} autosize minRows={2} />}
            {progress !== undefined && <Progress mt="md" value={(100 * progress) / fitting.length} aria-label="Progress" />}
            <Group justify="flex-end" mt="lg">
              <Button variant="default" onClick={close}>Cancel</Button>
              <Button color={verb.danger ? 'red.8' : undefined} loading={progress !== undefined} disabled={!!verb.choose && !value} onClick={() => void go(verb)}>{verb.label}</Button>
            </Group>
          </>
        )}
      </Modal>
    </Group>
  )
}
