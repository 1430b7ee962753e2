// Several things in an order that readers see: added by search, moved by
// buttons, so that it works by keyboard and by touch.
import { ActionIcon, Group, Input, Select, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { moved } from '../../ui/list'

interface Props {
  label: string
  data: { value: string; label: string }[]
  value: string[]
  readOnly?: boolean
  error?: string
  onChange: (value: string[]) => void
}

export function OrderedPick({ label, data, value, readOnly, error, onChange }: Props) {
  const name = (v: string) => data.find((d) => d.value === v)?.label ?? v
  const left = data.filter((d) => !value.includes(d.value))
  const move = (i: number, by: number) => onChange(moved(value, i, i + by))
  return (
    <div role="group" aria-label={label}>
      <Input.Label component="div">{label}</Input.Label>
      {value.length > 0 && (
        <ul className="ordered">
          {value.map((v, i) => (
            <li key={v}>
              <Text size="sm" flex={1}>{name(v)}</Text>
              {!readOnly && (
                <Group gap={0} wrap="nowrap">
                  <ActionIcon size="sm" variant="subtle" color="gray" disabled={i === 0} aria-label={`${name(v)}: up`} onClick={() => move(i, -1)}><IconArrowUp size={14} /></ActionIcon>
                  <ActionIcon size="sm" variant="subtle" color="gray" disabled={i === value.length - 1} aria-label={`${name(v)}: down`} onClick={() => move(i, 1)}><IconArrowDown size={14} /></ActionIcon>
                  <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`${name(v)}: take out`} onClick={() => onChange(value.filter((x) => x !== v))}><IconX size={14} /></ActionIcon>
                </Group>
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <Select aria-label={`Add to ${label.toLowerCase()}`} placeholder={left.length ? 'Add …' : 'All are in'} disabled={left.length === 0} searchable data={left} value={null} error={error}
          nothingFoundMessage="None by this name" onChange={(v) => v && onChange([...value, v])} />
      )}
    </div>
  )
}
