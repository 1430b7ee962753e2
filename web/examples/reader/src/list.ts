// The archive: newest first, by topic, page after page.
import type { Listed } from '@lighttrends/sdk'
import { content } from './client'
import { day, html } from './html'
import type { Page, Visit } from './page'

const open = { public: 'For everybody', members: 'For members', paid: 'For subscribers', plans: 'For some plans' }

const item = (note: Listed) => html`
  <li><article>
    <p class="over"><span>${note.kind.replace('-', ' ')}</span> <time datetime="${note.published_at}">${day(note.published_at)}</time></p>
    <h2><a href="/notes/${note.slug}">${note.title}</a></h2>
    <p>${note.abstract}</p>
    <p class="under">${open[note.gate.kind]} · ${note.minutes} min</p>
  </article></li>`

export async function listPage({ url }: Visit): Promise<Page> {
  const topic = url.searchParams.get('topic') ?? undefined
  const [topics, page, settings] = await Promise.all([content.topics(), content.notes.list({ topic, limit: 12 }), content.settings()])
  const chosen = topics.find((t) => t.slug === topic)
  let next = page.next
  return {
    title: chosen?.name ?? settings.name,
    body: html`
      <section class="lead"><h1>${chosen?.name ?? settings.tagline ?? settings.name}</h1><p>${chosen?.description ?? settings.about}</p></section>
      <nav class="topics" aria-label="Topics">
        <a href="/" ${!chosen && html`aria-current="page"`}>All</a>
        ${topics.map((t) => html`<a href="/?topic=${t.slug}" ${t === chosen && html`aria-current="page"`}>${t.name}</a>`)}
      </nav>
      <ul class="notes">${page.notes.map(item)}</ul>
      ${page.notes.length === 0 && html`<p class="wait">There are no notes here yet.</p>`}
      ${next && html`<button data-do="older" class="more">Older notes</button>`}`,
    acts: {
      async older(button) {
        const more = await content.call('GET /notes', { query: { topic, limit: 12, cursor: next } })
        const list = document.querySelector('.notes')!
        const first = list.children.length
        list.insertAdjacentHTML('beforeend', html`${more.notes.map(item)}`.text)
        list.children[first]?.querySelector('a')?.focus()
        if (!(next = more.next)) button.remove()
      },
    },
  }
}
