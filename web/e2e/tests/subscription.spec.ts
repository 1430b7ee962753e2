// Looking after a subscription: another plan, a pause, leaving and staying,
// bills, and a payment that failed. All of it works without script.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type House } from '../house.ts'
import { choose, letters, letTimePass, pay, signIn } from '../reader.ts'

test.beforeEach(async ({ house, page }) => {
  await house.plan(page.request, 'reader', 'Reader', 49000)
  await house.plan(page.request, 'house', 'House', 149000)
})

/** Nothing on the page keeps anybody out, in either scheme. */
async function open(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
    expect(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`)).toEqual([])
  }
}

async function subscribe(house: House, page: Page, email: string, card = '4242 4242 4242 4242') {
  await signIn(house, page, email)
  await choose(house, page, 'Reader')
  await pay(page, card)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, you are in')
  await page.goto(house.base + '/account')
}

const fact = (page: Page, name: string) => page.locator('.facts > div').filter({ hasText: name }).locator('dd')
const says = (page: Page, text: string | RegExp) => expect(page.getByRole('status')).toContainText(text)

test('a change is made for the amount that was shown', async ({ house, page }) => {
  await subscribe(house, page, 'change@example.com')
  await page.getByRole('link', { name: 'Change plan' }).click()
  await expect(page.getByRole('radio', { name: /Reader.*Yours now/ })).toBeChecked()
  await open(page)
  await page.getByRole('radio', { name: /House.*\$149 a month/ }).check()
  await page.getByRole('button', { name: 'See what it costs' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Confirm the change')
  const now = (await page.getByRole('row', { name: 'Charged now' }).getByRole('cell').textContent())!.trim()
  await open(page)
  await page.getByRole('button', { name: `Change and pay ${now}` }).click()
  await says(page, 'Your subscription is changed.')
  await expect(fact(page, 'Plan')).toHaveText('House')
  const bills = page.getByRole('region', { name: 'List of bills' })
  await expect(bills.getByRole('row')).toHaveCount(3)
  await expect(bills.getByRole('row').nth(1)).toContainText(now)
  await open(page)

  await test.step('a cheaper one leaves credit', async () => {
    await page.getByRole('link', { name: 'Change plan' }).click()
    await page.getByRole('radio', { name: /Reader.*\$49 a month/ }).check()
    await page.getByRole('button', { name: 'See what it costs' }).click()
    await expect(page.getByRole('row', { name: 'Charged now' })).toContainText('$0')
    await expect(page.getByRole('row', { name: 'Credit for your next payments' })).toBeVisible()
    await page.getByRole('button', { name: 'Change now' }).click()
    await expect(fact(page, 'Plan')).toHaveText('Reader')
  })
  await test.step('the bill can be read, as a page and as a file', async () => {
    const row = bills.getByRole('row').last()
    const pdf = await page.request.get((await row.getByRole('link', { name: 'PDF' }).getAttribute('href'))!)
    expect(pdf.headers()['content-type']).toBe('application/pdf')
    await row.getByRole('link', { name: 'Receipt' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Receipt for')
  })
  await expect.poll(async () => (await letters(house, page, 'change@example.com')).filter((l) => l.subject === 'Your subscription is changed').length).toBe(2)
})

/** Pausing, leaving with a reason, and staying for an offer. */
async function leaveAndStay(house: House, page: Page, email: string) {
  await house.admin(page.request, 'PATCH', '/subscription-policy', { pause_months: 2 })
  await subscribe(house, page, email)
  await page.getByRole('link', { name: 'Pause payments' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pause your payments')
  await page.getByRole('radio', { name: '2 months' }).check()
  await page.getByRole('button', { name: 'Pause' }).click()
  await says(page, 'Your payments are paused.')
  await page.getByRole('button', { name: 'End the pause' }).click()
  await says(page, 'Your subscription goes on.')

  await page.getByRole('link', { name: 'Cancel the subscription' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cancel Reader?')
  await page.getByRole('radio', { name: 'It costs too much' }).check()
  await page.getByLabel('In your own words').fill('Too dear for <b>one</b> reader')
  await page.getByRole('button', { name: 'Cancel the subscription' }).click()
  await says(page, 'Your subscription is cancelled.')
  await expect(fact(page, 'Ends')).toBeVisible()
  await page.getByRole('button', { name: 'Keep it after all' }).click()
  await says(page, 'Your subscription goes on.')
}

test('pausing, leaving and staying for an offer', async ({ house, page }) => {
  await leaveAndStay(house, page, 'leave@example.com')
  await house.admin(page.request, 'POST', '/offers', {
    code: 'STAYWITHUS', kind: 'retention', name: 'Stay', description: 'We would be sorry to see you go.', gift: 'percent', percent: 50, duration: 'repeating', months: 3,
  })
  await expect(async () => {
    await page.goto(house.base + '/account/cancel')
    await expect(page.getByRole('heading', { name: 'Before you go: 50 percent less for 3 months' })).toBeVisible({ timeout: 500 })
  }).toPass()
  await open(page)
  await page.getByRole('button', { name: 'Take it and stay' }).click()
  await says(page, 'Thank you for staying.')
  await expect(fact(page, 'Next payment')).toContainText('$24.50')
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })
  test('pausing, leaving and staying', async ({ house, page }) => {
    await leaveAndStay(house, page, 'plain@example.com')
  })
})

test('a failed payment is told on every page until it is paid', async ({ house, page }) => {
  await house.admin(page.request, 'PATCH', '/subscription-policy', { grace_days: 10 })
  await subscribe(house, page, 'failed@example.com', '4000 0000 0000 0341')
  await letTimePass(house, page, '+ 1 month') // the bill is written; others of this house may renew before
  await letTimePass(house, page, '+ 1 day') // and not paid
  await expect(async () => {
    await page.goto(house.base + '/archive')
    await expect(page.getByRole('complementary', { name: 'Your subscription' })).toContainText('You can read on until', { timeout: 500 })
  }).toPass()
  await open(page)
  await page.getByRole('link', { name: 'See what to do' }).click()
  await expect(page.getByRole('alert')).toContainText('$49 is open.')
  await open(page)
  await page.getByRole('link', { name: 'Pay the bill' }).click()
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByRole('button', { name: 'Pay', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Pay', exact: true })).toHaveCount(0)
  await expect(async () => {
    await page.goto(house.base + '/archive')
    await expect(page.getByRole('complementary', { name: 'Your subscription' })).toHaveCount(0, { timeout: 500 })
  }).toPass()
})
