// Moves what is planned to another moment; what goes out stays as it is.
import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import { VerbDialog } from '../note/flow/dialog'
import { TwiceHour } from '../note/flow/twice'
import { done } from '../ui/toast'
import type { Move } from './calendar'

export function MoveDialog({ move: { entry, at: wanted }, onClose }: { move: Move; onClose: () => void }) {
  const [at, setAt] = useState(wanted)
  const put = async (offset?: string) => {
    await api('PUT /notes/{id}/schedule', { path: { id: entry.note.id }, body: { action: entry.action, at, offset, keep_revision: true }, ifMatch: entry.note.version })
    await refresh('calendar', 'notes')
    done(`“${entry.note.title}” is moved`)
  }
  return (
    <VerbDialog title={`Move “${entry.note.title}”`} confirm="Move" disabled={!at || at === entry.at} onClose={onClose} onConfirm={() => put()}
      answerTo={(p) => p.code === 'ambiguous_time' && p.choices.length > 0 && <TwiceHour choices={p.choices} onChoose={(offset) => put(offset).then(onClose)} />}>
      <Text size="sm">It was planned for {entry.at.replace('T', ', ')}.</Text>
      <TextInput type="datetime-local" label="When" value={at} required withAsterisk={false} onChange={(e) => setAt(e.currentTarget.value)} data-autofocus />
    </VerbDialog>
  )
}
