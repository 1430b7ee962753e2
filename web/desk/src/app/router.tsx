// The addresses of the desk. Each screen is a chunk of its own, fetched when
// it is first opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { subscriberFields, type SubscriberSearch } from '../income/search'
import { journalFields, type JournalSearch } from '../journal/search'
import { Loading } from '../ui/states'
import { RouteFailed } from './failed'
import { Gate } from './gate'
import { Missing } from './missing'
import { Shell } from './shell'

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing })

// Whoever has a link from a mail has no session yet.
const invitation = createRoute({ getParentRoute: () => root, path: '/invitations/$token', component: lazyRouteComponent(() => import('../signin/invitation'), 'Invitation') })
const reset = createRoute({ getParentRoute: () => root, path: '/password-resets/$token', component: lazyRouteComponent(() => import('../signin/reset'), 'Reset') })

const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: () => <Gate><Shell /></Gate> })

const home = createRoute({ getParentRoute: () => inside, path: '/', component: lazyRouteComponent(() => import('../home/home'), 'Home') })
const notes = createRoute({
  getParentRoute: () => inside, path: '/notes', component: lazyRouteComponent(() => import('../notes/notes'), 'Notes'),
  validateSearch: (s: Record<string, unknown>): NotesSearch => only(searchFields, s),
})
const note = createRoute({ getParentRoute: () => inside, path: '/notes/$id', component: lazyRouteComponent(() => import('../note/note'), 'NotePage') })
const compare = createRoute({
  getParentRoute: () => inside, path: '/notes/$id/compare', component: lazyRouteComponent(() => import('../note/record/compare'), 'Compare'),
  validateSearch: (s: Record<string, unknown>): { from: number; to: number } => ({ from: Math.max(1, Number(s.from) || 1), to: Math.max(1, Number(s.to) || 1) }),
})
const keys = createRoute({ getParentRoute: () => inside, path: '/keys', component: lazyRouteComponent(() => import('../keys/keys'), 'Keys') })

