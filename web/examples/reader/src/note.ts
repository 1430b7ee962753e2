// A note: as much of it as this reader may see, and what would open the rest.
import { isProblem, type ClosedNote, type Note } from '@lighttrends/sdk'
import { content, member, server } from './client'
import { day, html, money, rendered, type Markup } from './html'
import type { Page, Visit } from './page'

export async function notePage(slug: string, visit: Visit): Promise<Page> {
  const paid = await cameBack(visit)
  const note = await content.notes.get(slug)
  const thanks = paid === 'active' ? (note.decision === 'full' ? 'Thank you. It is all yours now.' : 'Thank you, your subscription has begun. This note comes with another plan.')
    : paid === 'processing' ? 'The payment is on its way; the text opens when it has arrived.' : ''
  if (note.slug !== slug) history.replaceState(null, '', `/notes/${note.slug}`) // it has moved
  return {
    title: note.title,
    body: html`
      <article class="note">
        <header>
          <p class="over"><span>${note.kind.replace('-', ' ')}</span> <time datetime="${note.published_at}">${day(note.published_at)}</time></p>
          <h1>${note.title}</h1>
          <p class="abstract">${note.abstract}</p>
          <p class="under">${[note.authors.map((a) => a.name).join(', '), `${note.minutes} min`].filter(Boolean).join(' · ')}</p>
        </header>
        ${thanks && html`<p class="good" role="status">${thanks}</p>`}
        ${note.corrections.map((c) => html`<p class="correction"><strong>Corrected ${day(c.at)}.</strong> ${c.notice}</p>`)}
        ${text(note)}
      </article>`,
    acts: {
      'buy-note': async () => {
        if (!(await member.signedIn())) return visit.go(signIn(slug))
        const { url } = await member.call('POST /notes/{slug}/checkout', { path: { slug }, body: { return_to: here(slug) } })
        location.assign(url)
      },
      portal: async () => {
        const { url } = await member.call('POST /portal-session', { body: { return_path: here(slug) } })
        location.assign(url)
      },
    },
  }
}

function text(note: Note): Markup {
  if (note.decision === 'full') return html`<div class="text" id="text">${rendered(note.text.html, server.url)}</div>`
  return html`
    <div class="text teaser">${rendered(note.teaser.html, server.url)}</div>
    ${gate(note)}`
}

const here = (slug: string) => `${location.origin}/notes/${slug}`
const signIn = (slug: string) => `/sign-in?to=${encodeURIComponent(`/notes/${slug}`)}`

/** One card, drawn from what the server says about access and from nothing else. */
function gate(note: ClosedNote): Markup {
  const { reason, unlock, price, metered } = note.access
  const can = (way: string) => (unlock as string[]).includes(way)
  const behind = note.behind && [note.behind.words > 0 && `about ${note.behind.words} words`, count(note.behind.figures, 'figure'), count(note.behind.tables, 'table')].filter(Boolean).join(', ')
  return html`
    <section class="gate" data-reason="${reason}" aria-labelledby="gate">
      <h2 id="gate">${titles[reason] ?? 'The rest is for subscribers'}</h2>
      ${behind && html`<p>Behind it: ${behind}.</p>`}
      ${metered && html`<p>You have ${metered.left} of ${metered.limit} free notes left until ${day(metered.resets_at)}.</p>`}
      <p class="ways">
        ${can('subscribe') && html`<a class="button" href="/plans?note=${note.slug}">See the plans</a>`}
        ${can('change_plan') && html`<button class="button" data-do="portal">Change the plan</button>`}
        ${(can('fix_payment') || can('resume')) && html`<button class="button" data-do="portal">${can('resume') ? 'Go on with the subscription' : 'Put the payment right'}</button>`}
        ${price && html`<button class="button second" data-do="buy-note">Buy this note for ${money(price.amount, price.currency)}</button>`}
        ${can('sign_in') && html`<a class="button ${can('subscribe') && 'second'}" href="${signIn(note.slug)}">Sign in</a>`}
      </p>
    </section>`
}

const titles: Record<string, string> = {
  sign_in_required: 'The rest is for members. Being one is free.',
  subscription_required: 'The rest is for subscribers',
  subscription_ended: 'Your subscription has ended',
  subscription_paused: 'Your subscription pauses',
  payment_failed: 'The last payment did not arrive',
  payment_pending: 'Your payment is on its way',
  other_plan_required: 'The rest is for another plan than yours',
  embargoed: 'The rest comes later',
}

const count = (n: number, word: string) => (n === 0 ? '' : n === 1 ? `one ${word}` : `${n} ${word}s`)

/** After paying, the payment page leads here with its session. The server is asked what became of it. */
async function cameBack({ url }: Visit): Promise<string> {
  const session = url.searchParams.get('session_id')
  if (!session) return ''
  history.replaceState(null, '', url.pathname)
  try {
    const visit = await member.call('GET /checkout/{session}', { path: { session } })
    return visit.state
  } catch (error) {
    if (isProblem(error)) return ''
    throw error
  }
}
