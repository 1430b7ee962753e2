// Keys that work on every screen. In a field only those with Ctrl do.
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { newNote } from '../notes/new-note'
import { flag } from './flag'
import { places } from './nav'
import { openPalette } from './palette-state'

export const shortcutsOpen = flag(false)

/** A key that a screen adds, for the list that `?` shows. */
export interface Shortcut {
  keys: string
  does: string
}

export const screenShortcuts = flag<Shortcut[]>([])

export function useShortcuts(list: Shortcut[]): void {
  useEffect(() => {
    screenShortcuts.set(list)
    return () => screenShortcuts.set([])
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
}

export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || (target instanceof HTMLInputElement ? !/^(checkbox|radio|button|submit|file|range)$/.test(target.type) : /^(TEXTAREA|SELECT)$/.test(target.tagName)))

const dialogOpen = () => document.querySelector('[role="dialog"]') !== null

let went = 0 // when g was pressed

/** Whether a key is not for the screen in front: somebody types, a dialog is open, or g waits for it. */
export const busyElsewhere = (e: KeyboardEvent): boolean =>
  e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || dialogOpen() || Date.now() - went < 1500

export function useGlobalKeys(may: (capability: string) => boolean): void {
  const navigate = useNavigate()
  useEffect(() => {
    function onKey(e: KeyboardEvent) {
      if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === 'k' && !e.shiftKey) {
        e.preventDefault()
        openPalette()
        return
      }
      if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || dialogOpen()) return
      if (e.key === '?') shortcutsOpen.set(true)
      else if (e.key === '/') {
        const field = document.querySelector<HTMLInputElement>('input[type="search"], input[data-search]')
        if (!field) return
        e.preventDefault()
        field.focus()
      } else if (e.key === 'c' && may('notes.write')) void newNote(navigate)
      else if (e.key === 'g') went = Date.now()
      else if (Date.now() - went < 1500) {
        const place = places(may).find((p) => p.key === e.key)
        went = 0
        if (place) {
          e.preventDefault()
          void navigate({ to: place.to })
        }
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}
