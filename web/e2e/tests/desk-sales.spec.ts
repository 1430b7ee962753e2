// What is sold, as the desk sets it: plans, offers, and the rules of sales.
// What was typed is never lost without a question.
import type { Page } from '@playwright/test'
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

async function clean(page: Page, what: string): Promise<void> {
  expect(await faults(page), what).toEqual([])
}

test('plans, offers and rules are made and changed', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  const plan = 'Desk plan', slug = 'desk-plan', code = 'DESKLESS'
  await makeStaff(house, 'sales-olga@example.com', 'owner', 'Olga')
  await openDesk(house, page, 'sales-olga@example.com', '/desk/plans')
  const dialog = page.getByRole('dialog').filter({ has: page.locator('form') })
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' })
  const row = page.getByRole('region', { name: 'Plans' }).getByRole('row').filter({ hasText: slug })

  await test.step('a plan whose address and price are refused says so at the fields', async () => {
    await page.getByRole('button', { name: 'New plan' }).click()
    await dialog.getByLabel('Name').fill(plan)
    await expect(dialog.getByLabel('Address', { exact: true })).toHaveValue(slug)
    await dialog.getByLabel('Address', { exact: true }).fill('Not an address')
    await dialog.getByLabel('Amount').fill('12.5')
    await dialog.getByLabel('Currency').fill('xx')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await expect(dialog.getByLabel('Address', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await dialog.getByLabel('Address', { exact: true }).fill(slug)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByLabel('Currency')).toHaveAttribute('aria-invalid', 'true')
    await clean(page, 'the form of a plan')
  })
  await test.step('leaving asks, and staying keeps what was typed', async () => {
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await clean(page, 'the question')
    await leave.getByRole('button', { name: 'Stay here' }).click()
    await expect(dialog.getByLabel('Name')).toHaveValue(plan)
    await dialog.getByLabel('Currency').fill('usd')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(row).toContainText('$12.50 a month')
  })
  await test.step('it is changed and archived', async () => {
    await row.getByRole('button', { name: `Edit “${plan}”` }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).click() // nothing typed, nothing asked
    await expect(dialog).toHaveCount(0)
    await expect(row).toContainText('Up to date', { timeout: 15_000 })
    await row.getByRole('button', { name: `Edit “${plan}”` }).click()
    await dialog.getByLabel('Amount').fill('15')
    await dialog.getByLabel('No longer sold').check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(row).toContainText('No longer sold')
    await expect(row).toContainText('$15.00 a month')
    await clean(page, 'the plans')
  })
  await test.step('an offer', async () => {
    await page.goto(house.base + '/desk/offers')
    await page.getByRole('button', { name: 'New offer' }).click()
    await dialog.getByLabel('Code').fill(code)
    await dialog.getByLabel('Name').fill('A fifth less')
    await clean(page, 'the form of an offer')
    await page.keyboard.press('Escape')
    await expect(leave.getByRole('button', { name: 'Stay here' })).toBeFocused()
    await page.keyboard.press('Escape') // answers the question: to stay
    await expect(leave).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Make the offer' }).click()
    await expect(page.getByRole('region', { name: 'Offers' }).getByRole('row').filter({ hasText: code })).toContainText('20 % less once')
    await clean(page, 'the offers')
  })
  await test.step('the rules of sales, beside what a colleague changes meanwhile', async () => {
    await page.goto(house.base + '/desk/sales')
    const days = page.getByLabel('Days an overdue bill leaves open')
    const was = Number(await days.inputValue())
    await days.fill(String(was + 1))
    await house.admin(page.request, 'PATCH', '/sales-rules', { gift_keeps: 36 })
    await page.getByRole('link', { name: 'Offers' }).click()
    await leave.getByRole('button', { name: 'Stay here' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByLabel('Months in which a present can be redeemed')).toHaveValue('36')
    expect(await house.admin(page.request, 'GET', '/sales-rules')).toMatchObject({ gift_keeps: 36, overdue_days: was + 1 })
    await house.admin(page.request, 'PATCH', '/sales-rules', { gift_keeps: 24, overdue_days: was })
  })
  expect(complaints).toEqual([])
})
