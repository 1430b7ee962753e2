// Moves what is planned to another moment; what goes out stays as it is.
import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import { VerbDialog } from '../note/flow/dialog'
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
      answerTo={(p) => p.code === 'ambiguous_time' && (
        <Alert color="yellow" role="alert" title="This hour comes twice">
          <Text size="sm" mb="xs">Clocks are set back that night. Which one do you mean?</Text>
          <Stack gap="xs">{p.choices.map((c, i) => <Button key={c} variant="default" onClick={() => void put(c.slice(-6)).then(onClose)}>{i === 0 ? 'The first' : 'The second'}: {c.slice(11, 16)}, UTC{c.slice(-6)}</Button>)}</Stack>
        </Alert>
      )}>
      <Text size="sm">It was planned for {entry.at.replace('T', ', ')}.</Text>
      <TextInput type="datetime-local" label="When" value={at} required withAsterisk={false} onChange={(e) => setAt(e.currentTarget.value)} data-autofocus />
    </VerbDialog>
  )
}
