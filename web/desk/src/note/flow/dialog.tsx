// The frame of a verb's dialog: what it asks, what went wrong, the button.
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Problem, sentence } from '../../api/problem'

interface Props {
  title: string
  confirm: string
  danger?: boolean
  disabled?: boolean
  onClose: () => void
  /** Throws what the server said. */
  onConfirm: () => Promise<unknown>
  /** Draws what a refusal offers, such as two moments to choose from. */
  answerTo?: (problem: Problem) => ReactNode
  children: ReactNode
}

export function VerbDialog({ title, confirm, danger, disabled, onClose, onConfirm, answerTo, children }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
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
    <Modal opened onClose={onClose} title={<Text fw={650}>{title}</Text>} size="md">
      <form onSubmit={(e) => { e.preventDefault(); void go() }}>
        <Stack gap="sm">
          {children}
          {error !== undefined && !offered && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          {offered}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" color={danger ? 'red.8' : undefined} loading={busy} disabled={disabled}>{confirm}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
