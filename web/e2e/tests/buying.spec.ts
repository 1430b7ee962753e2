// Buying, as people do it: declined, confirmed with the bank, with an offer,
// without an account, slowly, and where there is nothing to buy.
import { expect, test, type House } from '../house.ts'
import { letterAfter, pay, signIn, takeApart } from '../reader.ts'

test.beforeEach(async ({ house, page }) => {
  await house.plan(page.request, 'reader', 'Reader', 49000)
})

/** Makes an offer and waits until Stripe knows it. */
async function offer(house: House, page: import('@playwright/test').Page, code: string, more: object = {}) {
  await house.admin(page.request, 'POST', '/offers', { code, kind: 'signup', gift: 'percent', percent: 50, duration: 'once', name: 'Half at first', ...more })
  await expect.poll(async () => (await house.admin(page.request, 'GET', '/offers')).offers.find((o: { code: string }) => o.code === code).mirrored).toBe(true)
}

test('an offer is taken with a card that was declined before, and that the bank asks about', async ({ house, page }) => {
  await offer(house, page, 'HALF')
  await signIn(house, page, 'half@example.com')
  await page.goto(house.base + '/offer/half')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Half at first')
  await page.getByRole('button', { name: /^Take the offer.*a year$/ }).click()
  await expect(page).toHaveURL(new RegExp(`^${house.demo}/stripe/checkout/`))
  await expect(page.getByLabel('Promotion code')).toHaveCount(0)
  await pay(page, '4000 0000 0000 0002')
  await expect(page.getByRole('alert')).toContainText('declined')
  await pay(page, '4000 0027 6000 3184')
  await page.getByRole('button', { name: 'Fail' }).click()
  await expect(page.getByRole('alert')).toContainText('not confirmed')
  await pay(page, '4000 0027 6000 3184')
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, you are in')
  const { offers } = await house.admin(page.request, 'GET', '/offers')
  expect(offers.find((o: { code: string }) => o.code === 'HALF')).toMatchObject({ taken: 1, held: 0 })

  await page.goto(house.base + '/checkout?plan=reader&interval=year')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have Reader already')
})

test('somebody without an account pays first and logs in by the link', async ({ house, page }) => {
  await page.goto(house.base + '/plans')
  await page.getByRole('button', { name: 'Subscribe to Reader' }).click()
  await page.getByRole('button', { name: 'Go to payment' }).click()
  await page.getByLabel('E-mail').fill('stranger@example.com')
  const letter = await letterAfter(house, page, 'stranger@example.com', 'sign-in', async () => {
    await pay(page, '4242 4242 4242 4242')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, it is paid')
  })
  await expect(page.getByRole('main')).toContainText('stranger@example.com')
  await page.goto(takeApart(letter).link)
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
  await expect(page).toHaveURL(house.base + '/account')
  await expect(page.getByRole('main')).toContainText('Reader')
})

test('a slow payment keeps it closed, and an archived plan says so', async ({ house, page }) => {
  await signIn(house, page, 'slow@example.com')
  await page.goto(house.base + '/plans')
  await page.getByRole('button', { name: 'Subscribe to Reader' }).click()
  await page.getByText('Bank debit').click()
  await page.getByLabel('Account number').fill('000123456789')
  await page.getByRole('button', { name: 'Subscribe for' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your payment is on its way')
  await expect(page.getByRole('main')).toContainText('until then it stays closed')

  await house.admin(page.request, 'PUT', '/plans/old', { name: 'Old', archived: true, prices: [] })
  const answer = await page.goto(house.base + '/plans/old')
  expect(answer!.status()).toBe(410)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Old is no longer sold')
  for (const [code, status, words] of [['NOSUCH', 404, 'There is no such offer'], ['GONE', 410, 'This offer is over']] as const) {
    if (code === 'GONE') await offer(house, page, code, { archived: true })
    const reply = await page.goto(`${house.base}/offer/${code}`)
    expect(reply!.status()).toBe(status)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words)
  }
})
