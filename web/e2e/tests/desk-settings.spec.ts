// What the owner sets at the desk is what readers see.
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

test('settings show in the portal, and a colleague\'s change is not lost', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  const before = await house.admin(page.request, 'GET', '/settings')
  await makeStaff(house, 'settings-ole@example.com', 'owner', 'Ole')
  await openDesk(house, page, 'settings-ole@example.com', '/desk/settings')

  await page.getByLabel('Accent colour', { exact: true }).fill('#ffff00')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('hard to read')
  await page.getByLabel('Accent colour', { exact: true }).fill('#7a0019')
  await page.getByRole('button', { name: 'Add an entry' }).click()
  await page.getByLabel('Label of entry 1').fill('All notes')
  await page.getByLabel('Address of entry 1').fill('/archive')
  await page.getByRole('button', { name: 'Add a page' }).click()
  await page.getByRole('group', { name: 'Page 1' }).getByLabel('Title').fill('Terms of use')
  await page.getByLabel('Text, in Markdown').fill('You may *read*.')

  await page.getByRole('link', { name: 'Notes', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Stay here' }).click()
  await expect(question).toHaveCount(0)
  expect(await faults(page)).toEqual([])
  await expect(page.getByLabel('Text, in Markdown')).toHaveValue('You may *read*.')

  await house.admin(page.request, 'PATCH', '/settings', { tagline: 'By a colleague' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Put mine on theirs' }).click()
  await expect(page.getByLabel('Tagline')).toHaveValue('By a colleague')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Not saved yet')).toHaveCount(0)

  await page.getByLabel('Tagline').fill('Never saved')
  await page.getByRole('link', { name: 'Notes', exact: true }).click()
  await question.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Notes' })).toBeVisible()

  await page.goto(house.base + '/pages/terms-of-use')
  await expect(page.getByText('You may read.')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText(['All notes'])
  await expect(page.getByText('By a colleague').first()).toBeVisible()
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.locator('.top .btn')).toHaveCSS('background-color', 'rgb(122, 0, 25)')
  expect(complaints).toEqual([])
  await house.admin(page.request, 'PATCH', '/settings', { accent: '', navigation: [], pages: [], tagline: before.tagline })
})
