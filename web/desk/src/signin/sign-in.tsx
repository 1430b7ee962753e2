// Signing in to the desk: password, then a second factor; or a passkey alone.
import { Alert, Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { api } from '../api/client'
import { hasCode, sentence } from '../api/problem'
import type { Me, SignIn as Answer } from '../api/types'
import { useTitle } from '../ui/page'
import { passkeysWork, usePasskeyOf } from './webauthn'

interface Props {
  email?: string
  onSignedIn: (me: Me) => void
}

/** A card in the middle of the page, for whoever is not signed in. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title)
  return (
    <main className="sign-in">
      <div className="sign-in-card"><div>
        <Title order={1} size="h2" mb="lg">{title}</Title>
        {children}
      </div></div>
    </main>
  )
}

export function SignIn({ onSignedIn }: Props) {
  return <Card title="Sign in to the desk"><SignInForm onSignedIn={onSignedIn} /></Card>
}

type Ask = { ticket: string; ways: string[] }

/** The steps of signing in, in place of each other. */
export function SignInForm({ email = '', onSignedIn }: Props) {
  const [ask, setAsk] = useState<Ask>()
  const [forgot, setForgot] = useState(false)
  const [address, setAddress] = useState(email)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)

  /** Runs a step, and shows what it is refused for. */
  async function step(run: () => Promise<Answer>) {
    setBusy(true)
    setProblem('')
    try {
      const answer = await run()
      if (answer.ticket && answer.second_factor) setAsk({ ticket: answer.ticket, ways: answer.second_factor })
      else onSignedIn(answer as Me) // nothing more is wanted, so they are told who they are
    } catch (error) {
      setProblem(sentence(error))
      if (hasCode(error, 'ticket_invalid')) setAsk(undefined)
    } finally {
      setBusy(false)
    }
  }
  const withPasskey = (ticket?: string) => step(async () => {
    const ceremony = await api('POST /session/passkey/options', { body: ticket ? { ticket } : {}, quiet: true })
    const credential = await usePasskeyOf(ceremony.public_key)
    return api('POST /session/passkey', { body: { ticket: ceremony.ticket, credential }, quiet: true })
  })

  const told = problem && <Alert color="red" role="alert">{problem}</Alert>
  if (forgot) return <Forgot email={address} onBack={() => setForgot(false)} />
  if (ask) return <SecondFactor {...{ ask, busy, told, withPasskey }} onCode={(body) => step(() => api('POST /session/second-factor', { body: { ticket: ask.ticket, ...body }, quiet: true }))} onBack={() => setAsk(undefined)} />

  const submit = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const form = new FormData(e.currentTarget)
    void step(() => api('POST /session', { body: { email: address, password: String(form.get('password')) }, quiet: true }))
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {told}
        <TextInput label="E-mail address" name="email" type="email" autoComplete="username webauthn" required withAsterisk={false} maxLength={254} value={address} onChange={(e) => setAddress(e.currentTarget.value)} autoFocus={!email} />
        <PasswordInput label="Password" name="password" autoComplete="current-password" required withAsterisk={false} maxLength={1024} autoFocus={!!email} />
        <Button type="submit" loading={busy} fullWidth>Sign in</Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setForgot(true)}>Forgot your password?</Anchor>
        {passkeysWork() && (
          <>
            <Divider label="or" />
            <Button variant="default" fullWidth leftSection={<IconFingerprint size={18} aria-hidden />} disabled={busy} onClick={() => void withPasskey()}>Sign in with a passkey</Button>
          </>
        )}
      </Stack>
    </form>
  )
}

interface FactorProps {
  ask: Ask
  busy: boolean
  told: ReactNode
  withPasskey: (ticket: string) => Promise<void>
  onCode: (body: { totp?: string; recovery_code?: string }) => Promise<void>
  onBack: () => void
}

function SecondFactor({ ask, busy, told, withPasskey, onCode, onBack }: FactorProps) {
  const can = (way: string) => ask.ways.includes(way)
  const [way, setWay] = useState(can('totp') ? 'totp' : can('passkey') ? 'passkey' : 'recovery')
  const submit = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const code = String(new FormData(e.currentTarget).get('code')).trim()
    void onCode(way === 'totp' ? { totp: code.replaceAll(' ', '') } : { recovery_code: code })
  }
  return (
    <Stack>
      <Text size="sm">The password is right. One more step, so that it is really you.</Text>
      {told}
      {way === 'passkey' ? (
        <Button fullWidth loading={busy} leftSection={<IconFingerprint size={18} aria-hidden />} onClick={() => void withPasskey(ask.ticket)} autoFocus>Use your passkey</Button>
      ) : (
        <form onSubmit={submit} key={way}>
          <Stack>
            {way === 'totp'
              ? <TextInput label="Code from your app" name="code" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9 ]{6,7}" maxLength={7} required withAsterisk={false} autoFocus />
              : <TextInput label="Recovery code" description="One of those you kept when you set up the second factor. Each works once." name="code" autoComplete="off" maxLength={40} required withAsterisk={false} autoFocus />}
            <Button type="submit" fullWidth loading={busy}>Go on</Button>
          </Stack>
        </form>
      )}
      {way !== 'passkey' && can('passkey') && <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setWay('passkey')}>Use a passkey</Anchor>}
      {way !== 'totp' && can('totp') && <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setWay('totp')}>Use a code from the app</Anchor>}
      {way !== 'recovery' && can('recovery') && <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setWay('recovery')}>Use a recovery code</Anchor>}
      <Anchor component="button" type="button" size="sm" ta="left" onClick={onBack}>Start again</Anchor>
    </Stack>
  )
}

function Forgot({ email, onBack }: { email: string; onBack: () => void }) {
  const [sent, setSent] = useState('')
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const address = String(new FormData(e.currentTarget).get('email'))
    setBusy(true)
    setProblem('')
    try {
      await api('POST /password-resets', { body: { email: address }, quiet: true })
      setSent(address)
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  const back = <Anchor component="button" type="button" size="sm" ta="left" onClick={onBack}>Back to signing in</Anchor>
  if (sent) return <Stack><Text role="status">If {sent} belongs to somebody here, a letter with a link is on its way.</Text>{back}</Stack>
  return (
    <form onSubmit={(e) => void submit(e)}>
      <Stack>
        <Text size="sm">We send a link to choose a new password.</Text>
        {problem && <Alert color="red" role="alert">{problem}</Alert>}
        <TextInput label="E-mail address" name="email" type="email" autoComplete="username" required withAsterisk={false} maxLength={254} defaultValue={email} autoFocus />
        <Button type="submit" fullWidth loading={busy}>Send the link</Button>
        {back}
      </Stack>
    </form>
  )
}
