// What became of the last act on many notes: how many, what was refused and
// why, and the way back.
import { Alert, Button, Group, List } from '@mantine/core'
import { useState } from 'react'
import { refresh } from '../api/query'
import { failed } from '../ui/toast'
import { lastAct, sentence, undo } from './bulk'

export function LastAct() {
  const last = lastAct.use()
  const [busy, setBusy] = useState(false)
  if (!last) return null
  async function back() {
    setBusy(true)
    try {
      await undo(last!)
    } catch (error) {
      failed(error, 'It was not taken back')
    } finally {
      await refresh('notes')
      setBusy(false)
    }
  }
  return (
    <Alert mb="sm" color={last.refused.length ? 'yellow' : 'teal'} role="status" aria-label="The last act" withCloseButton closeButtonLabel="Close" onClose={() => lastAct.set(undefined)}>
      <Group gap="sm">
        <span>{sentence(last)}</span>
        {last.reversible && last.done > 0 && <Button size="compact-sm" variant="default" loading={busy} onClick={() => void back()}>Undo</Button>}
      </Group>
      {last.refused.length > 0 && (
        <details open={last.refused.length <= 5} className="refused">
          <summary>{last.refused.length === 1 ? 'One note' : `${last.refused.length} notes`} and why</summary>
          <List size="sm" mt={4}>{last.refused.map((f, i) => <List.Item key={i}><strong>{f.title || 'Untitled'}</strong>: {f.why}</List.Item>)}</List>
        </details>
      )}
    </Alert>
  )
}
