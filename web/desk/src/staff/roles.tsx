// What the roles may do, in words, and the publication's own ones.
import { Badge, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import { useMay, useMe } from '../api/session'
import type { CapabilityText, Role } from '../api/types'
import { useDeed } from '../app/palette-state'
import { Ask } from '../ui/ask'
import { Loaded } from '../ui/states'
import { grouped, mayEdit, staffWrite } from './rights'
import { RoleForm } from './role-form'

export function Roles() {
  const decides = useMay()(staffWrite)
  const roles = useApi('GET /roles')
  const rights = useApi('GET /capabilities', undefined, { staleTime: Infinity })
  const [editing, setEditing] = useState<Role | 'new'>()
  const [dropping, setDropping] = useState<Role>()
  useDeed('new-role', decides && !!rights.data, () => setEditing('new'))
  const texts = rights.data?.capabilities ?? []
  return (
    <section aria-labelledby="roles">
      <Group justify="space-between" mt="xl" mb="sm">
        <h2 id="roles" style={{ margin: 0 }}>Roles</h2>
        {decides && rights.data && <Button variant="default" size="xs" onClick={() => setEditing('new')}>Make a role</Button>}
      </Group>
      <Loaded query={roles}>
        {({ roles }) => (
          <div className="panel rows">
            {roles.map((r) => <Row key={r.id} role={r} texts={texts} onEdit={() => setEditing(r)} onDrop={() => setDropping(r)} />)}
          </div>
        )}
      </Loaded>
      {editing && <RoleForm role={editing === 'new' ? undefined : editing} texts={texts} onClose={() => setEditing(undefined)} />}
      <Ask open={!!dropping} danger title={`Delete the role “${dropping?.name}”?`} confirm="Delete" onClose={() => setDropping(undefined)} onConfirm={async () => {
        await api('DELETE /roles/{id}', { path: { id: dropping!.id } })
        await refresh('roles')
      }}>
        <Text size="sm">Nobody has it. An invitation to it would keep it; withdraw that first.</Text>
      </Ask>
    </section>
  )
}

function Row({ role, texts, onEdit, onDrop }: { role: Role; texts: CapabilityText[]; onEdit: () => void; onDrop: () => void }) {
  const me = useMe()
  const people = role.staff === 1 ? '1 person' : `${role.staff} people`
  return (
    <div className="panel-pad">
      <Group gap="sm">
        <Text fw={600} flex={1} miw={160} style={{ overflowWrap: 'anywhere' }}>{role.name} {role.built_in && <Badge color="gray">built in</Badge>} <Text span size="sm" c="dimmed">{people}</Text></Text>
        {mayEdit(me, role) && (
          <Group gap={4}>
            <Button size="compact-sm" variant="subtle" aria-label={`Edit the role “${role.name}”`} onClick={onEdit}>Edit</Button>
            {role.staff === 0 && <Button size="compact-sm" variant="subtle" color="red" c="var(--desk-bad)" aria-label={`Delete the role “${role.name}”`} onClick={onDrop}>Delete</Button>}
          </Group>
        )}
      </Group>
      <details>
        <summary style={{ cursor: 'pointer', fontSize: '.85rem' }}>What it may do ({role.capabilities.length})</summary>
        {grouped(texts, role.capabilities).map((g) => (
          <div key={g.name}>
            <Text size="xs" fw={600} c="dimmed" mt="sm">{g.name}</Text>
            <ul style={{ margin: '.25rem 0 0', paddingLeft: '1.1rem', fontSize: '.875rem' }}>{g.rights.map((c) => <li key={c.name}>{c.sentence}</li>)}</ul>
          </div>
        ))}
      </details>
    </div>
  )
}
