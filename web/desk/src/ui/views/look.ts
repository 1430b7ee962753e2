// How a list is looked at: what is asked for and what is shown. The address
// carries it: `view` alone is a view as it is kept, parameters beside `base`
// are what somebody made of one.
import type { View } from '../../api/types'

export type ListName = View['list']
export type Search = Record<string, string | undefined>

export interface Look {
  filters: Record<string, string>
  sort: string
  reverse: boolean
  columns: string[]
  density: View['density']
}

/** A view that everybody has, or one that is kept. */
export interface Choice extends Look {
  id: string
  name: string
  kept?: View
}

export const plain: Look = { filters: {}, sort: '', reverse: false, columns: [], density: 'comfortable' }

export const builtIn = (id: string, name: string, filters: Record<string, string> = {}): Choice => ({ ...plain, id, name, filters })

export const choiceOf = (v: View): Choice => ({ id: v.id, name: v.name, filters: v.filters, sort: v.sort, reverse: v.reverse, columns: v.columns, density: v.density, kept: v })

const aside = new Set(['view', 'base', 'sort', 'reverse'])

/** What an address asks for by itself. */
export function asked(search: Search): Pick<Look, 'filters' | 'sort' | 'reverse'> {
  const filters = Object.fromEntries(Object.entries(search).filter((e): e is [string, string] => !!e[1] && !aside.has(e[0])))
  return { filters, sort: search.sort ?? '', reverse: search.reverse === 'true' }
}

/** The address of a changed look; `base` is the view it began as. */
export function address(look: Pick<Look, 'filters' | 'sort' | 'reverse'>, base?: string): Search {
  const filters = Object.entries(look.filters).filter(([, v]) => v)
  return { ...Object.fromEntries(filters), ...(look.sort && { sort: look.sort }), ...(look.reverse && { reverse: 'true' }), ...(base && { base }) }
}

const key = (l: Pick<Look, 'filters' | 'sort' | 'reverse'>) =>
  JSON.stringify([Object.entries(l.filters).filter(([, v]) => v).sort(([a], [b]) => (a < b ? -1 : 1)), l.sort, l.reverse])

/** Whether two looks ask for the same. */
export const asksSame = (a: Pick<Look, 'filters' | 'sort' | 'reverse'>, b: Pick<Look, 'filters' | 'sort' | 'reverse'>): boolean => key(a) === key(b)

/** Whether two looks show the same. */
export const showsSame = (a: Pick<Look, 'columns' | 'density'>, b: Pick<Look, 'columns' | 'density'>): boolean =>
  a.density === b.density && a.columns.join() === b.columns.join()

export interface Standing {
  look: Look
  /** The view as it is, or the one it began as. */
  choice?: Choice
  /** It does not look as the view is kept. */
  changed: boolean
  /** The address names a view that is not there. */
  missing: boolean
}

/** Finds what an address means, among the views that there are. */
export function stand(search: Search, choices: Choice[], first: Choice, shown?: Pick<Look, 'columns' | 'density'>): Standing {
  const empty = Object.values(search).every((v) => !v)
  const named = search.view ? choices.find((c) => c.id === search.view) : empty ? choices.find((c) => c.kept?.default) ?? first : undefined
  if (named) {
    const look = { ...named, ...(shown ?? {}) }
    return { look, choice: named, changed: !!shown && !showsSame(shown, named), missing: false }
  }
  const choice = choices.find((c) => c.id === search.base)
  const look = { ...plain, ...(choice && { columns: choice.columns, density: choice.density }), ...asked(search), ...(shown ?? {}) }
  const same = choices.find((c) => asksSame(c, look) && (!c.kept || c.id === search.base))
  if (same && !choice) return { look, choice: same, changed: false, missing: !!search.view }
  return { look, choice, changed: !choice || !asksSame(choice, look) || !showsSame(choice, look), missing: !!search.view }
}
