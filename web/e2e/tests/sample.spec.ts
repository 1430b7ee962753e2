// A front end of one's own, on another origin than the server: reading, signing
// in by code and by link, buying, and reading what was bought.
import { portalFaults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { letterAfter, pay, takeApart } from '../reader.ts'
import { Sample } from '../sample.ts'
import { complaintsOf } from '../staff.ts'

const sample = new Sample()
const secret = 'Three suppliers stopped quoting.'

test.beforeAll(async ({ house, playwright }) => {
  const request = await playwright.request.newContext()
  await house.plan(request, 'reader', 'Reader', 49000)
  for (let i = 1; i <= 13; i++) await house.publish(request, { title: `Old note ${i}`, abstract: 'An old one.', body: 'Words.', gate: 'public' })
  await house.publish(request, { title: 'Paid for in another house', abstract: 'Orders fell.', gate: 'paid', body: `Orders fell by a fifth.\n\n<!-- paywall -->\n\n## Why\n\n${secret}\n` })
  await sample.open(house, request)
  await request.dispose()
})
test.afterAll(() => sample.close())

test('on another origin a reader signs in, buys, reads and leaves', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  const main = page.getByRole('main')
  const h1 = main.getByRole('heading', { level: 1 })

  await test.step('the archive goes on page by page', async () => {
    await page.goto(sample.origin)
    const notes = main.getByRole('article')
    await expect(notes).toHaveCount(12)
    await page.getByRole('button', { name: 'Older notes' }).click()
    await expect.poll(() => notes.count()).toBeGreaterThanOrEqual(14) // other tests publish notes meanwhile
    await expect(notes.nth(12).getByRole('link')).toBeFocused()
    await expect(page.getByRole('button', { name: 'Older notes' })).toHaveCount(0)
  })

  await test.step('a stranger gets the preview and what would open the rest', async () => {
    await main.getByRole('link', { name: 'Paid for in another house' }).click()
    await expect(h1).toHaveText('Paid for in another house')
    await expect(page).toHaveURL(`${sample.origin}/notes/paid-for-in-another-house`)
    await expect(main).toContainText('Orders fell by a fifth.')
    await expect(main.getByRole('region', { name: 'The rest is for subscribers' })).toBeVisible()
    await expect(main).not.toContainText(secret)
  })

  await test.step('the code from the mail signs in here', async () => {
    await main.getByRole('link', { name: 'Sign in' }).press('Enter')
    await expect(h1).toHaveText('Sign in')
    await expect(main).toBeFocused()
    await expect(main).toHaveCSS('outline-style', 'none') // a ring around a whole page says nothing
    const { code } = takeApart(await letterAfter(house, page, 'code@example.com', 'sign-in', async () => {
      await page.getByLabel('E-mail address').fill('code@example.com')
      await page.getByRole('button', { name: 'Send the mail' }).click()
      await expect(h1).toHaveText('Look into your mail')
      await expect(page.getByLabel('Code')).toBeFocused()
    }))
    await page.getByLabel('Code').fill('000000')
    await main.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('status').last()).not.toBeEmpty()
    await page.getByLabel('Code').fill(code)
    await main.getByRole('button', { name: 'Sign in' }).click()
    await expect(h1).toHaveText('Paid for in another house')
    await expect(page.getByRole('banner')).toContainText('code@example.com')
    await expect(main).not.toContainText(secret)
  })

  await test.step('buying at the stand-in leads back to the note, which is open', async () => {
    await main.getByRole('link', { name: 'See the plans' }).click()
    await main.getByRole('button', { name: '$490 a year' }).click()
    await expect(page).toHaveURL(new RegExp(`^${house.demo}/stripe/checkout/`))
    await pay(page, '4242 4242 4242 4242')
    await expect(page).toHaveURL(`${sample.origin}/notes/paid-for-in-another-house`)
    await expect(main).toContainText('It is all yours now.')
    await expect(main).toContainText(secret)
    await page.reload()
    await expect(main).toContainText(secret)
  })

  await test.step('signing out closes it in every tab', async () => {
    const tab = await page.context().newPage()
    await tab.goto(`${sample.origin}/notes/paid-for-in-another-house`)
    await expect(tab.getByRole('main')).toContainText(secret)
    await page.getByRole('button', { name: 'Sign out' }).click()
    for (const p of [page, tab]) {
      await expect(p.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
      await expect(p.getByRole('main')).toContainText('Orders fell by a fifth.')
      await expect(p.getByRole('main')).not.toContainText(secret)
    }
    await tab.close()
  })

  await test.step('the link from the mail leads back here, and only in this browser', async () => {
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click()
    const { link } = takeApart(await letterAfter(house, page, 'code@example.com', 'sign-in', async () => {
      await page.getByLabel('E-mail address').fill('code@example.com')
      await page.getByRole('button', { name: 'Send the mail' }).click()
      await expect(h1).toHaveText('Look into your mail')
    }))
    const elsewhere = await page.context().browser()!.newPage()
    await elsewhere.goto(link)
    await elsewhere.getByRole('main').getByRole('button').first().click()
    await expect(elsewhere).toHaveURL(new RegExp(`^${sample.origin}/sign-in`))
    await expect(elsewhere.getByRole('status').last()).toContainText('another browser')
    await elsewhere.close()
    await page.goto(link)
    await page.getByRole('main').getByRole('button').first().click()
    await expect(page).toHaveURL(`${sample.origin}/notes/paid-for-in-another-house`)
    await expect(main).toContainText(secret)
  })
  expect(complaints).toEqual([])
})

test('axe finds nothing in the sample, and nothing is wider than the screen', async ({ page }) => {
  for (const [width, path] of [[1280, '/'], [390, '/notes/paid-for-in-another-house'], [390, '/plans'], [390, '/sign-in']] as const) {
    await page.setViewportSize({ width, height: 844 })
    await page.goto(sample.origin + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} at ${width}`).toBeLessThanOrEqual(0)
    expect(await portalFaults(page), path).toEqual([])
  }
})
