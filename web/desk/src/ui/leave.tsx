// Leaving a form in which something is not saved yet: asked about, whether the
// screen is changed, the page is closed or the dialog is dismissed.
import { Button, Group, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { stayHere } from '../app/palette-state'
import { Over } from './over'

interface Leave {
  /** Closes the dialog the form stands in, after asking if that loses something. */
  close: () => void
  /** To be drawn by the form. */
  question: ReactNode
}

/** onLost hears when leaving was chosen, whichever way. */
export function useLeave(unsaved: boolean, onClose: () => void = () => undefined, onLost?: () => void): Leave {
  const [closing, setClosing] = useState(false)
  const way = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved, withResolver: true,
  })
  const blocked = way.status === 'blocked'
  const stay = () => (setClosing(false), stayHere(), way.reset?.())
  const go = () => (setClosing(false), onLost?.(), blocked ? way.proceed() : onClose())
  return {
    close: () => (unsaved ? setClosing(true) : onClose()),
    question: (
      <Over opened={blocked || closing} onClose={stay} zIndex={400} title={<Text fw={650}>Leave without saving?</Text>}>
        <Text size="sm">What you changed here is not saved yet, and is lost if you leave.</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={go}>Leave without saving</Button>
          <Button onClick={stay} data-autofocus>Stay here</Button>
        </Group>
      </Over>
    ),
  }
}
