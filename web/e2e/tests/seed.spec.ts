// Real input: a newsletter note as its readers saw it, published through the
// Admin API, and read by a stranger, a subscriber and somebody who has left.
import type { Page } from '@playwright/test'
import { expect, test } from '../house.ts'
import { buy, letTimePass, signIn } from '../reader.ts'
import { asMarkdown, plain, readSeed, seedFile, seedIsThere, type Seed } from '../seed.ts'

test.skip(!seedIsThere, `The seed is missing: ${seedFile} is not there. Put the seeds beside the repository, in ../shared/seeds, or name their folder in SEEDS_DIR.`)

// What stands below the paywall is this test's own.
const words = { paragraph: 'quiescent', heading: 'Overleaf', cell: 'marmalade', note: 'gannet', chart: 'Trondheim' }
const gated = `
## ${words.heading} of the deal

Below the line the tone is ${words.paragraph}.[^g]

| who | holds |
|---|---|
| the carrier | ${words.cell} |

\`\`\`chart
type: bar
title: Sites by city
unit: sites
x: [${words.chart}, Narvik]
series:
  - {name: Sites, data: [12, 7]}
\`\`\`

[^g]: Said by a ${words.note}.
`

async function showsTeaser(page: Page, seed: Seed) {
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { level: 1 })).toBeVisible()
  expect(plain(await main.getByRole('heading', { level: 1 }).innerText())).toBe(plain(seed.title))
  const body = plain(await main.locator('.body').innerText())
  for (const p of seed.teaser) expect(body).toContain(plain(p))
  await expect(main.locator('.meta time').first()).toHaveAttribute('datetime', seed.day.toISOString().replace('.000', ''))
  await expect(main.locator('.eyebrow').first()).toContainText(`${seed.series} · ${seed.month}`)
}

/** The page, as the browser has it and as it came over the wire, holds nothing gated. */
async function keepsClosed(page: Page, url: string) {
  const wire = await (await page.request.get(url)).text()
  for (const html of [wire, await page.content()]) {
    for (const word of Object.values(words)) expect(html).not.toContain(word)
  }
}

test('a real note: a stranger, a subscriber, and somebody who has left', async ({ house, page, browser }) => {
  const seed = readSeed()
  const month = seed.day.toISOString().slice(0, 7)
  await house.plan(page.request, 'reader', 'Reader', 49000)
  await house.admin(page.request, 'PUT', '/series/lighttrends-newsletter', { name: seed.series })
  const issue = await house.admin(page.request, 'PUT', `/series/lighttrends-newsletter/issues/${month}`, { editorial: '' })
  expect(issue.label).toBe(seed.month)
  const note = await house.publish(page.request, {
    title: seed.title, kind: 'newsletter', gate: 'paid', series: 'lighttrends-newsletter', issue: month,
    abstract: 'A cloud company takes over the core of a carrier.',
    body: seed.teaser.map(asMarkdown).join('\n\n') + '\n\n<!-- paywall -->\n' + gated,
  }, seed.day)

  await test.step('the issue and the archive name it', async () => {
    for (const path of [`/issues/lighttrends-newsletter/${month}`, `/archive/${month}`, '/archive', '/']) {
      await page.goto(house.base + path)
      await expect(page.getByRole('main').getByRole('link', { name: seed.title })).toHaveAttribute('href', new URL(note.url).pathname)
      await keepsClosed(page, house.base + path)
    }
  })

  await test.step('a stranger gets the whole teaser, the line for subscribers, and nothing else', async () => {
    await page.goto(note.url)
    await showsTeaser(page, seed)
    const line = seed.invitation.replace(/^\S+ /, '') // after the firm's own name
    expect(line).toMatch(/^subscribers can access the full text of this research note by logging in/)
    await expect(page.getByRole('main')).toContainText('subscribers can access the full text of this research note by logging in')
    await expect(page.getByRole('link', { name: 'Contact us' })).toBeVisible()
    await keepsClosed(page, note.url)
  })

  const reader = await (await browser.newContext()).newPage()
  const main = reader.getByRole('main')
  await test.step('a subscriber gets every part of it', async () => {
    await signIn(house, reader, 'seed@example.com', 'Sid Reader')
    await reader.goto(note.url)
    await keepsClosed(reader, note.url) // registered, but nothing bought
    await buy(house, reader, 'Reader')
    await reader.goto(note.url)
    await showsTeaser(reader, seed)
    await expect(main.getByRole('heading', { name: words.heading })).toBeVisible()
    await expect(main).toContainText(words.paragraph)
    await expect(main.getByRole('cell', { name: words.cell })).toBeVisible()
    await expect(main.locator('.footnotes')).toContainText(words.note)
    await expect(main.locator('figure svg').first()).toBeVisible()
    await expect(main).not.toContainText('can access the full text')
  })

  await test.step('somebody who has left gets the teaser and a way back', async () => {
    await reader.goto(house.base + '/account')
    await main.getByRole('link', { name: 'Cancel the subscription' }).click()
    await main.getByRole('button', { name: 'Cancel the subscription' }).click()
    await letTimePass(house, page, '+ 1 year')
    await expect.poll(async () => (await reader.goto(note.url)) && reader.content(), { timeout: 30_000 }).not.toContain(words.paragraph)
    await showsTeaser(reader, seed)
    await expect(main.getByRole('heading', { name: 'Your subscription has ended' })).toBeVisible()
    await expect(main.getByRole('link', { name: 'Subscribe again' })).toBeVisible()
    await keepsClosed(reader, note.url)
  })
})
