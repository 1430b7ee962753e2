// The question about an hour that the clocks show twice.
import { Alert, Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { failed } from '../../ui/toast'
import { offsetOf } from './offset'

interface Props {
  /** Both moments, as the server gives them. */
  choices: string[]
  /** Plans it with the offset that was chosen. */
  onChoose: (offset: string) => Promise<unknown>
}

export function TwiceHour({ choices, onChoose }: Props) {
  const [busy, setBusy] = useState('')
  const choose = (choice: string) => {
    setBusy(choice)
    onChoose(offsetOf(choice)).catch(failed).finally(() => setBusy(''))
  }
  return (
    <Alert color="yellow" role="alert" title="This hour comes twice">
      <Text size="sm" mb="xs">Clocks are set back that night. Which one do you mean?</Text>
      <Stack gap="xs">
        {choices.map((c, i) => (
          <Button key={c} variant="default" loading={busy === c} disabled={busy !== '' && busy !== c} onClick={() => choose(c)}>{i === 0 ? 'The first' : 'The second'}: {c.slice(11, 16)}, UTC{offsetOf(c)}</Button>
        ))}
      </Stack>
    </Alert>
  )
}
