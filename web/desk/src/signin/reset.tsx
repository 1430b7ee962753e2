// Where the link of a reset leads: choose a new password.
import { Alert, Anchor, Button, Loader, PasswordInput, Stack, Text } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { useApi } from '../api/query'
import { Card } from './sign-in'

export function Reset() {
  const { token } = useParams({ from: '/password-resets/$token' })
  const reset = useApi('GET /password-resets/{token}', { path: { token }, quiet: true })
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const password = String(new FormData(e.currentTarget).get('password'))
    setBusy(true)
    setError(undefined)
    try {
      await api('PUT /password-resets/{token}', { path: { token }, body: { password }, quiet: true })
      setDone(true)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const toDesk = <Anchor href="/desk/">To the desk</Anchor>
  if (done) return <Card title="The new password is set"><Stack><Text role="status">You are signed out everywhere. Sign in with the new password.</Text>{toDesk}</Stack></Card>
  if (reset.isPending) return <Card title="New password"><Loader aria-label="Loading" /></Card>
  if (reset.isError) return <Card title="This link is no longer good"><Stack><Text>{sentence(reset.error)} Ask for another one on the sign-in page.</Text>{toDesk}</Stack></Card>
  const fields = fieldMessages(error)
  return (
    <Card title="Choose a new password">
      <form onSubmit={(e) => void submit(e)}>
        <Stack>
          <Text size="sm">For {reset.data.email}.</Text>
          {error !== undefined && !fields.password && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          <input type="hidden" name="email" value={reset.data.email} autoComplete="username" />
          <PasswordInput label="New password" name="password" autoComplete="new-password" description="At least 12 characters; a few words are fine." required withAsterisk={false} maxLength={1024} error={fields.password} autoFocus />
          <Button type="submit" fullWidth loading={busy}>Set the password</Button>
        </Stack>
      </form>
    </Card>
  )
}
