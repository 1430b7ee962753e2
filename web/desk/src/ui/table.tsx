// A list with columns. Where the screen is narrow each row stands as a card,
// with the names of its columns, so that nothing has to be scrolled sideways.
import { Table } from '@mantine/core'
import { createContext, use, type ComponentProps, type ReactNode } from 'react'

interface Head {
  label: string
  /** Numbers stand to the right, below each other. */
  right?: boolean
}

interface Props {
  label: string
  heads: (string | Head)[]
  /** Whether rows end in buttons. */
  actions?: boolean
  /** What the columns need before they are scrolled, in pixels. */
  width: number
  /** Without a frame of its own, inside a panel that has one. */
  bare?: boolean
  children: ReactNode
}

const Heads = createContext<Head[]>([])

// The roles are said because a table that is drawn as something else is not
// one to screen readers any more.
export function DataTable({ label, heads, actions, width, bare, children }: Props) {
  const all = heads.map((h) => (typeof h === 'string' ? { label: h } : h))
  return (
    <div className={bare ? 'tablewrap' : 'tablewrap panel'} role="region" aria-label={label} tabIndex={0}>
      <Table miw={{ sm: width }} className="cards" role="table">
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {all.map((h) => <Table.Th key={h.label} role="columnheader" ta={h.right ? 'right' : undefined}>{h.label}</Table.Th>)}
            {actions && <Table.Th role="columnheader"><span className="visually-hidden">Actions</span></Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup"><Heads value={all}>{children}</Heads></Table.Tbody>
      </Table>
    </div>
  )
}

interface Row extends Omit<ComponentProps<typeof Table.Tr>, 'children'> {
  head: ReactNode
  cells: ReactNode[]
  actions?: ReactNode
}

export function DataRow({ head, cells, actions, ...tr }: Row) {
  const heads = use(Heads)
  return (
    <Table.Tr {...tr} role="row">
      <Table.Th scope="row" role="rowheader" fz="sm" c="var(--mantine-color-text)">{head}</Table.Th>
      {cells.map((cell, i) => <Table.Td key={i} role="cell" data-head={heads[i + 1]?.label} className={heads[i + 1]?.right ? 'right' : undefined}>{cell}</Table.Td>)}
      {actions !== undefined && <Table.Td role="cell" className="row-acts"><div>{actions}</div></Table.Td>}
    </Table.Tr>
  )
}
