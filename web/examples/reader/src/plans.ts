// What can be subscribed to. Paying happens on a page of Stripe's, which leads
// back to the note.
import { isProblem, type Plan } from '@lighttrends/sdk'
import { content, member } from './client'
import { html, money } from './html'
import type { Page, Visit } from './page'

type Way = Plan['prices'][number]
const every: Record<string, string> = { month: 'a month', year: 'a year' }

export async function plansPage(visit: Visit): Promise<Page> {
  const note = visit.url.searchParams.get('note')
  // Behind some notes stands the gate of certain plans; what opens it comes first.
  const [all, opening] = await Promise.all([content.plans(), note ? opens(note) : Promise.resolve<string[]>([])])
  const opensIt = (plan: Plan) => opening.length === 0 || opening.includes(plan.slug)
  const plans = [...all.filter(opensIt), ...all.filter((p) => !opensIt(p))]
  const button = (plan: Plan, price: Way, i: number) => html`
    <button class="button ${i > 0 && 'second'}" data-do="buy" data-plan="${plan.slug}" data-interval="${price.interval}" data-currency="${price.currency}">
      ${money(price.amount, price.currency)} ${every[price.interval] ?? `for ${price.months} months`}</button>`
  return {
    title: 'Plans',
    body: html`
      <section class="lead"><h1>Read everything</h1><p>Pay by card on the next page. You can cancel whenever you like.</p></section>
      <div class="plans">${plans.map((plan) => html`
        <section class="plan" aria-label="${plan.name}">
          <h2>${plan.name}</h2>
          ${opening.length > 0 && html`<p class="${opensIt(plan) ? 'opens' : 'wait'}">${opensIt(plan) ? 'Opens the note you came from' : 'Does not open the note you came from'}</p>`}
          <p>${plan.description}</p>
          <ul>${plan.benefits.map((b) => html`<li>${b}</li>`)}</ul>
          <p class="ways">${plan.prices.filter((p) => !p.bands).map((p, i) => button(plan, p, i))}</p>
        </section>`)}</div>
      ${plans.length === 0 && html`<p class="wait">Nothing is sold at the moment.</p>`}`,
    acts: {
      async buy(button) {
        const back = note ? `/notes/${note}` : '/'
        if (!(await member.signedIn())) return visit.go(`/sign-in?to=${encodeURIComponent(visit.url.pathname + visit.url.search)}`)
        const { plan, interval, currency } = button.dataset
        try {
          const { url } = await member.call('POST /checkout', {
            body: { plan: plan!, interval: interval as 'month' | 'year' | 'once', currency, return_to: location.origin + back },
          })
          location.assign(url)
        } catch (error) {
          if (!isProblem(error, 'already_subscribed')) throw error
          visit.say('You have a subscription already.')
          visit.go(back)
        }
      },
    },
  }
}

/** The plans that open a note for this reader; none where any of them does. */
async function opens(slug: string): Promise<string[]> {
  try {
    const note = await content.notes.get(slug)
    return note.decision === 'full' ? [] : (note.access.plans ?? [])
  } catch (error) {
    if (isProblem(error)) return [] // the note is gone; the plans are not
    throw error
  }
}
