// What can be done with the notes that are ticked, or with all that fit.
import { Alert, Button, Group, Menu, Text } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useMay } from '../api/session'
import type { Chosen } from './bulk'
import { BulkDialog } from './bulk-dialog'
import { verbs, type Verb } from './verbs'

interface Props {
  notes: Chosen[]
  /** Says how many there are, where these are all that fit. */
  all?: boolean
  /** Offers to choose all that fit. */
  children?: ReactNode
  onDone: () => void
}

export function BulkBar({ notes, all, children, onDone }: Props) {
  const may = useMay()
  const [verb, setVerb] = useState<Verb>()
  const offered = verbs.filter((v) => may(v.need))
  const count = (v: Verb) => notes.filter(v.fits).length
  const fields = offered.filter((v) => v.field)
  return (
    <div className="panel panel-pad bulk" role="region" aria-label="Actions for the ticked notes">
      <Group gap="sm">
        <Text size="sm" fw={600} role="status">{all ? `All ${notes.length} that fit are chosen` : `${notes.length} ticked`}</Text>
        {offered.filter((v) => !v.field).map((v) => (
          <Button key={v.label} size="xs" variant="default" disabled={count(v) === 0} onClick={() => setVerb(v)}>{v.label} {count(v) > 0 && count(v)}</Button>
        ))}
        {fields.length > 0 && (
          <Menu withinPortal position="bottom-start">
            <Menu.Target><Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>Change</Button></Menu.Target>
            <Menu.Dropdown>{fields.map((v) => <Menu.Item key={v.label} disabled={count(v) === 0} onClick={() => setVerb(v)}>{v.label}</Menu.Item>)}</Menu.Dropdown>
          </Menu>
        )}
        <Button size="xs" variant="subtle" onClick={onDone}>Untick all</Button>
      </Group>
      {children && <Alert mt="sm" p="xs" color="gray">{children}</Alert>}
      {verb && <BulkDialog verb={verb} notes={notes.filter(verb.fits)} left={notes.length - count(verb)} onClose={() => setVerb(undefined)} onDone={onDone} />}
    </div>
  )
}
