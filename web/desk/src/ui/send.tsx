// Sending a form: whether it is on its way, and what was wrong with it.
import { Alert } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { fieldMessages, sentence } from '../api/problem'

interface Sending {
  /** Does the work; tells whether it went well. */
  send: (work: () => Promise<unknown>) => Promise<boolean>
  busy: boolean
  /** Sentences about fields, by their name, such as "prices.0.amount". */
  fields: Record<string, string>
  /** What was wrong, to be drawn by the form. */
  problem: ReactNode
}

export function useSend(): Sending {
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  async function send(work: () => Promise<unknown>): Promise<boolean> {
    setBusy(true)
    setError(undefined)
    try {
      await work()
      return true
    } catch (problem) {
      setError(problem)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { send, busy, fields: fieldMessages(error), problem: error === undefined ? null : <Alert color="red" role="alert">{sentence(error)}</Alert> }
}
