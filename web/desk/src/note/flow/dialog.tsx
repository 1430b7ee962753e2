// The frame of a verb's dialog: what it asks, what went wrong, the button.
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Problem, sentence } from '../../api/problem'
import { useChanged } from '../../ui/draft'
import { useLeave } from '../../ui/leave'

interface Props {
  title: string
  confirm: string
  danger?: boolean
  disabled?: boolean
  /** What was typed: other than at first, it is asked about before it is lost. */
  typed?: unknown
  onClose: () => void
  /** Throws what the server said. */
  onConfirm: () => Promise<unknown>
  /** Draws what a refusal offers, such as two moments to choose from. */
  answerTo?: (problem: Problem) => ReactNode
  children: ReactNode
}

export function VerbDialog({ title, confirm, danger, disabled, typed, onClose, onConfirm, answerTo, children }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const leave = useLeave(useChanged(typed ?? null), onClose)
  async function go() {
    setBusy(true)
    setError(undefined)
    try {
      await onConfirm()
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const offered = error instanceof Problem && answerTo?.(error)
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650}>{title}</Text>} size="md">
      {leave.question}
      <form onSubmit={(e) => { e.preventDefault(); void go() }}>
        <Stack gap="sm">
          {children}
          {error !== undefined && !offered && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          {offered}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={leave.close}>Cancel</Button>
            <Button type="submit" color={danger ? 'red.8' : undefined} loading={busy} disabled={disabled}>{confirm}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
