// Buying, as people do it: pressing twice, going back, in two tabs, with
// somebody else's address.
import type { Page } from '@playwright/test'
import { expect, test, type House } from '../house.ts'
import { buy, choose, letTimePass, letters, pay, signIn } from '../reader.ts'

test.beforeEach(async ({ house, page }) => {
  await house.plan(page.request, 'reader', 'Reader', 49000)
  await house.plan(page.request, 'house', 'House', 149000)
})

/** What the stand-in lists for a customer: one row for each subscription. */
async function bought(house: House, page: Page, email: string) {
  const stripe = await page.context().newPage()
  await stripe.goto(house.demo + '/stripe/')
  const rows = await stripe.getByRole('region', { name: 'Subscriptions' }).getByRole('row').filter({ hasText: email }).count()
  await stripe.close()
  return rows
}

test('pressing twice buys once', async ({ house, page }) => {
  await signIn(house, page, 'twice@example.com')
  await page.goto(house.base + '/plans')
  await page.getByRole('button', { name: 'Subscribe to Reader' }).dblclick()
  await expect(page).toHaveURL(new RegExp(`^${house.demo}/stripe/checkout/`))
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByRole('button', { name: 'Subscribe for' }).dblclick()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, you are in')
  expect(await bought(house, page, 'twice@example.com')).toBe(1)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, you are in')
  await expect.poll(async () => (await letters(house, page, 'twice@example.com')).filter((l) => l.category === 'welcome').length).toBe(1)
})

test('going back from payment buys nothing, and leads to where it began', async ({ house, page }) => {
  await house.publish(page.request, { title: 'Back here', abstract: 'A.', gate: 'paid', body: 'The preview.\n\n<!-- paywall -->\n\nThe rest.\n' })
  await signIn(house, page, 'back@example.com')
  await page.goto(house.base + '/notes/back-here')
  await page.getByRole('main').getByRole('link', { name: 'See plans' }).click()
  await page.getByRole('button', { name: 'Subscribe to Reader' }).click()
  const payment = page.url()
  await page.getByRole('link', { name: 'Go back without buying' }).click()
  await expect(page).toHaveURL(house.base + '/notes/back-here')
  await expect(page.getByRole('heading', { name: 'The full text is for subscribers' })).toBeVisible()

  await test.step('an address of return that was not paid for grants nothing', async () => {
    const session = payment.match(/cs_\w+/)![0]
    await page.goto(`${house.base}/checkout/return?session_id=${session}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing has been paid')
    await page.getByRole('link', { name: 'Go on to payment' }).click()
    await expect(page).toHaveURL(payment)
  })
  await test.step('going back after paying neither pays again nor breaks', async () => {
    await pay(page, '4242 4242 4242 4242')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, you are in')
    await page.goto(payment)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This subscription is set up already.')
    await page.getByRole('link', { name: 'Go on' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, you are in')
    expect(await bought(house, page, 'back@example.com')).toBe(1)
  })
})

test('of two tabs with two plans only one can be paid', async ({ house, page }) => {
  await signIn(house, page, 'tabs@example.com')
  await choose(house, page, 'Reader')
  const other = await page.context().newPage()
  await choose(house, other, 'House')
  await pay(page, '4242 4242 4242 4242')
  await expect(page.getByRole('main')).toContainText('This payment page has expired. Nothing was bought.')
  await pay(other, '4242 4242 4242 4242')
  await expect(other.getByRole('main')).toContainText('Your subscription to House is open.')
  expect(await bought(house, page, 'tabs@example.com')).toBe(1)

  await test.step('a tab left open on the plans cannot buy a second one', async () => {
    const answer = await page.request.post(house.base + '/checkout', { form: { plan: 'reader', interval: 'month' } })
    expect(answer.url()).toBe(house.base + '/checkout?interval=month&plan=reader')
    await page.goto(answer.url())
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have a subscription already')
    await page.goto(house.base + '/plans')
    await expect(page.getByRole('button', { name: 'Subscribe' })).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'Manage House' })).toBeVisible()
  })
})

test("somebody else's address of return opens nothing", async ({ house, page, browser }) => {
  await signIn(house, page, 'payer@example.com')
  await choose(house, page, 'Reader')
  await pay(page, '4242 4242 4242 4242')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, you are in')
  const thanks = page.url()

  const other = await (await browser.newContext()).newPage()
  await other.goto(thanks)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Log in')
  await signIn(house, other, 'onlooker@example.com')
  await other.goto(thanks)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This order is not yours')
  await other.goto(house.base + '/account')
  await expect(other.getByRole('main')).toContainText('You have a free account.')
})

test('a cancellation can be taken back, and a renewal that fails leaves time to pay', async ({ house, page }) => {
  await house.publish(page.request, { title: 'In grace', abstract: 'A.', gate: 'paid', body: 'The preview.\n\n<!-- paywall -->\n\nThe rest of it.\n' })
  const main = page.getByRole('main')
  await signIn(house, page, 'grace@example.com')
  await buy(house, page, 'Reader')
  await page.goto(house.base + '/account')
  await main.getByRole('link', { name: 'Cancel the subscription' }).click()
  await main.getByRole('button', { name: 'Cancel the subscription' }).click()
  await expect(main.getByRole('status')).toHaveText('Your subscription is cancelled. You can read on until the end of the period.')
  await main.getByRole('button', { name: 'Keep it after all' }).click()
  await expect(main.getByRole('status')).toHaveText('Your subscription goes on.')

  await main.getByRole('button', { name: 'Change card' }).click()
  await page.getByRole('link', { name: 'Change card' }).click()
  await page.getByLabel('Card number').fill('4000 0000 0000 0341')
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await main.getByRole('button', { name: 'Save card' }).click()
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Billing')
  await letTimePass(house, page, '+ 1 month') // the bill is written
  await letTimePass(house, page, '+ 1 day') // and collected
  await expect.poll(async () => (await page.goto(house.base + '/notes/in-grace')) && page.content(), { timeout: 30_000 })
    .toContain('Your last payment did not go through.')
  await expect(main).toContainText('The rest of it.')
  await main.getByRole('link', { name: 'Mend the payment' }).click()
  await expect(main.getByRole('alert')).toContainText('$49 is open.')
  await main.getByRole('link', { name: 'Pay the bill' }).click()
  await expect(page).toHaveURL(new RegExp(`^${house.demo}/stripe/invoices?/`))
})
