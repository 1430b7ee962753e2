// Filters of a list in a row: choices and days. Those asked for rarely stand
// behind a button, and on a phone all of them do: they would stand before the
// first row.
import { Button, Group, Select, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { dayOf, dayStart } from './time'

export interface Filter {
  field: string
  label: string
  /** Choices; without, it is a day. */
  data?: { value: string; label: string }[]
  any?: string
  rare?: boolean
  /** A day: the end, which is the day after, outside. */
  end?: boolean
}

interface Props {
  filters: Filter[]
  value: Record<string, string>
  onSet: (part: Record<string, string>) => void
  children?: ReactNode
}

export function FilterRow({ filters, value, onSet, children }: Props) {
  const wide = useMediaQuery('(min-width: 48em)', true)
  const hidden = (f: Filter) => !wide || !!f.rare
  const active = filters.filter((f) => hidden(f) && value[f.field]).length
  const [open, setOpen] = useState<boolean>()
  const all = open ?? (active > 0 && wide)
  const any = filters.some((f) => value[f.field])
  return (
    <Group gap="sm" mb="md" role="group" aria-label="Filters">
      {filters.filter((f) => all || !hidden(f)).map((f) => <Field key={f.field} filter={f} value={value[f.field] ?? ''} onSet={onSet} wide={wide} />)}
      {filters.some(hidden) && (
        <Button variant="subtle" color="gray" c="var(--mantine-color-text)" aria-expanded={all} onClick={() => setOpen(!all)}>
          {all ? 'Fewer filters' : wide ? 'More filters' : 'Filters'}{!all && active > 0 && ` (${active})`}
        </Button>
      )}
      {any && <Button variant="subtle" color="gray" c="var(--mantine-color-text)" onClick={() => onSet(Object.fromEntries(filters.map((f) => [f.field, ''])))}>Clear filters</Button>}
      {children}
    </Group>
  )
}

function Field({ filter: f, value, onSet, wide }: { filter: Filter; value: string; onSet: Props['onSet']; wide: boolean }) {
  const width = wide ? 165 : 'calc(50% - .4rem)'
  if (!f.data) {
    const shift = f.end ? 1 : 0
    return <TextInput type="date" aria-label={f.label} title={f.label} w={wide ? 190 : width} leftSectionWidth={46} leftSection={<span className="dim date-side">{f.end ? 'to' : 'from'}</span>} value={dayOf(value, shift)}
      onChange={(e) => onSet({ [f.field]: dayStart(e.currentTarget.value, shift) })} />
  }
  return <Select aria-label={f.label} placeholder={f.any} clearable clearButtonProps={{ 'aria-label': f.any }} searchable={f.data.length > 8} w={width} data={f.data} value={value || null}
    nothingFoundMessage="None by this name" onChange={(v) => onSet({ [f.field]: v ?? '' })} />
}
