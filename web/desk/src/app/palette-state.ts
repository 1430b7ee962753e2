// Opens the palette, and collects what the screen in front adds to it. The
// palette itself is fetched when it is first opened.
import { createSpotlight } from '@mantine/spotlight'
import type { Icon } from '@tabler/icons-react'
import { useEffect } from 'react'
import { flag } from './flag'

export const [spotlightStore, spotlight] = createSpotlight()
const wanted = flag(false)

export interface Action {
  id: string
  label: string
  hint?: string
  icon?: Icon
  keys?: string
  run: () => void
}

const actions = flag<Action[]>([])

export function openPalette(): void {
  wanted.set(true)
  spotlight.open()
}

export const usePaletteWanted = (): boolean => wanted.use()
export const usePaletteActions = (): Action[] => actions.use()

/** Adds actions to the palette while a screen is open. */
export function useActions(own: Action[], deps: unknown[]): void {
  useEffect(() => {
    actions.set([...actions.get().filter((a) => !own.some((o) => o.id === a.id)), ...own])
    return () => actions.set(actions.get().filter((a) => !own.includes(a)))
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, deps)
}
