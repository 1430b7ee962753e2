// How a note is read: its contents, footnotes, figures and versions, with and
// without scripts, for who may read it and who may not.
import { portalFaults } from '../faults.ts'
import { expect, test as base, type House } from '../house.ts'
import { signIn } from '../reader.ts'
import type { Page } from '@playwright/test'

const chart = (title: string, unit: string, values: string) =>
  '```chart\ntype: line\ntitle: ' + title + '\nunit: ' + unit + '\nx: [Q1, Q2]\nseries:\n  - {name: Wait, data: [' + values + ']}\n```'

const filler = Array.from({ length: 12 }, (_, i) => `Paragraph ${i} says little, and takes some room on the page while it says so, as paragraphs do.`).join('\n\n')

const body = `The wait is **12 weeks**.[^one]\n\n${chart('Open figure', 'weeks', '17, 34')}\n\nHalf of the film is spoken for.\n\n<!-- paywall -->\n\n` +
  `## What has gone\n\nThe hidden number is 4711.[^two]\n\n${filler}\n\n${chart('Hidden figure', '$', '-1.5, 1234')}\n\n## What comes\n\n${filler}\n\n## What to do\n\n${filler}\n\n` +
  '[^one]: The open footnote.\n[^two]: The hidden footnote, see also the first.[^one]'

type State = Awaited<ReturnType<import('@playwright/test').BrowserContext['storageState']>>

/** note is a note for members in a publication of its own; member is the cookies of one. */
const test = base.extend<{}, { note: { id: string; path: string }; member: State }>({
  note: [async ({ house, playwright }, use) => {
    const request = await playwright.request.newContext()
    const topic = await house.admin(request, 'PUT', '/topics/film', { name: 'Film' })
    const made = await house.publish(request, { title: 'Twelve weeks', abstract: 'The wait is over.', body, gate: 'members', topics: [topic.slug] })
    await house.publish(request, { title: 'Another on film', abstract: 'Much the same.', body: 'Short.', gate: 'public', kind: 'data', topics: [topic.slug] })
    await use({ id: made.id, path: '/notes/twelve-weeks' })
    await request.dispose()
  }, { scope: 'worker' }],
  member: [async ({ browser, house, engine }, use) => {
    const context = await browser.newContext()
    await signIn(house, await context.newPage(), `reading.${engine}@example.org`, 'Ada')
    await use(await context.storageState())
    await context.close()
  }, { scope: 'worker' }],
})

async function correct(house: House, page: Page, id: string, from: string, to: string): Promise<void> {
  const { version, body } = await house.admin(page.request, 'GET', `/notes/${id}`)
  expect(body).toContain(from)
  const answer = await page.request.fetch(`${house.base}/api/admin/v1/notes/${id}`, {
    method: 'PATCH', data: { body: body.replace(from, to) }, headers: { Authorization: `Bearer ${house.key}`, 'If-Match': `"${version}"` },
  })
  expect(answer.status(), await answer.text()).toBe(200)
  await house.admin(page.request, 'PUT', `/notes/${id}/publication`, { change: 'major', notice: 'The number was wrong.' })
}

