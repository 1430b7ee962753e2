// Some changes of one's own account want the password once more. This asks for
// it when the server does, and then goes on with what was wanted.
import { Alert, Button, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { createContext, useContext, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { api } from '../api/client'
import { hasCode, sentence } from '../api/problem'

type Run = <T>(verb: () => Promise<T>) => Promise<T>

const Context = createContext<Run>((verb) => verb())

/** Runs a verb, asking for the password first where the server wants it. */
export const useConfirmed = (): Run => useContext(Context)

export class NotConfirmed extends Error {
  override name = 'NotSaved'
  constructor() {
    super('Nothing was changed.')
  }
}

export function Confirmation({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const waiting = useRef<{ done: () => void; no: (e: Error) => void } | undefined>(undefined)

  const run: Run = async (verb) => {
    try {
      return await verb()
    } catch (error) {
      if (!hasCode(error, 'confirmation_required')) throw error
      await new Promise<void>((done, no) => {
        waiting.current = { done, no }
        setProblem('')
        setOpen(true)
      })
      return verb()
    }
  }
  function close() {
    setOpen(false)
    waiting.current?.no(new NotConfirmed())
    waiting.current = undefined
  }
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const password = String(new FormData(e.currentTarget).get('password'))
    setBusy(true)
    try {
      await api('POST /me/confirmation', { body: { password } })
      setOpen(false)
      waiting.current?.done()
      waiting.current = undefined
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Context value={run}>
      {children}
      <Modal opened={open} onClose={close} title={<Text fw={650}>Your password, once more</Text>}>
        <form onSubmit={(e) => void submit(e)}>
          <Stack>
            <Text size="sm">What you are about to change guards your account.</Text>
            {problem && <Alert color="red" role="alert">{problem}</Alert>}
            <PasswordInput label="Password" name="password" autoComplete="current-password" required withAsterisk={false} maxLength={1024} data-autofocus />
            <Button type="submit" loading={busy}>Go on</Button>
          </Stack>
        </form>
      </Modal>
    </Context>
  )
}
