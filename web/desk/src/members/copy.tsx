// Whose copy a PDF is: the serial at the foot of its pages names the member.
import { Button, Group, Text, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { useMay } from '../api/session'
import type { FoundCopy } from '../api/types'
import { useDeed } from '../app/palette-state'
import { Over } from '../ui/over'
import { useSend } from '../ui/send'
import { dateTime } from '../ui/time'

export function WhoseCopy() {
  const [open, setOpen] = useState(false)
  useDeed('whose-copy', useMay()('members.read'), () => setOpen(true))
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>Whose copy?</Button>
      {open && <Finder onClose={() => setOpen(false)} />}
    </>
  )
}

function Finder({ onClose }: { onClose: () => void }) {
  const [serial, setSerial] = useState('')
  const [found, setFound] = useState<FoundCopy>()
  const { send, busy, fields, problem } = useSend()
  return (
    <Over opened onClose={onClose} title={<Text fw={650}>Whose copy is it?</Text>}>
      <form onSubmit={(e) => {
        e.preventDefault()
        setFound(undefined)
        void send(async () => setFound(await api('GET /copies', { query: { serial: serial.trim() } })))
      }}>
        <TextInput label="Serial" description="At the foot of each page of a PDF copy. Blanks, hyphens and case do not matter." placeholder="7K2M-Q0VX-94TB-HC6E" value={serial} maxLength={60}
          onChange={(e) => setSerial(e.currentTarget.value)} error={fields.serial} autoComplete="off" spellCheck={false} required data-autofocus />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>Close</Button>
          <Button type="submit" loading={busy} disabled={!serial.trim()}>Find</Button>
        </Group>
      </form>
      <div aria-live="polite">
        {problem}
        {found && <Found copy={found} />}
      </div>
    </Over>
  )
}

function Found({ copy }: { copy: FoundCopy }) {
  const { member } = copy
  return (
    <dl className="facts-large" style={{ marginTop: '1rem' }}>
      <dt>Member</dt>
      <dd><Link to="/members/$id" params={{ id: member.id }}>{member.name || member.email || 'Somebody who has left'}</Link>{member.name && member.email ? `, ${member.email}` : ''}</dd>
      <dt>Note</dt>
      <dd>{copy.note_title || copy.note_id}, version {copy.version}</dd>
      <dt>Made</dt>
      <dd><time dateTime={copy.at}>{dateTime(copy.at)}</time>, on {copy.paper === 'a4' ? 'A4' : 'Letter'}</dd>
    </dl>
  )
}