test('a member reads with the contents, the footnotes, the figures and what changed', async ({ house, note, member, browser }) => {
  const context = await browser.newContext({ storageState: member, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const main = page.getByRole('main')
  await page.goto(house.base + note.path)

  await test.step('the contents mark the place', async () => {
    const contents = page.getByRole('navigation', { name: 'Contents' })
    await expect(contents.getByRole('link')).toHaveText(['What has gone', 'What comes', 'What to do'])
    await contents.getByRole('link', { name: 'What comes' }).click()
    await expect(contents.locator('[aria-current]')).toHaveText('What comes')
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await expect(contents.locator('[aria-current]')).toHaveText('What to do')
    await expect(contents).toBeInViewport()
  })
  await test.step('a footnote opens where it stands, by the keyboard too', async () => {
    const number = main.getByLabel('Footnote 2', { exact: true })
    await number.focus()
    await page.keyboard.press('Enter')
    const box = page.getByRole('dialog', { name: 'Footnote 2' })
    await expect(box).toContainText('The hidden footnote')
    await expect(box).toBeFocused()
    expect(page.url()).not.toContain('#fn')
    expect(await portalFaults(page)).toEqual([])
    await box.getByLabel('Footnote 1', { exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Footnote 1' })).toContainText('The open footnote')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(number).toBeFocused()
    await number.click()
    await page.getByRole('link', { name: 'All footnotes' }).click()
    await expect(page).toHaveURL(/#fn_2$/)
    await expect(page.getByRole('dialog')).toBeHidden()
  })
  await test.step('the data of a figure is a file', async () => {
    const figure = main.locator('figure.chart').filter({ hasText: 'Hidden figure' })
    await figure.getByText('Data', { exact: true }).click()
    expect(await portalFaults(page)).toEqual([])
    const saved = page.waitForEvent('download')
    await figure.getByRole('link', { name: /^Download as CSV/ }).click()
    expect((await saved).suggestedFilename()).toBe('twelve-weeks-figure-2.csv')
    const answer = await page.request.get(`${house.base}${note.path}/figures/2.csv`)
    expect(await answer.text()).toBe('\ufeff,Wait\r\nQ1,-1.5\r\nQ2,1234.0\r\n')
  })
  await test.step('they are told what changed since, and see the difference', async () => {
    await expect(main.getByText('Changed since you last read it')).toHaveCount(0)
    await page.waitForTimeout(1500) // what was read is written a second later
    await correct(house, page, note.id, 'hidden number is 4711', 'hidden number is 4712')
    await page.goto(house.base + note.path)
    expect(await portalFaults(page)).toEqual([])
    await main.getByRole('link', { name: 'See what is different' }).click()
    await expect(main.locator('del')).toHaveText('4711')
    await expect(main.locator('ins')).toHaveText('4712')
    await expect(main).toContainText('The number was wrong.')
    expect(await portalFaults(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
  await test.step('on a phone the contents are folded, and fold again', async () => {
    await page.goto(house.base + note.path)
    const last = page.getByRole('navigation', { name: 'Contents' }).getByRole('link').last()
    await expect(last).toBeHidden()
    await page.getByText('Contents', { exact: true }).last().click()
    expect(await portalFaults(page)).toEqual([])
    await last.click()
    await expect(last).toBeHidden()
    await expect(page.getByRole('heading', { name: 'What to do' })).toBeInViewport()
  })
  await context.close()
})

test('a stranger without scripts is told what there is, and gets none of it', async ({ house, note, browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const main = page.getByRole('main')
  await page.goto(house.base + note.path)
  await expect(main.locator('.gate')).toContainText(/In the rest of this note.*words\s*\d+.*figure\s*1/s)
  await expect(main.getByRole('heading', { name: 'Read on with a free account' })).toBeVisible()
  expect(await page.content()).not.toMatch(/hidden (number|figure|footnote)|471[12]/i)
  await main.getByLabel('Footnote 1', { exact: true }).click()
  await expect(page).toHaveURL(/#fn_1$/)
  await expect(main.locator('.footnotes')).toContainText('The open footnote')
  await main.getByText('Data', { exact: true }).click()
  await expect(main.getByRole('link', { name: /^Download as CSV/ })).toHaveAttribute('href', note.path + '/figures/1.csv')
  for (const path of ['/figures/2.csv', '/figures/9.csv', '/v/1/changes']) {
    const answer = await page.request.get(house.base + note.path + path, { maxRedirects: 0 })
    expect([answer.status(), await answer.text()], path).toEqual([path.includes('changes') ? expect.any(Number) : 303, expect.not.stringContaining('471')])
  }
  const card = await page.locator('meta[property="og:image"]').getAttribute('content')
  const picture = await page.request.get(card!)
  expect(picture.headers()).toMatchObject({ 'content-type': 'image/png', 'cache-control': 'public, max-age=86400' })

  await main.getByRole('link', { name: 'Another on film' }).click()
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Another on film')
  await page.goto(house.base + '/archive')
  await main.getByText('Filter by topic, analyst or kind').click()
  await main.getByRole('link', { name: 'Film', exact: true }).click()
  await main.getByRole('navigation', { name: 'Kind' }).getByRole('link', { name: 'Data' }).click()
  await expect(main.getByRole('status')).toContainText('Only: Film, Data.')
  await expect(main.getByRole('heading', { level: 3 })).toHaveText(['Another on film'])
  await context.close()
})

test('the archive, narrowed and empty, can be read by everybody', async ({ house, note, page }) => {
  expect(note.id).toBeTruthy()
  for (const path of ['/archive?topic=film', '/archive?topic=film&kind=forecast']) {
    await page.goto(house.base + path)
    expect(await portalFaults(page)).toEqual([])
  }
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
})
