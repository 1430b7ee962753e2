// A question before something that cannot be taken back.
import { Button, Group, Text } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Over } from './over'
import { failed } from './toast'

interface Props {
  open: boolean
  title: string
  children: ReactNode
  confirm: string
  danger?: boolean
  onClose: () => void
  onConfirm: () => Promise<unknown>
}

export function Ask({ open, title, children, confirm, danger, onClose, onConfirm }: Props) {
  const [busy, setBusy] = useState(false)
  // The button cannot hold the focus while it works, and Escape is heard inside
  // the question only.
  const button = useRef<HTMLButtonElement>(null)
  const worked = useRef(false)
  useEffect(() => {
    if (worked.current && !busy) button.current?.focus()
    worked.current = busy
  }, [busy])
  async function go() {
    setBusy(true)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      failed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Over opened={open} onClose={onClose} title={<Text fw={650}>{title}</Text>}>
      {children}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button ref={button} color={danger ? 'red.8' : undefined} loading={busy} onClick={() => void go()} data-autofocus>{confirm}</Button>
      </Group>
    </Over>
  )
}
