// The authenticator app, passkeys and recovery codes of one's own account.
import { Alert, Badge, Button, Group, Image, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconDeviceMobile, IconFingerprint, IconLifebuoy } from '@tabler/icons-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { api } from '../api/client'
import { sentence } from '../api/problem'
import { refresh, useApi } from '../api/query'
import { useMe } from '../api/session'
import type { Passkey, TOTPSecret } from '../api/types'
import { makePasskey, passkeysWork } from '../signin/webauthn'
import { Ask } from '../ui/ask'
import { ago, date } from '../ui/time'
import { done, failed } from '../ui/toast'
import { Codes } from './codes'
import { useConfirmed } from './confirm'

const changed = () => refresh('session', 'me')

export function SecondFactor() {
  const me = useMe()
  const run = useConfirmed()
  const [codes, setCodes] = useState<string[]>()
  const [setup, setSetup] = useState<TOTPSecret>()
  const [dropping, setDropping] = useState<'totp' | Passkey>()
  const keys = useApi('GET /me/passkeys')
  const factors = me.factors ?? { totp: false, passkeys: 0, recovery_codes_left: 0 }

  const attempt = (verb: () => Promise<unknown>) => verb().catch((error: unknown) => failed(error))
  const prepare = () => attempt(async () => setSetup(await run(() => api('POST /me/totp'))))
  const addPasskey = () => attempt(async () => {
    const ceremony = await run(() => api('POST /me/passkeys/options'))
    const credential = await makePasskey(ceremony.public_key)
    const added = await api('POST /me/passkeys', { body: { ticket: ceremony.ticket, name: deviceName(), credential } })
    await changed()
    if (added.recovery_codes?.length) setCodes(added.recovery_codes)
    else done('The passkey is added')
  })
  const newCodes = () => attempt(async () => {
    setCodes((await run(() => api('POST /me/recovery-codes'))).recovery_codes)
    await changed()
  })

  return (
    <div className="panel rows">
      <Row icon={<IconDeviceMobile aria-hidden />} title="Authenticator app" text={factors.totp ? 'Asks for six digits after the password.' : 'Six digits from an app on your phone, after the password.'} state={factors.totp}>
        {factors.totp ? <Button size="xs" variant="default" onClick={() => setDropping('totp')}>Take away</Button> : <Button size="xs" onClick={() => void prepare()}>Set up</Button>}
      </Row>
      <Row icon={<IconFingerprint aria-hidden />} title="Passkeys" text="Fingerprint, face or a security key; they sign in without a password, too." state={factors.passkeys > 0}>
        {passkeysWork() ? <Button size="xs" variant={factors.passkeys ? 'default' : 'filled'} onClick={() => void addPasskey()}>Add a passkey</Button> : <Text size="sm" c="dimmed">This browser has none.</Text>}
      </Row>
      {(keys.data?.passkeys ?? []).map((k) => <PasskeyRow key={k.id} passkey={k} onDrop={() => setDropping(k)} />)}
      {(factors.totp || factors.passkeys > 0) && (
        <Row icon={<IconLifebuoy aria-hidden />} title="Recovery codes" text={`${factors.recovery_codes_left} left. New ones make the old ones void.`}>
          <Button size="xs" variant="default" onClick={() => void newCodes()}>Make new ones</Button>
        </Row>
      )}
      {setup && <TotpSetup setup={setup} onClose={() => setSetup(undefined)} onDone={(c) => { setSetup(undefined); if (c?.length) setCodes(c); else done('The app is set up') }} />}
      <Codes codes={codes} onClose={() => setCodes(undefined)} />
      <Ask open={!!dropping} danger title={dropping === 'totp' ? 'Take the app away?' : `Forget the passkey “${dropping?.name}”?`} confirm="Take away" onClose={() => setDropping(undefined)}
        onConfirm={async () => {
          await run(() => dropping === 'totp' ? api('DELETE /me/totp') : api('DELETE /me/passkeys/{id}', { path: { id: dropping!.id } }))
          await changed()
        }}>
        <Text size="sm">It no longer signs you in.</Text>
      </Ask>
    </div>
  )
}

