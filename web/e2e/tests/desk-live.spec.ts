// What somebody does at the desk is seen at the next desk without a reload; what
// is being written there is left alone.
import type { Page } from '@playwright/test'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const row = (page: Page, title: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: title, exact: true }) })
const text = (page: Page) => page.locator('[data-note-text]')
const listening = (page: Page) => page.waitForResponse((r) => r.url().endsWith('/api/admin/v1/events') && r.status() === 200)

test('two desks: what one does, the other sees', async ({ fresh: house, page: eva, browser, request }) => {
  const complaints = complaintsOf(eva)
  await makeStaff(house, 'eva@example.com', 'editor', 'Eva Editor')
  await makeStaff(house, 'ben@example.com', 'editor', 'Ben Editor')
  const made = await house.admin(request, 'POST', '/notes', { title: 'Eight lamps', abstract: 'An abstract.', body: 'There are eight.' })
  const ben = await (await browser.newContext()).newPage()
  const too = complaintsOf(ben)
  const open = listening(ben)
  await openDesk(house, ben, 'ben@example.com', '/desk/notes')
  await expect(row(ben, 'Eight lamps').getByText('Draft')).toBeVisible()
  await open
  await ben.evaluate(() => { document.documentElement.dataset.same = 'yes' }) // gone with a reload

  await test.step('a note that is published, and one that is begun, in the list', async () => {
    await openDesk(house, eva, 'eva@example.com', `/desk/notes/${made.id}`)
    await eva.getByRole('button', { name: 'Publish', exact: true }).click()
    await eva.getByRole('button', { name: 'Publish now' }).click()
    await expect(eva.locator('.note-bar [data-status="published"]')).toBeVisible()
    await expect(row(ben, 'Eight lamps').getByText('Published')).toBeVisible()
    await house.admin(request, 'POST', '/notes', { title: 'Nine lamps', abstract: 'An abstract.', body: 'There are nine.' })
    await expect(row(ben, 'Nine lamps')).toBeVisible()
  })

  await test.step('a note that is open there, and clean, follows and says so', async () => {
    await row(ben, 'Eight lamps').getByRole('link', { name: 'Eight lamps', exact: true }).click()
    await expect(text(ben)).toContainText('There are eight.')
    await text(eva).click()
    await eva.keyboard.press('Control+End')
    await eva.keyboard.type(' And one more.')
    await expect(eva.locator('[data-save-state="saved"]')).toBeVisible()
    await eva.getByRole('button', { name: 'Publish the update' }).click()
    await eva.getByRole('dialog').getByRole('button', { name: 'Publish the update' }).click()
    await expect(eva.getByRole('dialog')).toHaveCount(0)
    await expect(text(ben)).toContainText('And one more.')
    await expect(ben.locator('.save-line')).toContainText('changed elsewhere')
  })

  await test.step('what is being written there stays, and is decided by who writes', async () => {
    await ben.route(`**/api/admin/v1/notes/${made.id}`, (r) => (r.request().method() === 'PATCH' ? r.abort() : r.continue()))
    await text(ben).click()
    await ben.keyboard.press('Control+End')
    await ben.keyboard.type(' Ben counts twelve.')
    await expect(ben.locator('[data-save-state="offline"]')).toBeVisible()
    const now = await house.admin(request, 'GET', `/notes/${made.id}`)
    await request.patch(`${house.base}/api/admin/v1/notes/${made.id}`, { data: { body: 'There are seven.' }, headers: { Authorization: `Bearer ${house.key}`, 'If-Match': `"${now.version}"` } })
    await house.admin(request, 'DELETE', `/notes/${made.id}/publication?reason=Wrong`)
    await expect(eva.locator('.note-bar [data-status="retracted"]')).toBeVisible() // so the event was there
    await expect(text(ben)).toContainText('Ben counts twelve.')
    await ben.unroute(`**/api/admin/v1/notes/${made.id}`)
    await expect(ben.locator('[data-save-state="conflict"]')).toBeVisible()
  })
  expect(await ben.evaluate(() => document.documentElement.dataset.same)).toBe('yes')
  expect([...complaints, ...too]).toEqual([])
})
