// The frame around every screen: navigation, search, notices, who I am.
import { ActionIcon, AppShell, Burger, Button, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKeyboard, IconSearch } from '@tabler/icons-react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useApi } from '../api/query'
import { useMay } from '../api/session'
import { Bell } from './bell'
import { groups } from './nav'
import { shortcutsOpen, useGlobalKeys } from './keys'
import { openPalette, usePaletteWanted } from './palette-state'
import { MyMenu } from './my-menu'
import { Outbox } from './outbox'
import { useReachable } from './network'

const Palette = lazy(() => import('./palette').then((m) => ({ default: m.Palette })))
const Shortcuts = lazy(() => import('./shortcuts').then((m) => ({ default: m.Shortcuts })))

export function Shell() {
  const [open, { toggle, close }] = useDisclosure()
  const path = useRouterState({ select: (s) => s.location.pathname })
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  const may = useMay()
  const palette = usePaletteWanted()
  const help = shortcutsOpen.use()
  const { data: publication } = useApi('GET /publication', undefined, { staleTime: 5 * 60_000, enabled: may('notes.read') })
  useGlobalKeys(may)
  useLive()

  // A new screen is read from its beginning, by eyes and by screen readers.
  useEffect(() => {
    close()
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
  }, [path, close])

  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 224, breakpoint: 'md', collapsed: { mobile: !open } }} padding={{ base: 'md', sm: 'lg', lg: 'xl' }}>
      <a className="skip" href="#main" onClick={(e) => { e.preventDefault(); main.current?.focus() }}>Skip to content</a>
      <AppShell.Header>
        <div className="shell-bar">
          <Burger opened={open} onClick={toggle} hiddenFrom="md" size="sm" aria-label={open ? 'Close the navigation' : 'Open the navigation'} aria-expanded={open} />
          <Link to="/" className="brand">{publication?.name ?? 'Desk'}<small>Desk</small></Link>
          <span style={{ flex: 1 }} />
          <Button variant="default" size="sm" leftSection={<IconSearch size={16} aria-hidden />} rightSection={<kbd>Ctrl K</kbd>} onClick={openPalette} visibleFrom="sm">Search or jump to</Button>
          <ActionIcon variant="subtle" color="gray" size="lg" hiddenFrom="sm" aria-label="Search or jump to" onClick={openPalette}><IconSearch size={20} /></ActionIcon>
          <Tooltip label="Keys (?)">
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Keyboard shortcuts" onClick={() => shortcutsOpen.set(true)} visibleFrom="sm"><IconKeyboard size={20} /></ActionIcon>
          </Tooltip>
          {may('notes.read') && <Bell />}
          <MyMenu />
        </div>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label="Desk" style={{ overflowY: 'auto' }}>
        {groups.map((g) => {
          const shown = g.places.filter((p) => !p.need || may(p.need))
          return shown.length > 0 && (
            <div key={g.label}>
              {g.label && <div className="nav-group">{g.label}</div>}
              {shown.map((p) => (
                <Link key={p.to} to={p.to} className="nav-link" activeOptions={{ exact: p.exact ?? false, includeSearch: false }} onClick={close}>
                  <p.icon aria-hidden stroke={1.7} />{p.label}
                </Link>
              ))}
            </div>
          )
        })}
      </AppShell.Navbar>
      <AppShell.Main id="main" className="main" tabIndex={-1} ref={main}>
        <OfflineBanner />
        <Outlet />
      </AppShell.Main>
      <Outbox />
      {palette && <Suspense><Palette /></Suspense>}
      {help && <Suspense><Shortcuts /></Suspense>}
    </AppShell>
  )
}

/** Hears what happens elsewhere, once the screen is there. */
function useLive(): void {
  useEffect(() => {
    let stop: (() => void) | undefined
    let gone = false
    import('../live/live').then(({ start }) => { if (!gone) stop = start() }, () => {}) // the desk does without it
    return () => {
      gone = true
      stop?.()
    }
  }, [])
}

function OfflineBanner() {
  const reachable = useReachable()
  return (
    <div role="status" aria-live="polite">
      {!reachable && <div className="banner">The server cannot be reached. What you write into a note is kept on this device and sent when it is back.</div>}
    </div>
  )
}
