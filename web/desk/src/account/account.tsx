// My account: name, password, second factor, where I am signed in.
import { Alert, Badge, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { refresh, useApi } from '../api/query'
import { useMe } from '../api/session'
import { Page } from '../ui/page'
import { Loaded } from '../ui/states'
import { ago } from '../ui/time'
import { done, failed } from '../ui/toast'
import { Confirmation } from './confirm'
import { SecondFactor } from './second-factor'

export function Account() {
  const me = useMe()
  return (
    <Confirmation>
      <Page title="My account" lead={[me.email, me.role_name].filter(Boolean).join(' · ')}>
        <div style={{ maxWidth: '44rem' }}>
          <Name />
          <h2>Second factor</h2>
          <SecondFactor />
          <h2>Password</h2>
          <Password />
          <h2>Where you are signed in</h2>
          <Sessions />
        </div>
      </Page>
    </Confirmation>
  )
}

/** What whoever must add a second factor sees, and nothing else. */
export function Enrol() {
  return (
    <Confirmation>
      <main id="main" className="page" style={{ maxWidth: '44rem', padding: '2rem 1rem' }}>
        <h1>One step before you begin</h1>
        <Text my="md">This publication asks everybody at the desk for a second factor besides the password. Add an app or a passkey; it takes a minute.</Text>
        <SecondFactor />
      </main>
    </Confirmation>
  )
}

function Name() {
  const me = useMe()
  const [error, setError] = useState('')
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    try {
      await api('PATCH /me', { body: { name: String(new FormData(e.currentTarget).get('name')) } })
      await refresh('session', 'me', 'staff')
      setError('')
      done('Your name is changed')
    } catch (problem) {
      setError(sentence(problem))
    }
  }
  return (
    <form className="panel panel-pad" onSubmit={(e) => void submit(e)}>
      <Group align="end" gap="sm">
        <TextInput label="Name" description="Colleagues see it beside what you write." name="name" defaultValue={me.name} key={me.name} maxLength={100} required withAsterisk={false} error={error} flex={1} miw={220} autoComplete="name" />
        <Button type="submit" variant="default">Change the name</Button>
      </Group>
    </form>
  )
}

function Password() {
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const form = e.currentTarget
    const data = new FormData(form)
    setBusy(true)
    setError(undefined)
    try {
      await api('PUT /me/password', { body: { current_password: String(data.get('current')), new_password: String(data.get('new')) } })
      form.reset()
      await refresh('me')
      done('The password is changed, and you are signed out everywhere else')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const fields = fieldMessages(error)
  return (
    <form className="panel panel-pad" onSubmit={(e) => void submit(e)}>
      <Stack>
        {error !== undefined && Object.keys(fields).length === 0 && <Alert color="red" role="alert">{sentence(error)}</Alert>}
        <PasswordInput label="Password now" name="current" autoComplete="current-password" required withAsterisk={false} maxLength={1024} error={fields.current_password} />
        <PasswordInput label="New password" description="At least 12 characters; a few words are fine." name="new" autoComplete="new-password" required withAsterisk={false} maxLength={1024} error={fields.new_password} />
        <Group><Button type="submit" variant="default" loading={busy}>Change the password</Button></Group>
      </Stack>
    </form>
  )
}

function Sessions() {
  const sessions = useApi('GET /me/sessions')
  async function end(verb: () => Promise<unknown>, told: string) {
    try {
      await verb()
      await refresh('me')
      done(told)
    } catch (error) {
      failed(error)
    }
  }
  return (
    <Loaded query={sessions} rows={2}>
      {({ sessions }) => (
        <>
          <div className="panel rows">
            {sessions.map((s) => (
              <Group key={s.id} className="panel-pad" wrap="nowrap">
                <div style={{ flex: 1 }}>
                  <Group gap="xs"><Text size="sm" fw={600}>{s.device || 'Unknown device'}</Text>{s.current && <Badge color="teal">this one</Badge>}</Group>
                  <Text size="sm" c="dimmed">Signed in {ago(s.created_at)}, seen {ago(s.last_seen_at)}</Text>
                </div>
                {!s.current && <Button size="xs" variant="default" aria-label={`Sign out ${s.device}`} onClick={() => void end(() => api('DELETE /me/sessions/{id}', { path: { id: s.id } }), 'Signed out there')}>Sign out</Button>}
              </Group>
            ))}
          </div>
          {sessions.length > 1 && <Button mt="sm" variant="default" onClick={() => void end(() => api('DELETE /me/sessions'), 'Signed out everywhere else')}>Sign out everywhere else</Button>}
        </>
      )}
    </Loaded>
  )
}
