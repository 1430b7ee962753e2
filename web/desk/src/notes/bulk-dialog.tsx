// The question before an act on many notes: how many, which, and with what.
import { Button, Group, List, Modal, Progress, Text } from '@mantine/core'
import { useState } from 'react'
import { refresh } from '../api/query'
import { failed } from '../ui/toast'
import { act, type Act, type Chosen } from './bulk'
import { BulkFields } from './bulk-fields'
import type { Verb } from './verbs'

interface Props {
  verb: Verb
  notes: Chosen[]
  /** How many of the chosen ones the verb means nothing for. */
  left: number
  onClose: () => void
  onDone: () => void
}

const named = 20

export function BulkDialog({ verb, onClose, onDone, ...chosen }: Props) {
  // The list goes on changing behind the question, which is about what was chosen.
  const [{ notes, left }] = useState(chosen)
  const [what, setWhat] = useState<Partial<Act>>({})
  const [progress, setProgress] = useState<number>()
  const ready = isReady(verb, what)

  async function go() {
    setProgress(0)
    try {
      await act(verb.label, notes, { ...what, action: verb.action }, setProgress)
      onDone()
    } catch (error) {
      failed(error, 'Not all of it was done')
    } finally {
      await refresh('notes')
      setProgress(undefined)
      onClose()
    }
  }
  return (
    <Modal opened onClose={() => progress === undefined && onClose()} title={<Text fw={650}>{verb.label}: {notes.length} {notes.length === 1 ? 'note' : 'notes'}</Text>}>
      <form onSubmit={(e) => { e.preventDefault(); if (ready && progress === undefined) void go() }}>
        <List size="sm" mah={180} style={{ overflowY: 'auto' }} tabIndex={0} aria-label="Notes">
          {notes.slice(0, named).map((n) => <List.Item key={n.id}>{n.title || 'Untitled'}</List.Item>)}
          {notes.length > named && <List.Item>and {notes.length - named} more</List.Item>}
        </List>
        {left > 0 && <Text size="sm" c="dimmed" mt="xs">{left} of those chosen {left === 1 ? 'is' : 'are'} left out: it means nothing for {left === 1 ? 'it' : 'them'}.</Text>}
        <BulkFields verb={verb} value={what} onChange={(part) => setWhat({ ...what, ...part })} />
        {progress !== undefined && <Progress mt="md" value={(100 * progress) / notes.length} aria-label="Progress" />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" disabled={progress !== undefined} onClick={onClose}>Cancel</Button>
          <Button type="submit" color={verb.danger ? 'red.8' : undefined} loading={progress !== undefined} disabled={!ready} data-autofocus={!verb.asks || undefined}>{verb.label}</Button>
        </Group>
      </form>
    </Modal>
  )
}

/** Whether everything is said that the act needs. */
export function isReady(verb: Verb, what: Partial<Act>): boolean {
  switch (verb.asks) {
    case 'topic': case 'author': case 'kind': return !!what.value
    case 'series': return what.value !== undefined
    case 'gate': return !!what.value && (what.value !== 'plans' || !!what.gate_plans?.length)
    case 'topics': case 'authors': return what.values !== undefined
    case 'moment': return !!what.at
    default: return true
  }
}
