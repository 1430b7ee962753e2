// What is sold beside subscriptions: one note, a present, a few free notes, and
// access given at the desk.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../house.ts'
import { letters, signIn } from '../reader.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const gated = (title: string) => ({ title, abstract: 'A.', gate: 'paid', body: 'The preview.\n\n<!-- paywall -->\n\nThe rest of it.\n' })

async function payOnce(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Go to payment' }).click()
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByRole('button', { name: /^(Pay|Buy|Subscribe)/ }).click()
}

async function clean(page: Page, what: string, part = 'body'): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`), what).toEqual([])
}

test('a note is bought alone, and a present given and redeemed', async ({ house, page }) => {
  await house.plan(page.request, 'reader', 'Reader', 49000)
  const note = await house.publish(page.request, gated('Sold alone'))
  await house.admin(page.request, 'PUT', `/notes/${note.id}/price`, { amount: 900, currency: 'usd' })
  await house.admin(page.request, 'PATCH', '/sales-rules', { gifts: true })
  await signIn(house, page, 'alone@example.com', 'Ada')

  await test.step('one note', async () => {
    await page.goto(house.base + '/notes/sold-alone')
    await page.getByRole('link', { name: 'Read this note for $9' }).click()
    await clean(page, 'the order of a note')
    await payOnce(page)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, the note is yours')
    await page.getByRole('link', { name: 'Read “Sold alone”' }).click()
    await expect(page.getByText('The rest of it.')).toBeVisible()
  })
  await test.step('a present', async () => {
    await page.goto(house.base + '/plans')
    await page.getByRole('link', { name: 'Give a subscription' }).click()
    await clean(page, 'the form of a present')
    await page.getByLabel('Reader, 3 months').check()
    await page.getByLabel('For whom: e-mail address').fill('given@example.com')
    await page.getByLabel('From: your name').fill('Ada')
    await page.getByLabel(/^Your words/).fill('Read on!')
    await payOnce(page)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, the present is on its way')
  })
  const code = await test.step('its letter', async () => {
    const gifts = async () => (await letters(house, page, 'given@example.com')).filter((l) => l.category === 'gift')
    await expect.poll(async () => (await gifts()).length).toBe(1)
    return (await gifts())[0].text.match(/[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/)![0]
  })
  await test.step('redeemed once', async () => {
    await page.context().clearCookies()
    await signIn(house, page, 'given@example.com')
    await page.goto(`${house.base}/redeem?code=${code}`)
    await expect(page.getByText('From Ada')).toBeVisible()
    await clean(page, 'the present')
    await page.getByRole('button', { name: 'Redeem it now' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The present is yours')
    await page.goto(house.base + '/account')
    await expect(page.getByText('A gift, until')).toBeVisible()
    await page.goto(`${house.base}/redeem?code=${code}`)
    await expect(page.getByText('This present has been redeemed already.')).toBeVisible()
  })
})

test('free notes are counted, also without cookies', async ({ house, page }) => {
  for (const title of ['Free one', 'Free two']) await house.publish(page.request, gated(title))
  await house.admin(page.request, 'PATCH', '/sales-rules', { free_notes: 1 })
  await signIn(house, page, 'free@example.com')
  await page.goto(house.base + '/notes/free-one')
  await expect(page.getByText('The rest of it.')).toBeVisible()
  await expect(page.getByLabel('Free notes')).toContainText('It is the last one')
  await page.context().clearCookies()
  await signIn(house, page, 'free@example.com')
  await page.goto(house.base + '/notes/free-two')
  await expect(page.getByRole('heading', { name: 'You have read your 1 free note of this month' })).toBeVisible()
  await expect(page.getByText('The rest of it.')).toHaveCount(0)
  await page.goto(house.base + '/notes/free-one')
  await expect(page.getByText('The rest of it.')).toBeVisible()
  await house.admin(page.request, 'PATCH', '/sales-rules', { free_notes: 0 })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the desk gives access and sets the rules, ${colorScheme}`, async ({ house, browser }) => {
    const page = await (await browser.newContext({ colorScheme })).newPage()
    const complaints = complaintsOf(page)
    const member = `term-${colorScheme}@example.com`
    await signIn(house, page, member)
    await makeStaff(house, `terms-${colorScheme}@example.com`, 'owner', 'Olga')
    await openDesk(house, page, `terms-${colorScheme}@example.com`, '/desk/members')
    await page.getByRole('link', { name: member }).click()
    const terms = page.getByRole('region', { name: 'Access with an end' })
    await expect(terms.getByText('Nothing was given so far.')).toBeVisible()
    await terms.getByRole('button', { name: 'Give access' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Until').fill('2099-01-01')
    await dialog.getByRole('button', { name: 'Give access' }).click()
    await expect(dialog.getByRole('alert')).toContainText(/fields need another look|At most 30 years/)
    await dialog.getByLabel('Until').fill(new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10))
    await dialog.getByLabel('Reference').fill('PO 77')
    await clean(page, `the form of a term, ${colorScheme}`, '[role=dialog]')
    await dialog.getByRole('button', { name: 'Give access' }).click()
    await expect(terms.getByText('Complimentary')).toBeVisible()
    await clean(page, `a member with a term, ${colorScheme}`, '[aria-label="Access with an end"]')
    await terms.getByRole('button', { name: /^Take back/ }).click()
    await dialog.getByLabel('Why, for colleagues').fill('A mistake')
    await dialog.getByRole('button', { name: 'Take back' }).click()
    await expect(terms.getByText('Taken back', { exact: true })).toBeVisible()
    await page.goto(house.base + '/desk/sales')
    await expect(page.getByLabel('Days an overdue bill leaves open')).toHaveValue('7')
    await clean(page, `the rules, ${colorScheme}`)
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
