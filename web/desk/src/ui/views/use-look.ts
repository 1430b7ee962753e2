// The look of a list on a screen: from its address, its views, and for what is
// shown also from this device.
import { useEffect, useMemo, useState } from 'react'
import { useApi } from '../../api/query'
import { useMe } from '../../api/session'
import { address, choiceOf, stand, type Choice, type ListName, type Look, type Search, type Standing } from './look'

type Shown = Pick<Look, 'columns' | 'density'>

export interface ListLook extends Standing {
  list: ListName
  choices: Choice[]
  /** The views are still on their way, and the address needs them. */
  waiting: boolean
  open: (choice: Choice) => void
  ask: (part: Partial<Pick<Look, 'sort' | 'reverse'>> & { filters?: Record<string, string> }) => void
  show: (part: Partial<Shown>) => void
  /** Forgets what was changed about what is shown. */
  settle: () => void
}

const deviceKey = (list: ListName, person: string) => `desk-shown-${list}-${person}`

/** What this device shows of a list; broken storage says nothing. */
export function shownHere(list: ListName, person: string): Shown | undefined {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(deviceKey(list, person)) ?? 'null')
    const { columns, density } = (read ?? {}) as Partial<Shown>
    if (Array.isArray(columns) && columns.every((c) => typeof c === 'string') && (density === 'compact' || density === 'comfortable')) return { columns, density }
  } catch { /* nothing */ }
  return undefined
}

/** What of the chosen columns there is, or else those the list begins with. */
export const columnsOf = <T extends string>(chosen: string[], known: readonly T[], usual: readonly T[]): T[] => {
  const left = chosen.filter((c): c is T => (known as readonly string[]).includes(c))
  return left.length ? left : [...usual]
}

export function useLook(list: ListName, everybodys: Choice[], search: Search, go: (search: Search) => void): ListLook {
  const me = useMe()
  const { data, isPending } = useApi('GET /views', { query: { list } }, { staleTime: 30_000 })
  const choices = useMemo(() => [...everybodys, ...(data?.views ?? []).map(choiceOf)], [data, everybodys])
  const [shown, setShown] = useState<{ of: string; look: Shown }>()
  const first = everybodys[0]!
  const before = stand(search, choices, first)
  const of = before.choice?.kept?.id ?? ''
  // A view brings what it shows; everywhere else this device has the say.
  const device = of ? undefined : shownHere(list, me.id)
  const standing = stand(search, choices, first, shown?.of === of ? shown.look : device)
  const changed = of ? standing.changed : before.changed
  useEffect(() => setShown(undefined), [of])

  return {
    ...standing, changed, list, choices,
    waiting: isPending && !everybodys.some((c) => c.id === search.view) && (!!search.view || !!search.base || Object.values(search).every((v) => !v)),
    open: (c) => go(c.id === first.id && !choices.some((x) => x.kept?.default) ? {} : { view: c.id }),
    ask: (part) => {
      const { look } = standing
      go(address({ sort: look.sort, reverse: look.reverse, ...part, filters: { ...look.filters, ...part.filters } }, standing.choice?.kept?.id))
    },
    show: (part) => {
      const next = { columns: standing.look.columns, density: standing.look.density, ...part }
      setShown({ of, look: next })
      if (!of) localStorage.setItem(deviceKey(list, me.id), JSON.stringify(next))
    },
    settle: () => setShown(undefined),
  }
}
