// Signing in to the desk.
import { Alert, Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { sentence } from '../api/problem'
import type { Me } from '../api/types.gen'
import { useTitle } from '../ui/page'

interface Props {
  email?: string
  onSignedIn: (me: Me) => void
}

export function SignIn({ onSignedIn }: Props) {
  useTitle('Sign in')
  return (
    <main className="sign-in">
      <div className="sign-in-card"><div>
        <Title order={1} size="h2" mb="lg">Sign in to the desk</Title>
        <SignInForm onSignedIn={onSignedIn} />
      </div></div>
    </main>
  )
}

export function SignInForm({ email = '', onSignedIn }: Props) {
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const form = new FormData(e.currentTarget)
    setBusy(true)
    setProblem('')
    try {
      onSignedIn(await api('POST /session', { body: { email: String(form.get('email')), password: String(form.get('password')) }, quiet: true }))
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(e) => void submit(e)}>
      <Stack>
        {problem && <Alert color="red" role="alert">{problem}</Alert>}
        <TextInput label="E-mail address" name="email" type="email" autoComplete="username" required withAsterisk={false} maxLength={254} defaultValue={email} autoFocus={!email} />
        <PasswordInput label="Password" name="password" autoComplete="current-password" required withAsterisk={false} maxLength={1024} autoFocus={!!email} />
        <Button type="submit" loading={busy} fullWidth>Sign in</Button>
      </Stack>
    </form>
  )
}
