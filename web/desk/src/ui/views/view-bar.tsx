// The views of a list in a row, and what can be done with the one in front.
import { Alert, Button, Checkbox, Group, Menu, Popover, TextInput } from '@mantine/core'
import { IconBookmarkPlus, IconChevronDown, IconUsers } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useMay } from '../../api/session'
import { Ask } from '../ask'
import { done, failed } from '../toast'
import { begin, change, drop, keep } from './act'
import type { Choice } from './look'
import type { ListLook } from './use-look'

export function ViewBar({ look: l }: { look: ListLook }) {
  return (
    <>
      <Group gap={6} mb="sm" role="group" aria-label="Views" className="views">
        {l.choices.map((c) => <Tab key={c.id} choice={c} look={l} />)}
        {l.changed && <KeepNew look={l} />}
      </Group>
      {l.missing && !l.waiting && <Alert color="yellow" mb="sm" role="status">This view is not there, or it is not shared with you. Everything is shown instead.</Alert>}
    </>
  )
}

function Tab({ choice: c, look: l }: { choice: Choice; look: ListLook }) {
  const here = l.choice?.id === c.id
  const edited = here && l.changed && !!c.kept
  return (
    <Button.Group>
      <Button size="compact-sm" variant={here ? 'light' : 'subtle'} color={here ? undefined : 'gray'} c={here ? undefined : 'var(--mantine-color-text)'} aria-pressed={here && !edited}
        leftSection={c.kept && !c.kept.own ? <IconUsers size={14} aria-label={`Shared by ${c.kept.owner}`} /> : undefined}
        title={c.kept && !c.kept.own ? `Shared by ${c.kept.owner}` : undefined} onClick={() => { l.settle(); l.open(c) }}>
        {c.name}{edited && ' · changed'}
      </Button>
      {here && c.kept && <ViewMenu choice={c} look={l} />}
    </Button.Group>
  )
}

function ViewMenu({ choice: c, look: l }: { choice: Choice; look: ListLook }) {
  const view = c.kept!
  const may = useMay()
  const mine = view.own || (view.shared && may('settings.write'))
  const [asking, setAsking] = useState<'rename' | 'delete'>()
  const run = async (what: () => Promise<unknown>, said: string) => {
    try {
      await what()
      done(said)
    } catch (error) {
      failed(error)
    }
  }
  const link = () => navigator.clipboard.writeText(new URL(`?view=${view.id}`, window.location.href.split('?')[0]).href)
  const save = async () => {
    await change(view, { look: l.look })
    l.settle()
    l.open(c)
  }
  return (
    <>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target><Button size="compact-sm" variant="light" px={4} aria-label={`More about the view “${c.name}”`}><IconChevronDown size={14} aria-hidden /></Button></Menu.Target>
        <Menu.Dropdown>
          {mine && l.changed && <Menu.Item onClick={() => void run(save, 'The view is kept as you see it')}>Save the changes</Menu.Item>}
          {l.changed && <Menu.Item onClick={() => { l.settle(); l.open(c) }}>Back to how it is kept</Menu.Item>}
          <Menu.Item onClick={() => void run(() => begin(view, !view.default), view.default ? 'The list opens without it' : 'The list opens with it')}>{view.default ? 'Do not open the list with it' : 'Open the list with it'}</Menu.Item>
          <Menu.Item onClick={() => void run(link, 'The link is copied')}>Copy the link</Menu.Item>
          {mine && <Menu.Item onClick={() => setAsking('rename')}>Rename</Menu.Item>}
          {mine && <Menu.Item onClick={() => void run(() => change(view, { shared: !view.shared }), view.shared ? 'Only you see it now' : 'Colleagues see it now')}>{view.shared ? 'Stop sharing' : 'Share with the team'}</Menu.Item>}
          {mine && <Menu.Item color="red.8" onClick={() => setAsking('delete')}>Delete</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {asking === 'rename' && <Rename choice={c} onClose={() => setAsking(undefined)} />}
      <Ask open={asking === 'delete'} title={`Delete the view “${c.name}”?`} confirm="Delete" danger onClose={() => setAsking(undefined)}
        onConfirm={async () => { await drop(view); l.settle(); l.open(l.choices[0]!) }}>
        {view.shared ? 'Colleagues lose it, too. ' : ''}What it lists stays as it is.
      </Ask>
    </>
  )
}

function Rename({ choice: c, onClose }: { choice: Choice; onClose: () => void }) {
  const [name, setName] = useState(c.name)
  return (
    <Ask open title="Rename the view" confirm="Rename" onClose={onClose} onConfirm={() => change(c.kept!, { name })}>
      <TextInput label="Name of the view" value={name} maxLength={60} data-autofocus onChange={(e) => setName(e.currentTarget.value)} />
    </Ask>
  )
}

function KeepNew({ look: l }: { look: ListLook }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [busy, setBusy] = useState(false)
  async function go(e: FormEvent) {
    e.preventDefault()
    if (!name.trim() || busy) return
    setBusy(true)
    try {
      const view = await keep(l.list, name.trim(), shared, l.look)
      setOpen(false)
      setName('')
      l.settle()
      l.open({ ...l.look, id: view.id, name: view.name, kept: view })
    } catch (error) {
      failed(error, 'The view was not kept')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Popover opened={open} onChange={setOpen} trapFocus shadow="md">
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" leftSection={<IconBookmarkPlus size={15} aria-hidden />} onClick={() => setOpen(true)}>Save this view</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save this view">
        <form onSubmit={(e) => void go(e)}>
          <TextInput label="Name of the view" value={name} maxLength={60} required withAsterisk={false} data-autofocus onChange={(e) => setName(e.currentTarget.value)} />
          <Checkbox mt="sm" label="Share with the team" checked={shared} onChange={(e) => setShared(e.currentTarget.checked)} />
          <Group justify="flex-end" mt="md"><Button type="submit" size="xs" loading={busy}>Save</Button></Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