const calendar = createRoute({
  getParentRoute: () => inside, path: '/calendar', component: lazyRouteComponent(() => import('../calendar/calendar'), 'Calendar'),
  validateSearch: (s: Record<string, unknown>): { month?: string } => (typeof s.month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(s.month) ? { month: s.month } : {}),
})
const issues = createRoute({ getParentRoute: () => inside, path: '/issues', component: lazyRouteComponent(() => import('../issues/issues'), 'Issues') })
const issue = createRoute({ getParentRoute: () => inside, path: '/issues/$id', component: lazyRouteComponent(() => import('../issues/issue'), 'IssuePage') })
const media = createRoute({
  getParentRoute: () => inside, path: '/media', component: lazyRouteComponent(() => import('../media/media'), 'Media'),
  validateSearch: (s: Record<string, unknown>): MediaSearch => only(mediaFields, s),
})
const catalogue = createRoute({ getParentRoute: () => inside, path: '/catalogue', component: lazyRouteComponent(() => import('../catalogue/catalogue'), 'CataloguePage') })
const members = createRoute({ getParentRoute: () => inside, path: '/members', component: lazyRouteComponent(() => import('../people/members'), 'Members') })
const memberFile = createRoute({ getParentRoute: () => inside, path: '/members/$id', component: lazyRouteComponent(() => import('../members/file'), 'MemberFile') })
const subscribers = createRoute({
  getParentRoute: () => inside, path: '/subscribers', component: lazyRouteComponent(() => import('../income/subscribers'), 'Subscribers'),
  validateSearch: (s: Record<string, unknown>): SubscriberSearch => only(subscriberFields, s),
})
const income = createRoute({ getParentRoute: () => inside, path: '/income', component: lazyRouteComponent(() => import('../income/income'), 'Income') })
const readership = createRoute({ getParentRoute: () => inside, path: '/readership', component: lazyRouteComponent(() => import('../readership/readership'), 'Readership') })
const sales = createRoute({ getParentRoute: () => inside, path: '/sales', component: lazyRouteComponent(() => import('../sales/sales'), 'Sales') })
const reconciliation = createRoute({ getParentRoute: () => inside, path: '/income/reconciliation', component: lazyRouteComponent(() => import('../income/reconciliation'), 'Reconciliation') })
const leads = createRoute({ getParentRoute: () => inside, path: '/letters', component: lazyRouteComponent(() => import('../people/leads'), 'Leads') })
const settings = createRoute({ getParentRoute: () => inside, path: '/settings', component: lazyRouteComponent(() => import('../settings/settings'), 'SettingsPage') })
const staff = createRoute({ getParentRoute: () => inside, path: '/staff', component: lazyRouteComponent(() => import('../staff/staff'), 'Staff') })
const journal = createRoute({
  getParentRoute: () => inside, path: '/journal', component: lazyRouteComponent(() => import('../journal/journal'), 'Journal'),
  validateSearch: (s: Record<string, unknown>): JournalSearch => only(journalFields, s),
})
const health = createRoute({ getParentRoute: () => inside, path: '/health', component: lazyRouteComponent(() => import('../health/health'), 'Health') })
const plans = createRoute({ getParentRoute: () => inside, path: '/plans', component: lazyRouteComponent(() => import('../plans/plans'), 'Plans') })
const offers = createRoute({ getParentRoute: () => inside, path: '/offers', component: lazyRouteComponent(() => import('../offers/offers'), 'Offers') })
const orders = createRoute({
  getParentRoute: () => inside, path: '/orders', component: lazyRouteComponent(() => import('../orders/orders'), 'Orders'),
  validateSearch: (s: Record<string, unknown>): { state?: string; letter?: string } => only(['state', 'letter'] as const, s),
})
const gifts = createRoute({
  getParentRoute: () => inside, path: '/gifts', component: lazyRouteComponent(() => import('../gifts/gifts'), 'Gifts'),
  validateSearch: (s: Record<string, unknown>): { state?: string } => only(['state'] as const, s),
})
const redirects = createRoute({ getParentRoute: () => inside, path: '/redirects', component: lazyRouteComponent(() => import('../redirects/redirects'), 'Redirects') })
const webhooks = createRoute({ getParentRoute: () => inside, path: '/webhooks', component: lazyRouteComponent(() => import('../webhooks/webhooks'), 'Webhooks') })
const webhookLog = createRoute({ getParentRoute: () => inside, path: '/webhooks/$id', component: lazyRouteComponent(() => import('../webhooks/log'), 'WebhookLog') })
const transfers = createRoute({ getParentRoute: () => inside, path: '/transfers', component: lazyRouteComponent(() => import('../transfers/transfers'), 'Transfers') })
const transferReport = createRoute({ getParentRoute: () => inside, path: '/transfers/$id', component: lazyRouteComponent(() => import('../transfers/report'), 'TransferReport') })
const account = createRoute({ getParentRoute: () => inside, path: '/account', component: lazyRouteComponent(() => import('../account/account'), 'Account') })
const elsewhere = createRoute({ getParentRoute: () => inside, path: '$', component: Missing })

// What the addresses of lists carry: filters, order, and the view they are of.
const searchFields = ['view', 'base', 'q', 'title', 'status', 'kind', 'gate', 'series', 'issue', 'topic', 'author', 'editor', 'changed_from', 'changed_to', 'review', 'reviewer', 'sort', 'reverse'] as const
const memberFields = ['view', 'base', 'search', 'status', 'plan', 'verified', 'since_from', 'since_to'] as const
const mediaFields = ['q', 'folder', 'kind', 'unused', 'sort', 'view'] as const
const leadFields = ['view', 'base', 'search', 'state'] as const
export type NotesSearch = { [K in (typeof searchFields)[number]]?: string }
export type MembersSearch = { [K in (typeof memberFields)[number]]?: string }
export type MediaSearch = { [K in (typeof mediaFields)[number]]?: string }
export type LeadsSearch = { [K in (typeof leadFields)[number]]?: string }

/** Keeps what a list knows; a number or a yes typed into an address is a text, too. */
function only<F extends string>(fields: readonly F[], s: Record<string, unknown>): { [K in F]?: string } {
  return Object.fromEntries(fields.flatMap((f) => (['string', 'number', 'boolean'].includes(typeof s[f]) && s[f] !== '' ? [[f, String(s[f])]] : []))) as { [K in F]?: string }
}

export const router = createRouter({
  routeTree: root.addChildren([invitation, reset, inside.addChildren([home, notes, note, compare, keys, calendar, issues, issue, media, catalogue, members, plans, offers, orders, gifts, memberFile, subscribers, readership, income, reconciliation, sales, leads, settings, staff, redirects, webhooks, webhookLog, transfers, transferReport, journal, health, account, elsewhere])]),
  basepath: '/desk',
  defaultPreload: 'intent',
  defaultErrorComponent: RouteFailed,
  defaultNotFoundComponent: Missing,
  defaultPendingComponent: () => <Loading />,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
