// The places of the desk, in the order the navigation and the palette show.
import { IconArrowRampRight, IconBooks, IconCalendar, IconChartBar, IconDiscount, IconEye, IconFileInvoice, IconGift, IconHeartbeat, IconHistory, IconHome, IconKey, IconMail, IconNotes, IconPhoto, IconReceipt, IconSettings, IconTags, IconTicket, IconTransfer, IconUsers, IconUsersGroup, IconWebhook, type Icon } from '@tabler/icons-react'

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
      { to: '/calendar', label: 'Calendar', icon: IconCalendar, need: 'notes.read', key: 'c' },
      { to: '/issues', label: 'Issues', icon: IconBooks, need: 'notes.read', key: 'i' },
      { to: '/media', label: 'Media', icon: IconPhoto, need: 'notes.read', key: 'm' },
      { to: '/catalogue', label: 'Topics and authors', icon: IconTags, need: 'notes.read', key: 't' },
    ],
  },
  {
    label: 'Readers',
    places: [
      { to: '/members', label: 'Members', icon: IconUsers, need: 'members.read', key: 'r' },
      { to: '/subscribers', label: 'Subscribers', icon: IconReceipt, need: 'members.read', key: 'u' },
      { to: '/readership', label: 'Readership', icon: IconEye, need: 'notes.read', key: 'v' },
      { to: '/income', label: 'Income', icon: IconChartBar, need: 'plans.write', key: 'b' },
      { to: '/plans', label: 'Plans', icon: IconTicket, need: 'plans.write', key: 'a' },
      { to: '/offers', label: 'Offers', icon: IconDiscount, need: 'plans.write', key: 'o' },
      { to: '/orders', label: 'Orders', icon: IconFileInvoice, need: 'plans.write', key: 'q' },
      { to: '/gifts', label: 'Presents', icon: IconGift, need: 'members.read', key: 'e' },
      { to: '/letters', label: 'Letters', icon: IconMail, need: 'leads.read', key: 'l' },
    ],
  },
  {
    label: 'Publication',
    places: [
      { to: '/settings', label: 'Settings', icon: IconSettings, need: 'settings.write', key: 'p' },
      { to: '/staff', label: 'Staff and roles', icon: IconUsersGroup, need: 'notes.read', key: 's' },
      { to: '/sales', label: 'Presents, free notes', icon: IconGift, need: 'settings.write', key: 'f' },
      { to: '/keys', label: 'API keys', icon: IconKey, need: 'keys.write', key: 'k' },
      { to: '/webhooks', label: 'Webhooks', icon: IconWebhook, need: 'keys.write', key: 'w' },
      { to: '/redirects', label: 'Redirects', icon: IconArrowRampRight, need: 'settings.write', key: 'd' },
      { to: '/transfers', label: 'Imports and exports', icon: IconTransfer, need: 'operations.write', key: 'x' },
      { to: '/journal', label: 'Audit log', icon: IconHistory, need: 'journal.read', key: 'j' },
      { to: '/health', label: 'Health', icon: IconHeartbeat, need: 'settings.write', key: 'y' },
    ],
  },
]

export const places = (may: (capability: string) => boolean): Place[] =>
  groups.flatMap((g) => g.places).filter((p) => !p.need || may(p.need))

/** What a screen begins with a button; the palette offers it from anywhere. */
export const deeds = {
  'new-issue': { label: 'New issue', to: '/issues', need: 'taxonomy.write' },
  'new-topic': { label: 'New topic', to: '/catalogue', need: 'taxonomy.write' },
  'new-plan': { label: 'New plan', to: '/plans', need: 'plans.write' },
  'new-offer': { label: 'New offer', to: '/offers', need: 'plans.write' },
  'new-quote': { label: 'New quote', to: '/orders', need: 'plans.write' },
  'whose-copy': { label: 'Whose copy?', to: '/members', need: 'members.read' },
  invite: { label: 'Invite a colleague', to: '/staff', need: 'staff.write' },
  'new-role': { label: 'Make a role', to: '/staff', need: 'staff.write' },
  'new-webhook': { label: 'New webhook', to: '/webhooks', need: 'keys.write' },
  import: { label: 'Import an archive', to: '/transfers', need: 'operations.write' },
  'new-redirect': { label: 'Add a redirect', to: '/redirects', need: 'settings.write' },
  'many-redirects': { label: 'Paste many redirects', to: '/redirects', need: 'settings.write' },
} as const

export type Deed = keyof typeof deeds
