// The saved states of a note: name them, compare any two, bring one back.
import { ActionIcon, Badge, Button, Checkbox, Group, Menu, Text, TextInput } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api } from '../../api/client'
import { refresh, useApi } from '../../api/query'
import { useMay } from '../../api/session'
import type { Revision } from '../../api/types'
import { Loaded } from '../../ui/states'
import { ago, dateTime } from '../../ui/time'
import { failed } from '../../ui/toast'
import { act } from '../flow/act'
import { useSaver, useSnapshot } from '../use-saver'

export function Revisions({ onClose }: { onClose: () => void }) {
  const { note } = useSnapshot()
  const navigate = useNavigate()
  const list = useApi('GET /notes/{id}/revisions', { path: { id: note.id } })
  const [picked, setPicked] = useState<number[]>([])
  const pick = (n: number, on: boolean) => setPicked(on ? [...picked.slice(-1), n] : picked.filter((x) => x !== n))
  const compare = (from: number, to: number) => void navigate({ to: '/notes/$id/compare', params: { id: note.id }, search: { from: Math.min(from, to), to: Math.max(from, to) } })
  return (
    <Loaded query={list} rows={6}>
      {({ revisions }) => (
        <>
          <Group justify="space-between" mb="sm">
            <Text size="sm" c="dimmed">{picked.length === 2 ? `Revisions ${Math.min(...picked)} and ${Math.max(...picked)}` : 'Tick two to compare them.'}</Text>
            <Button size="xs" disabled={picked.length !== 2} onClick={() => compare(picked[0]!, picked[1]!)}>Compare</Button>
          </Group>
          <ol className="panel rows revisions">
            {revisions.map((r, i) => (
              <Row key={r.number} revision={r} newest={i === 0} ticked={picked.includes(r.number)} onTick={(on) => pick(r.number, on)} onClose={onClose}
                onCompare={revisions[i + 1] && (() => compare(revisions[i + 1]!.number, r.number))} />
            ))}
          </ol>
        </>
      )}
    </Loaded>
  )
}

interface RowProps {
  revision: Revision
  newest: boolean
  ticked: boolean
  onTick: (on: boolean) => void
  onCompare?: () => void
  onClose: () => void
}

function Row({ revision: r, newest, ticked, onTick, onCompare, onClose }: RowProps) {
  const saver = useSaver()
  const { note } = useSnapshot()
  const write = useMay()('notes.write') && note.status !== 'archived'
  const [naming, setNaming] = useState(false)
  const restore = () => act(saver, (id, ifMatch) => api('POST /notes/{id}/revisions/{number}/restoration', { path: { id, number: r.number }, body: {}, ifMatch }), `Revision ${r.number} is back, as a new revision`).then(onClose, (error: unknown) => failed(error))
  async function name(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    try {
      await api('PUT /notes/{id}/revisions/{number}/name', { path: { id: note.id, number: r.number }, body: { name: String(new FormData(e.currentTarget).get('name')).trim() } })
      await refresh('notes')
      setNaming(false)
    } catch (error) {
      failed(error)
    }
  }
  return (
    <li className="panel-pad revision">
      <Checkbox aria-label={`Compare revision ${r.number}`} checked={ticked} onChange={(e) => onTick(e.currentTarget.checked)} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap={6}>
          <Text size="sm" fw={600}>{r.name || `Revision ${r.number}`}</Text>
          {r.name && <Text size="xs" c="dimmed">Revision {r.number}</Text>}
          {r.live && <Badge color="teal">readers see this one</Badge>}
          {newest && <Badge color="ink">draft</Badge>}
          {r.approved ? <Badge color="teal">approved</Badge> : r.submitted && <Badge color="yellow">submitted</Badge>}
        </Group>
        <Text size="xs" c="dimmed"><time dateTime={r.created_at} title={dateTime(r.created_at)}>{ago(r.saved_at ?? r.created_at)}</time>, {r.created_by}, {r.words.toLocaleString('en')} words{r.restored_from && `, from revision ${r.restored_from}`}</Text>
        {r.why && <Text size="sm">{r.why}</Text>}
        {naming && (
          <form onSubmit={(e) => void name(e)} style={{ display: 'flex', gap: 8, marginTop: 6 }}>
            <TextInput size="xs" flex={1} aria-label={`Name of revision ${r.number}`} name="name" placeholder="Before the cuts" maxLength={100} defaultValue={r.name} autoFocus />
            <Button size="xs" type="submit">Keep</Button>
          </form>
        )}
      </div>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={`Revision ${r.number}: actions`}><IconDots size={16} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {onCompare && <Menu.Item onClick={onCompare}>Compare with the one before</Menu.Item>}
          {write && <Menu.Item onClick={() => setNaming(true)}>{r.name ? 'Rename' : 'Give it a name'}</Menu.Item>}
          {write && !newest && <Menu.Item onClick={() => void restore()}>Bring it back</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
