import { Checkbox, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import type { NoteSummary, Person } from '../api/types.gen'
import { useMay } from '../api/session'
import { ago, date, dateTime } from '../ui/time'
import { gateWords, kindWords, StatusBadge } from './status'

interface Props {
  notes: NoteSummary[]
  ticked: ReadonlySet<string>
  onTick: (ids: ReadonlySet<string>) => void
  /** These are the rows of the filter before. */
  stale?: boolean
}

export function NotesTable({ notes, ticked, onTick, stale }: Props) {
  const may = useMay()
  const bulk = may('notes.write') || may('notes.publish') || may('notes.retract') || may('notes.archive')
  const last = useRef(-1)
  const all = ticked.size === notes.length

  // With Shift, everything between this row and the one ticked before.
  function tick(i: number, on: boolean, range: boolean) {
    const next = new Set(ticked)
    const [from, to] = range && last.current >= 0 ? [Math.min(i, last.current), Math.max(i, last.current)] : [i, i]
    for (const n of notes.slice(from, to + 1)) {
      if (on) next.add(n.id)
      else next.delete(n.id)
    }
    last.current = i
    onTick(next)
  }
  return (
    <div className="tablewrap panel" role="region" aria-label="Notes" tabIndex={0} aria-busy={stale} style={{ opacity: stale ? 0.6 : 1 }}>
      <Table miw={{ sm: 680 }}>
        <Table.Thead>
          <Table.Tr>
            {bulk && <Table.Th w={44}><Checkbox aria-label="Tick all" checked={all} indeterminate={!all && ticked.size > 0} onChange={() => onTick(all ? new Set() : new Set(notes.map((n) => n.id)))} /></Table.Th>}
            <Table.Th>Title</Table.Th><Table.Th>Status</Table.Th><Table.Th visibleFrom="sm">Kind</Table.Th><Table.Th visibleFrom="sm">Gate</Table.Th>
            <Table.Th visibleFrom="sm">Published</Table.Th><Table.Th visibleFrom="sm">Changed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {notes.map((n, i) => (
            <Table.Tr key={n.id} bg={ticked.has(n.id) ? 'var(--mantine-primary-color-light)' : undefined}>
              {bulk && <Table.Td><Checkbox aria-label={`Tick “${n.title}”`} checked={ticked.has(n.id)} onChange={(e) => tick(i, e.currentTarget.checked, (e.nativeEvent as MouseEvent).shiftKey)} /></Table.Td>}
              <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)"><Link to="/notes/$id" params={{ id: n.id }} className="shy">{n.title || 'Untitled'}</Link><Here people={n.present} /></Table.Th>
              <Table.Td><StatusBadge note={n} /></Table.Td>
              <Table.Td className="nowrap" visibleFrom="sm">{kindWords[n.kind] ?? n.kind}</Table.Td>
              <Table.Td className="nowrap" visibleFrom="sm">{gateWords[n.gate] ?? n.gate}</Table.Td>
              <Table.Td className="nowrap" visibleFrom="sm">{date(n.published_at)}</Table.Td>
              <Table.Td className="nowrap" visibleFrom="sm"><time dateTime={n.updated_at} title={dateTime(n.updated_at)}>{ago(n.updated_at)}</time></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

const list = new Intl.ListFormat('en')

/** Who else has the note open. */
function Here({ people = [] }: { people?: Person[] }) {
  if (people.length === 0) return null
  return <Text span display="block" size="xs" c="dimmed" fw={400}>{list.format(people.map((p) => p.name))} {people.length === 1 ? 'is' : 'are'} in it</Text>
}