function deviceName(): string {
  const system = /Windows|Macintosh|iPhone|iPad|Android|Linux/.exec(navigator.userAgent)?.[0] ?? 'a device'
  const browser = /Firefox|Edg|Chrome|Safari/.exec(navigator.userAgent)?.[0].replace('Edg', 'Edge') ?? 'Browser'
  return `${browser} on ${system === 'Macintosh' ? 'a Mac' : system}`
}

function Row({ icon, title, text, state, children }: { icon: ReactNode; title: string; text: string; state?: boolean; children: ReactNode }) {
  return (
    <Group className="panel-pad" wrap="nowrap" align="center">
      {icon}
      <div style={{ flex: 1 }}>
        <Group gap="xs"><Text fw={600} size="sm">{title}</Text>{state && <Badge color="teal">on</Badge>}</Group>
        <Text size="sm" c="dimmed">{text}</Text>
      </div>
      {children}
    </Group>
  )
}

function PasskeyRow({ passkey, onDrop }: { passkey: Passkey; onDrop: () => void }) {
  const [name, setName] = useState<string>()
  async function rename(e: FormEvent) {
    e.preventDefault()
    try {
      await api('PATCH /me/passkeys/{id}', { path: { id: passkey.id }, body: { name: name! } })
      await refresh('me')
      setName(undefined)
    } catch (error) {
      failed(error)
    }
  }
  return (
    <Group className="panel-pad" pl={60} gap="xs">
      {name === undefined ? (
        <>
          <div style={{ flex: 1 }}><Text size="sm">{passkey.name}</Text><Text size="xs" c="dimmed">Added {date(passkey.created_at)}, {passkey.last_used_at ? `used ${ago(passkey.last_used_at)}` : 'not used yet'}</Text></div>
          <Button size="compact-xs" variant="subtle" aria-label={`Rename “${passkey.name}”`} onClick={() => setName(passkey.name)}>Rename</Button>
          <Button size="compact-xs" variant="subtle" color="red" aria-label={`Forget “${passkey.name}”`} onClick={onDrop}>Forget</Button>
        </>
      ) : (
        <form onSubmit={(e) => void rename(e)} style={{ display: 'flex', gap: 8, flex: 1 }}>
          <TextInput aria-label="Name of the passkey" flex={1} size="xs" value={name} maxLength={100} required autoFocus onChange={(e) => setName(e.currentTarget.value)} />
          <Button size="xs" type="submit">Rename</Button>
          <Button size="xs" variant="default" onClick={() => setName(undefined)}>Cancel</Button>
        </form>
      )}
    </Group>
  )
}

function TotpSetup({ setup, onClose, onDone }: { setup: TOTPSecret; onClose: () => void; onDone: (codes?: string[]) => void }) {
  const run = useConfirmed()
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const code = String(new FormData(e.currentTarget).get('code')).replaceAll(' ', '')
    setBusy(true)
    setProblem('')
    try {
      const { recovery_codes } = await run(() => api('PUT /me/totp', { body: { code } }))
      await changed()
      onDone(recovery_codes)
    } catch (error) {
      setProblem(sentence(error))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>Set up the app</Text>}>
      <form onSubmit={(e) => void submit(e)}>
        <Stack>
          <Text size="sm">Take a picture of this with your authenticator app, and type the six digits it shows.</Text>
          <Image src={setup.qr} alt="QR code for the authenticator app" w={200} h={200} mx="auto" style={{ imageRendering: 'pixelated', border: '8px solid #fff' }} />
          <Text size="xs" c="dimmed" ta="center" style={{ overflowWrap: 'anywhere' }}>Or type this into the app: <span className="code">{setup.secret.match(/.{1,4}/g)?.join(' ')}</span></Text>
          {problem && <Alert color="red" role="alert">{problem}</Alert>}
          <TextInput label="Code from the app" name="code" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9 ]{6,7}" maxLength={7} required withAsterisk={false} data-autofocus />
          <Button type="submit" loading={busy}>Take it into use</Button>
        </Stack>
      </form>
    </Modal>
  )
}
