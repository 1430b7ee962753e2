// Says whether the text is safe, and where.
import { Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2, IconPencil } from '@tabler/icons-react'
import { memo } from 'react'
import type { SaveState } from './save-state'
import { usePart, useSaver } from './use-saver'

const words: Record<SaveState['kind'], string> = {
  saved: 'Saved', dirty: 'Not saved yet', saving: 'Saving …', offline: 'Offline', 'signed-out': 'Signed out', refused: 'Not saved', conflict: 'Changed by somebody else',
}

function detail(state: SaveState): string {
  switch (state.kind) {
    case 'offline': return state.kept ? 'kept on this device, sent when the server is back' : 'kept in this page only: do not close it'
    case 'signed-out': return state.kept ? 'kept on this device' : 'kept in this page only: do not close it'
    case 'refused': return state.error.message
    case 'conflict': return 'decide below'
    default: return ''
  }
}

export const SaveLine = memo(function SaveLine() {
  const saver = useSaver()
  const state = usePart((s) => s.state)
  const news = usePart((s) => s.state.kind === 'saved' && !!s.news)
  const more = news ? 'changed elsewhere, shown as it is now' : detail(state)
  const bad = state.kind === 'offline' || state.kind === 'refused' || state.kind === 'conflict' || state.kind === 'signed-out'
  const Icon = bad ? (state.kind === 'offline' ? IconCloudOff : IconAlertTriangle) : state.kind === 'saved' ? IconCheck : state.kind === 'saving' ? IconLoader2 : IconPencil
  return (
    <Group gap={6} wrap="nowrap" role="status" aria-live="polite" data-save-state={state.kind} className="save-line" data-bad={bad || undefined}>
      <Icon size={16} aria-hidden />
      <Text size="sm" fw={550} span className="nowrap">{words[state.kind]}</Text>
      {more && <Text size="sm" span lineClamp={1} title={more}>{more}</Text>}
      {(state.kind === 'refused' || state.kind === 'offline') && <Button size="compact-xs" variant="default" onClick={() => void saver.save()}>Try again</Button>}
    </Group>
  )
})
