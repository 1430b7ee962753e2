// Opens the palette, and collects what the screen in front adds to it. The
// palette itself is fetched when it is first opened.
import { createSpotlight } from '@mantine/spotlight'
import { IconPlus, type Icon } from '@tabler/icons-react'
import { useEffect } from 'react'
import { flag } from './flag'
import { deeds, type Deed } from './nav'

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

// Chosen on another screen, which is being opened. When it never opens, what was
// chosen is not done at some later visit.
let waiting: { deed: Deed; at: number } | undefined

/** Leaves it to the screen that is opened next. */
export const doThere = (deed: Deed): void => { waiting = { deed, at: Date.now() } }

/** The way there is not taken after all. */
export const stayHere = (): void => { waiting = undefined }

/** Does what was chosen in the palette, here or on another screen. */
export function useDeed(deed: Deed, may: boolean, run: () => void): void {
  useActions(may ? [{ id: deed, label: deeds[deed].label, icon: IconPlus, run }] : [], [may])
  useEffect(() => {
    if (!may || waiting?.deed !== deed) return
    const late = Date.now() - waiting.at > 10_000
    waiting = undefined
    if (!late) run()
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [may])
}
