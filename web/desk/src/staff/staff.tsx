// Who works here, who is invited, and what the roles may do.
import { Badge, Box, Button, Table } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useApi } from '../api/query'
import { useMay, useMe } from '../api/session'
import type { Staff as Colleague } from '../api/types'
import { useDeed } from '../app/palette-state'
import { Page } from '../ui/page'
import { SearchField } from '../ui/search-field'
import { Empty, Loaded } from '../ui/states'
import { ago, dateTime } from '../ui/time'
import { Invitations, Invite } from './invitations'
import { Person } from './person'
import { staffWrite } from './rights'
import { Roles } from './roles'

export function Staff() {
  const decides = useMay()(staffWrite)
  const staff = useApi('GET /staff')
  const [open, setOpen] = useState<string>()
  const [inviting, setInviting] = useState(false)
  useDeed('invite', decides, () => setInviting(true))
  const person = staff.data?.staff.find((p) => p.id === open)
  return (
    <Page title="Staff and roles" lead="Who works at this desk, and what they may do."
      actions={decides && <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>Invite a colleague</Button>}>
      <Loaded query={staff}>{({ staff }) => <People staff={staff} onOpen={setOpen} />}</Loaded>
      {decides && <Invitations />}
      <Roles />
      {decides && inviting && <Invite onClose={() => setInviting(false)} />}
      {person && <Person person={person} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

function People({ staff, onOpen }: { staff: Colleague[]; onOpen: (id: string) => void }) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const shown = staff.filter((p) => `${p.name} ${p.email} ${p.role_name}`.toLowerCase().includes(wanted))
  return (
    <>
      <Box mb="md"><SearchField label="Search staff" placeholder="Name, address or role" value={text} onChange={setText} /></Box>
      {shown.length === 0 ? <Empty title="Nobody fits"><Button variant="default" onClick={() => setText('')}>Show all</Button></Empty> : (
        <div className="tablewrap panel" role="region" aria-label="Staff" tabIndex={0}>
          <Table>
            <Table.Thead><Table.Tr><Table.Th>Name</Table.Th><Table.Th>Role</Table.Th><Table.Th visibleFrom="sm">Second factor</Table.Th><Table.Th visibleFrom="sm">Last seen</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{shown.map((p) => <Row key={p.id} person={p} onOpen={() => onOpen(p.id)} />)}</Table.Tbody>
          </Table>
        </div>
      )}
    </>
  )
}

function Row({ person: p, onOpen }: { person: Colleague; onOpen: () => void }) {
  const me = useMe()
  return (
    <Table.Tr>
      <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)">
        <button type="button" className="plain-link" onClick={onOpen}>{p.name}</button>{p.id === me.id && ' (you)'}
        <div className="dim" style={{ fontWeight: 400, overflowWrap: 'anywhere' }}>{p.email}</div>
      </Table.Th>
      <Table.Td>{p.role_name} {p.disabled_at && <Badge color="gray">suspended</Badge>}</Table.Td>
      <Table.Td visibleFrom="sm">{p.second_factor ? 'yes' : <Badge color="gray">none</Badge>}</Table.Td>
      <Table.Td visibleFrom="sm" className="nowrap">{p.last_seen_at ? <time dateTime={p.last_seen_at} title={dateTime(p.last_seen_at)}>{ago(p.last_seen_at)}</time> : 'never'}</Table.Td>
    </Table.Tr>
  )
}
