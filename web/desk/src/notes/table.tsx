// The notes in rows.
import { Checkbox, Table, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ListedNote, Person } from '../api/types'
import { useMay } from '../api/session'
import { useTicks } from '../ui/ticks'
import type { ListLook } from '../ui/views/use-look'
import { cell, columnNames, long, sorts, type Column } from './columns'

interface Props {
  notes: ListedNote[]
  look: ListLook
  columns: Column[]
  ticked: ReadonlySet<string>
  onTick: (ids: ReadonlySet<string>) => void
  /** These are the rows of the filter before. */
  stale?: boolean
}

export const mayAct = (may: (c: string) => boolean) => ['notes.write', 'notes.publish', 'notes.retract', 'notes.archive'].some(may)

export function NotesTable({ notes, look, columns, ticked, onTick, stale }: Props) {
  const may = useMay()
  const bulk = mayAct(may)
  const all = notes.every((n) => ticked.has(n.id))
  const tick = useTicks(notes.map((n) => n.id), ticked, onTick)
  return (
    <div className="tablewrap panel" role="region" aria-label="Notes" tabIndex={0} aria-busy={stale} style={{ opacity: stale ? 0.6 : 1 }}>
      <Table miw={{ sm: 260 + columns.length * 105 }} verticalSpacing={look.look.density === 'compact' ? 3 : undefined} fz={look.look.density === 'compact' ? 'xs' : undefined}>
        <Table.Thead>
          <Table.Tr>
            {bulk && <Table.Th w={44}><Checkbox aria-label="Tick all" checked={all} indeterminate={!all && ticked.size > 0} onChange={() => onTick(all ? new Set() : new Set(notes.map((n) => n.id)))} /></Table.Th>}
            <Head name="title" label="Title" look={look} />
            {columns.map((c) => <Head key={c} name={c} label={columnNames[c]} look={look} wideOnly={c !== 'status'} />)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {notes.map((n, i) => (
            <Table.Tr key={n.id} bg={ticked.has(n.id) ? 'var(--mantine-primary-color-light)' : undefined}>
              {bulk && <Table.Td><Checkbox size={look.look.density === 'compact' ? 'xs' : undefined} aria-label={`Tick “${n.title}”`} checked={ticked.has(n.id)} onChange={(e) => tick(i, e.currentTarget.checked, (e.nativeEvent as MouseEvent).shiftKey)} /></Table.Td>}
              <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)" miw={180}><Link to="/notes/$id" params={{ id: n.id }} className="shy" data-row={n.id}>{n.title || 'Untitled'}</Link><Here people={n.present} /></Table.Th>
              {columns.map((c) => <Table.Td key={c} className={long.has(c) ? undefined : 'nowrap'} visibleFrom={c === 'status' ? undefined : 'sm'}>{cell(n, c)}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** A heading; of a column that can be sorted by, a button that does it. */
function Head({ name, label, look, wideOnly }: { name: Column | 'title'; label: string; look: ListLook; wideOnly?: boolean }) {
  const sort = sorts[name]
  const { look: l, ask } = look
  const here = !!sort && (l.sort || 'changed') === sort
  const up = (sort === 'title') !== l.reverse
  const Arrow = up ? IconArrowUp : IconArrowDown
  return (
    <Table.Th className="nowrap" visibleFrom={wideOnly ? 'sm' : undefined} aria-sort={here ? (up ? 'ascending' : 'descending') : undefined}>
      {sort ? (
        <button type="button" className="plain-link sort" onClick={() => ask({ sort: sort === 'changed' ? '' : sort, reverse: here && !l.reverse })}>
          {label}{here && <Arrow size={13} aria-hidden />}
        </button>
      ) : label}
    </Table.Th>
  )
}

const list = new Intl.ListFormat('en')

/** Who else has the note open. */
function Here({ people = [] }: { people?: Person[] }) {
  if (people.length === 0) return null
  return <Text span display="block" size="xs" c="dimmed" fw={400}>{list.format(people.map((p) => p.name))} {people.length === 1 ? 'is' : 'are'} in it</Text>
}
