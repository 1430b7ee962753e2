// Where the link of an invitation leads: choose a name and a password.
import { Alert, Button, Loader, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { useApi } from '../api/query'
import { date } from '../ui/time'
import { Card } from './sign-in'

export function Invitation() {
  const { token } = useParams({ from: '/invitations/$token' })
  const invitation = useApi('GET /invitations/by-token/{token}', { path: { token }, quiet: true })
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const form = new FormData(e.currentTarget)
    setBusy(true)
    setError(undefined)
    try {
      await api('PUT /invitations/by-token/{token}', { path: { token }, body: { name: String(form.get('name')), password: String(form.get('password')) }, quiet: true })
      location.assign('/desk/')
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  if (invitation.isPending) return <Card title="Invitation"><Loader aria-label="Loading" /></Card>
  if (invitation.isError) return <Card title="This invitation is no longer good"><Text>{sentence(invitation.error)} Ask whoever invited you for another one.</Text></Card>
  const { email, publication, role_name, expires_at } = invitation.data
  const fields = fieldMessages(error)
  return (
    <Card title={`Join ${publication}`}>
      <form onSubmit={(e) => void submit(e)}>
        <Stack>
          <Text size="sm">You are invited as {role_name}, with the address {email}. The invitation is good until {date(expires_at)}.</Text>
          {error !== undefined && !fields.name && !fields.password && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          <input type="hidden" name="email" value={email} autoComplete="username" />
          <TextInput label="Your name" name="name" autoComplete="name" description="Colleagues see it beside what you write." required withAsterisk={false} maxLength={100} error={fields.name} autoFocus />
          <PasswordInput label="Password" name="password" autoComplete="new-password" description="At least 12 characters; a few words are fine." required withAsterisk={false} maxLength={1024} error={fields.password} />
          <Button type="submit" fullWidth loading={busy}>Open the desk</Button>
        </Stack>
      </form>
    </Card>
  )
}
