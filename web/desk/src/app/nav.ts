// The places of the desk, in the order the navigation and the palette show.
import { IconHome, IconKey, IconNotes, type Icon } from '@tabler/icons-react'

export interface Place {
  to: string
  label: string
  icon: Icon
  /** The capability without which the place is not offered. */
  need?: string
  /** Pressed after g. */
  key?: string
  exact?: boolean
}

export const groups: { label: string; places: Place[] }[] = [
  {
    label: '',
    places: [
      { to: '/', label: 'The desk', icon: IconHome, key: 'h', exact: true },
      { to: '/notes', label: 'Notes', icon: IconNotes, need: 'notes.read', key: 'n' },
    ],
  },
  {
    label: 'Publication',
    places: [
      { to: '/keys', label: 'API keys', icon: IconKey, need: 'keys.write', key: 'k' },
    ],
  },
]

export const places = (may: (capability: string) => boolean): Place[] =>
  groups.flatMap((g) => g.places).filter((p) => !p.need || may(p.need))
