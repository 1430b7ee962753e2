// The list of keys that `?` shows.
import { Modal, Table, Text } from '@mantine/core'
import { useMay } from '../api/session'
import { screenShortcuts, shortcutsOpen, type Shortcut } from './keys'
import { places } from './nav'

export function Shortcuts() {
  const may = useMay()
  const here = screenShortcuts.use()
  const everywhere: Shortcut[] = [
    { keys: 'Ctrl K', does: 'Search or jump to anything' },
    { keys: '/', does: 'Search in the list' },
    ...(may('notes.write') ? [{ keys: 'c', does: 'New note' }] : []),
    { keys: '?', does: 'This list' },
    ...places(may).filter((p) => p.key).map((p) => ({ keys: `g ${p.key}`, does: `Go to: ${p.label}` })),
  ]
  return (
    <Modal opened onClose={() => shortcutsOpen.set(false)} title={<Text fw={650}>Keys</Text>} size="lg">
      {here.length > 0 && <List title="On this screen" list={here} />}
      <List title="Everywhere" list={everywhere} />
    </Modal>
  )
}

function List({ title, list }: { title: string; list: Shortcut[] }) {
  return (
    <Table mb="md" aria-label={title}>
      <Table.Caption style={{ captionSide: 'top', textAlign: 'left' }}>{title}</Table.Caption>
      <Table.Tbody>
        {list.map((s) => (
          <Table.Tr key={s.keys + s.does}>
            <Table.Td w="40%">{s.keys.split(' ').map((k) => <kbd key={k} style={{ marginRight: 4 }}>{k}</kbd>)}</Table.Td>
            <Table.Td>{s.does}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
