// The first screen: what was changed last.
import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useApi } from '../api/query'
import { useMay, useMe } from '../api/session'
import { newNote } from '../notes/new-note'
import { StatusBadge } from '../notes/status'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { ago } from '../ui/time'

export function Home() {
  const me = useMe()
  const may = useMay()
  const navigate = useNavigate()
  const notes = useApi('GET /notes', { query: { limit: 10 } }, { enabled: may('notes.read') })
  return (
    <Page title="The desk" lead={`Good to see you, ${me.name.split(' ')[0]}.`}
      actions={may('notes.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => void newNote(navigate)}>New note</Button>}>
      <h2>Changed last</h2>
      <Loaded query={notes}>
        {({ notes }) => notes.length === 0 ? (
          <Empty title="No note yet"><p>The first one starts with a title.</p></Empty>
        ) : (
          <div className="panel rows">
            {notes.map((n) => (
              <Group key={n.id} className="panel-pad" justify="space-between" gap="xs">
                <Link to="/notes/$id" params={{ id: n.id }} className="shy">{n.title}</Link>
                <Group gap="xs" wrap="nowrap"><StatusBadge note={n} /><span className="dim nowrap">{ago(n.updated_at)}</span></Group>
              </Group>
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  )
}
