// Which columns a list shows, how close its rows stand, and their order.
import { Button, Checkbox, Popover, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import type { ListLook } from './use-look'

interface Props {
  look: ListLook
  columns: Record<string, string>
  shown: string[]
  /** Orders by their names; a minus is the other way round. */
  orders?: { value: string; label: string }[]
}

export function ShowMenu({ look: l, columns, shown, orders }: Props) {
  const names = Object.keys(columns)
  const toggle = (name: string, on: boolean) => l.show({ columns: names.filter((c) => (c === name ? on : shown.includes(c))) })
  return (
    <Popover shadow="md" position="bottom-end" withinPortal trapFocus>
      <Popover.Target><Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}>Show</Button></Popover.Target>
      <Popover.Dropdown aria-label="What the list shows">
        <Stack gap="sm">
          {orders && (
            <Select label="Order" data={orders} allowDeselect={false} comboboxProps={{ withinPortal: false }} value={(l.look.reverse ? '-' : '') + (l.look.sort || orders[0]!.value)}
              onChange={(v) => v && l.ask({ sort: v.replace('-', '') === orders[0]!.value && !v.startsWith('-') ? '' : v.replace('-', ''), reverse: v.startsWith('-') })} />
          )}
          {names.length > 0 && (
            <Checkbox.Group label="Columns" value={shown}>
              <Stack gap={6} mt={6}>
                {names.map((c) => <Checkbox key={c} value={c} label={columns[c]} onChange={(e) => toggle(c, e.currentTarget.checked)} disabled={shown.length === 1 && shown[0] === c} />)}
              </Stack>
            </Checkbox.Group>
          )}
          <div>
            <Text size="sm" fw={500} mb={4} id="density">Rows</Text>
            <SegmentedControl size="xs" aria-labelledby="density" value={l.look.density} onChange={(v) => l.show({ density: v as 'compact' | 'comfortable' })}
              data={[{ value: 'comfortable', label: 'Comfortable' }, { value: 'compact', label: 'Compact' }]} />
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
