// What belongs to a member: saved notes, the place they stopped at, what they
// follow, a feed of their own, and a note handed on; with and without scripts.
import { portalFaults } from '../faults.ts'
import { expect, test as base } from '../house.ts'
import { signIn } from '../reader.ts'

const filler = (of: string) => Array.from({ length: 10 }, (_, i) => `${of} paragraph ${i} says little, and takes some room on the page while it says so, as paragraphs do. It goes on for another line.`).join('\n\n')

const body = `The wait is **12 weeks**.\n\n<!-- paywall -->\n\n## What has gone\n\nThe hidden number is 4711.\n\n${filler('First')}\n\n## What comes\n\n${filler('Second')}\n\n## What to do\n\n${filler('Third')}`

type State = Awaited<ReturnType<import('@playwright/test').BrowserContext['storageState']>>

const test = base.extend<{}, { note: string; member: State }>({
  note: [async ({ house, playwright }, use) => {
    const request = await playwright.request.newContext()
    await house.admin(request, 'PATCH', '/settings', { shared_notes: 3 })
    const topic = await house.admin(request, 'PUT', '/topics/film', { name: 'Film' })
    await house.publish(request, { title: 'Twelve weeks', abstract: 'The wait is over.', body, gate: 'members', topics: [topic.slug] })
    await house.publish(request, { title: 'Another on film', abstract: 'Much the same.', body: 'Short.', gate: 'public', kind: 'data', topics: [topic.slug] })
    await use('/notes/twelve-weeks')
    await request.dispose()
  }, { scope: 'worker' }],
  member: [async ({ browser, house, engine }, use) => {
    const context = await browser.newContext()
    await signIn(house, await context.newPage(), `library.${engine}@example.org`, 'Ada')
    await use(await context.storageState())
    await context.close()
  }, { scope: 'worker' }],
})

test('a member goes on where they were', async ({ house, note, member, browser }) => {
  const context = await browser.newContext({ storageState: member, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(house.base + note)
  await page.getByText('Second paragraph 4').scrollIntoViewIfNeeded()
  await page.evaluate(() => scrollBy(0, 500))
  await page.goto(house.base + '/archive')
  await expect(async () => {
    await page.goto(house.base + note)
    await expect(page.getByRole('link', { name: 'Continue where you were' })).toBeVisible({ timeout: 500 })
  }).toPass()
  expect(await portalFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'Continue where you were' }).click()
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300)
  await page.goto(house.base + '/')
  await page.getByRole('region', { name: 'For you' }).getByRole('link', { name: 'Twelve weeks' }).click()
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300)
  await page.goto(house.base + '/history')
  await expect(page.getByRole('link', { name: 'Twelve weeks' })).toBeVisible()
  expect(await portalFaults(page)).toEqual([])
  await context.close()
})

for (const javaScriptEnabled of [true, false]) {
  test(`a member saves, follows and shares ${javaScriptEnabled ? 'with' : 'without'} scripts`, async ({ house, note, member, browser }) => {
    const context = await browser.newContext({ storageState: member, viewport: { width: 1280, height: 800 }, javaScriptEnabled, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(house.base + note)
    await page.getByRole('button', { name: 'Save for later' }).click()
    await page.getByRole('link', { name: 'Your saved notes' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Saved notes' })).toBeVisible()
    const folder = javaScriptEnabled ? 'With scripts' : 'Without scripts'
    await page.getByLabel('New folder').fill(folder)
    await page.getByRole('button', { name: 'Make a folder' }).click()
    await expect(page.getByText('This folder is empty')).toBeVisible()
    await page.goto(house.base + '/saved')
    await page.getByLabel('Folder: Twelve weeks').selectOption(folder)
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    if (javaScriptEnabled) expect(await portalFaults(page)).toEqual([])
    await page.getByRole('link', { name: folder }).click()
    await expect(page.getByRole('link', { name: 'Twelve weeks' })).toBeVisible()
    await page.getByRole('button', { name: 'Delete the folder' }).click()
    await page.getByRole('button', { name: /Remove/ }).click()
    await expect(page.getByText('Nothing saved yet')).toBeVisible()

    await page.goto(house.base + '/topics/film')
    await page.getByRole('button', { name: /^Follow/ }).click()
    await expect(page.getByRole('button', { name: /^Following/ })).toBeVisible()
    if (javaScriptEnabled) expect(await portalFaults(page)).toEqual([])
    await page.goto(house.base + '/')
    await expect(page.getByRole('heading', { name: 'From what you follow' })).toBeVisible()
    if (javaScriptEnabled) expect(await portalFaults(page)).toEqual([])
    await page.goto(house.base + '/topics/film')
    await page.getByRole('button', { name: /^Following/ }).click()

    await page.goto(house.base + '/account')
    await page.getByRole('button', { name: /Make (an|another) address/ }).click()
    const feed = await page.getByLabel('JSON Feed').inputValue()
    if (javaScriptEnabled) expect(await portalFaults(page)).toEqual([])
    const nobody = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } })
    const answer = await nobody.request.get(feed)
    expect(answer.status()).toBe(200)
    expect(JSON.stringify(await answer.json())).toContain('The hidden number is 4711.')

    await page.goto(house.base + note)
    await page.getByRole('link', { name: 'Share with colleagues' }).click()
    if (javaScriptEnabled) expect(await portalFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = await page.getByLabel(/^Link to/).inputValue()
    const colleague = await nobody.newPage()
    await colleague.goto(link)
    await expect(colleague.getByText('The hidden number is 4711.')).toHaveCount(0)
    if (javaScriptEnabled) expect(await portalFaults(colleague)).toEqual([])
    await colleague.getByRole('button', { name: 'Read the note' }).click()
    await expect(colleague.getByText('The hidden number is 4711.')).toBeVisible()
    if (javaScriptEnabled) expect(await portalFaults(colleague)).toEqual([])
    await page.goto(house.base + '/account')
    await expect(page.getByText('Opened 1 of 3 times').first()).toBeVisible()
    if (javaScriptEnabled) expect(await portalFaults(page)).toEqual([])
    await page.getByRole('button', { name: /^End the link/ }).first().click()
    await colleague.reload()
    await expect(colleague.getByRole('heading', { name: 'This link has ended.' })).toBeVisible()
    await nobody.close()
    await context.close()
  })
}
