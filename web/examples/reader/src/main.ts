// The frame: addresses, the bar at the top, and one place where things go wrong.
import { isProblem, Unreachable } from '@lighttrends/sdk'
import { content, member } from './client'
import { html } from './html'
import { listPage } from './list'
import { notePage } from './note'
import type { Page, Visit } from './page'
import { plansPage } from './plans'
import { signInPage } from './sign-in'
import './style.css'

const [top, main, foot, said] = ['top', 'page', 'foot', 'said'].map((id) => document.getElementById(id)!) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement]
let shown: Page | undefined
let turn = 0

function say(sentence: string): void {
  said.textContent = sentence
  clearTimeout(Number(said.dataset.until))
  said.dataset.until = String(setTimeout(() => (said.textContent = ''), 8000))
}

function pageAt(visit: Visit): Promise<Page> {
  const [, word, slug] = visit.url.pathname.split('/')
  if (word === 'notes' && slug) return notePage(decodeURIComponent(slug), visit)
  if (word === 'plans') return plansPage(visit)
  if (word === 'sign-in') return signInPage(visit)
  return listPage(visit)
}

/** What went wrong, with what is said of single fields. */
function sentence(error: unknown): string {
  if (isProblem(error)) return error.errors.map((e) => e.detail).filter((d) => !error.message.includes(d)).reduce((all, d) => `${all} ${d}`, error.message)
  return error instanceof Unreachable ? error.message : 'That did not work. Try again.'
}

function wrong(error: unknown): Page {
  const gone = isProblem(error) && error.status === 404
  return {
    title: gone ? 'Not here' : 'It did not work',
    body: html`<section class="lead"><h1>${gone ? 'There is no such note' : 'That did not work'}</h1><p>${sentence(error)}</p>
      <p class="ways">${gone ? html`<a class="button" href="/">All notes</a>` : html`<button class="button" data-do="retry">Try again</button>`}</p></section>`,
    acts: { retry: () => show() },
  }
}

/** Draws the page of the address. A slow one does not paint over a later one. */
async function show(focus = false): Promise<void> {
  const mine = ++turn
  main.setAttribute('aria-busy', 'true')
  const page = await pageAt({ url: new URL(location.href), go, say }).catch(wrong)
  if (mine !== turn) return
  shown = page
  main.removeAttribute('aria-busy')
  main.innerHTML = page.body.text
  document.title = page.title
  await bar()
  if (focus) {
    const first = main.querySelector<HTMLElement>('[autofocus]') ?? main
    first.focus({ preventScroll: true })
    scrollTo(0, 0)
  }
}

function go(address: string, replace = false): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  void show(true)
}

async function bar(): Promise<void> {
  const [settings, me] = await Promise.all([content.settings(), member.signedIn().then((yes) => (yes ? member.me() : undefined))]).catch(() => [])
  const to = location.pathname === '/sign-in' ? location.search : `?to=${encodeURIComponent(location.pathname + location.search)}`
  top.innerHTML = html`
    <a class="name" href="/">${settings?.name ?? 'Reader'}</a>
    <nav aria-label="Main"><a href="/plans">Plans</a>
    ${me ? html`<span class="who">${me.email}</span><button class="link" data-do="sign-out">Sign out</button>` : html`<a href="/sign-in${to}">Sign in</a>`}</nav>`.text
  foot.innerHTML = html`<p>An example of a front end of one’s own. ${settings?.notice}</p>`.text
}

/** Runs what a form or button does, once at a time. */
async function act(target: HTMLElement, event: Event): Promise<void> {
  const work = target.dataset.do === 'sign-out' ? signOut : shown?.acts?.[target.dataset.do!]
  if (!work || target.ariaBusy === 'true') return
  event.preventDefault()
  target.ariaBusy = 'true'
  try {
    await work(target)
  } catch (error) {
    say(sentence(error))
  } finally {
    target.ariaBusy = null
  }
}

async function signOut(): Promise<void> {
  await member.signOut()
  say('You are signed out.')
}

document.addEventListener('submit', (event) => void act(event.target as HTMLElement, event))
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
  const target = (event.target as Element).closest<HTMLElement>('button[data-do], a[href]')
  if (target?.dataset.do) return void act(target, event)
  const link = target as HTMLAnchorElement | null
  if (!link || link.origin !== location.origin || link.target || link.hash && link.pathname === location.pathname) return
  event.preventDefault()
  go(link.href)
})
addEventListener('popstate', () => void show())
member.onChange(() => void show())
void show()
