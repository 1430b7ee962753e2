// The views as buttons in a row; a filter that has no view yet can become one.
import { ActionIcon, Button, Group, Popover, TextInput } from '@mantine/core'
import { IconBookmarkPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useMe } from '../api/session'
import type { NotesSearch } from '../app/router'
import { dropView, everybodys, keepView, sameSearch, useOwnViews } from './views'

export function ViewBar({ search, onChoose }: { search: NotesSearch; onChoose: (search: NotesSearch) => void }) {
  const me = useMe()
  const own = useOwnViews(me.id)
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const views = [...everybodys, ...own]
  const known = views.some((v) => sameSearch(v.search, search))
  return (
    <Group gap={6} mb="sm" role="group" aria-label="Views">
      {views.map((v) => {
        const here = sameSearch(v.search, search)
        return (
          <Button.Group key={v.name + (v.own ? '·' : '')}>
            <Button size="compact-sm" variant={here ? 'light' : 'subtle'} color={here ? undefined : 'gray'} c={here ? undefined : 'var(--mantine-color-text)'} aria-pressed={here} onClick={() => onChoose(v.search)}>{v.name}</Button>
            {v.own && here && <ActionIcon variant="light" size={26} aria-label={`Remove the view “${v.name}”`} onClick={() => dropView(me.id, v.name)}><IconX size={14} /></ActionIcon>}
          </Button.Group>
        )
      })}
      {!known && (
        <Popover opened={open} onChange={setOpen} trapFocus shadow="md">
          <Popover.Target>
            <Button size="compact-sm" variant="subtle" leftSection={<IconBookmarkPlus size={15} aria-hidden />} onClick={() => setOpen(true)}>Keep this view</Button>
          </Popover.Target>
          <Popover.Dropdown>
            <form onSubmit={(e) => {
              e.preventDefault()
              if (!name.trim()) return
              keepView(me.id, { name: name.trim(), search })
              setName('')
              setOpen(false)
            }}>
              <Group gap="xs" align="end">
                <TextInput label="Name of the view" value={name} maxLength={40} required withAsterisk={false} onChange={(e) => setName(e.currentTarget.value)} />
                <Button type="submit">Keep</Button>
              </Group>
            </form>
          </Popover.Dropdown>
        </Popover>
      )}
    </Group>
  )
}
