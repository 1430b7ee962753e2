// Ctrl-K: any note, any place, any action, by a few letters.
import '@mantine/spotlight/styles.layer.css'
import { useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconDeviceDesktop, IconExternalLink, IconFileText, IconKeyboard, IconLogout, IconMoon, IconPlus, IconSearch, IconSun, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi } from '../api/query'
import { useMay } from '../api/session'
import { newNote } from '../notes/new-note'
import { StatusBadge } from '../notes/status'
import { shortcutsOpen } from './keys'
import { signOut } from './my-menu'
import { deeds, places, type Deed } from './nav'
import { doThere, spotlightStore, usePaletteActions, type Action } from './palette-state'

// The list scrolls inside; its own type leaves this part out.
const scrolledByKeys: object = { viewportProps: { tabIndex: 0 } }

const fits = (label: string, query: string) => query.toLowerCase().split(/\s+/).every((word) => label.toLowerCase().includes(word))

/** What can be done on any screen. It shows once something is typed, so that notes stay in sight. */
function useElsewhere(): Action[] {
  const navigate = useNavigate()
  const may = useMay()
  const { setColorScheme } = useMantineColorScheme()
  const away = (Object.keys(deeds) as Deed[]).filter((d) => may(deeds[d].need)).map((d) => ({
    id: d, label: deeds[d].label, icon: IconPlus, run: () => (doThere(d), void navigate({ to: deeds[d].to })),
  }))
  return [
    ...away,
    { id: 'account', label: 'My account', icon: IconUser, run: () => void navigate({ to: '/account' }) },
    { id: 'portal', label: 'Open the portal', icon: IconExternalLink, run: () => void window.open('/', '_blank', 'noreferrer') },
    { id: 'light', label: 'Colours: light', icon: IconSun, run: () => setColorScheme('light') },
    { id: 'dark', label: 'Colours: dark', icon: IconMoon, run: () => setColorScheme('dark') },
    { id: 'auto', label: 'Colours: as the system', icon: IconDeviceDesktop, run: () => setColorScheme('auto') },
    { id: 'keys', label: 'Keyboard shortcuts', icon: IconKeyboard, keys: '?', run: () => shortcutsOpen.set(true) },
    { id: 'sign-out', label: 'Sign out', icon: IconLogout, run: () => void signOut() },
  ]
}

export function Palette() {
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 150)
  const navigate = useNavigate()
  const may = useMay()
  const own = usePaletteActions()
  const notes = useApi('GET /notes', { query: { title: asked, limit: 8 } }, { enabled: may('notes.read') })

  const elsewhere = useElsewhere()
  const actions = [...own, ...(query.trim() ? elsewhere.filter((e) => !own.some((a) => a.id === e.id)) : [])].filter((a) => fits(a.label, query))
  const create = may('notes.write') && fits('New note', query)
  const found = places(may).filter((p) => fits(p.label, query))
  const listed = notes.data?.notes ?? []
  const nothing = !actions.length && !create && !found.length && !listed.length

  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} store={spotlightStore} shortcut={null} scrollable={false} overlayProps={{ blur: 0 }}
      attributes={{ content: { 'aria-label': 'Search or jump to' } }}>
      <Spotlight.Search placeholder="A note, a place, an action" leftSection={<IconSearch size={18} aria-hidden />} aria-label="Search or jump to" />
      <Spotlight.ActionsList mah="min(28rem, 60vh)" {...scrolledByKeys}>
        {(actions.length > 0 || create) && (
          <Spotlight.ActionsGroup label="Actions">
            {actions.map((a) => (
              <Spotlight.Action key={a.id} label={a.label} description={a.hint} leftSection={a.icon && <a.icon size={18} aria-hidden />} rightSection={a.keys && <kbd>{a.keys}</kbd>} onClick={a.run} highlightQuery />
            ))}
            {create && <Spotlight.Action label="New note" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => void newNote(navigate)} />}
          </Spotlight.ActionsGroup>
        )}
        {listed.length > 0 && (
          <Spotlight.ActionsGroup label={asked ? 'Notes' : 'Notes changed last'}>
            {listed.map((n) => (
              <Spotlight.Action key={n.id} label={n.title} leftSection={<IconFileText size={18} aria-hidden />} rightSection={<StatusBadge note={n} />} onClick={() => void navigate({ to: '/notes/$id', params: { id: n.id } })} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length > 0 && (
          <Spotlight.ActionsGroup label="Go to">
            {found.map((p) => (
              <Spotlight.Action key={p.to} label={p.label} leftSection={<p.icon size={18} aria-hidden />} rightSection={p.key && <kbd>g {p.key}</kbd>} onClick={() => void navigate({ to: p.to })} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {nothing && <Spotlight.Empty>{notes.isFetching ? 'Looking …' : 'Nothing by these words.'}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
