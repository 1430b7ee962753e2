// What members do to the account itself, without a script: another address,
// their data in a file, leaving and staying.
import { readFileSync } from 'node:fs'
import { expect, test } from '../house.ts'
import { letterAfter, signIn } from '../reader.ts'

test.use({ javaScriptEnabled: false })

test('a member changes the address, takes their data, leaves and stays', async ({ house, page }) => {
  const me = 'faces@example.com'
  await signIn(house, page, me, 'Ada Faces')

  await test.step('another address, confirmed there', async () => {
    await page.goto(house.base + '/account')
    await page.getByLabel('New e-mail address').fill('new-' + me)
    const letter = await letterAfter(house, page, 'new-' + me, 'email-change', () => page.getByRole('button', { name: 'Change address' }).click())
    const link = letter.text.match(/\/account\/email\/[\w-]+/)![0]
    await page.goto(house.base + link)
    await page.getByRole('button', { name: 'Use new-' + me }).click()
    await expect(page.getByRole('heading', { name: 'Your address is changed' })).toBeVisible()
    await page.goto(house.base + '/account')
    await expect(page.getByText('new-' + me)).toBeVisible()
  })

  await test.step('their data in a file', async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download my data' }).click()])
    expect(JSON.parse(readFileSync(await file.path(), 'utf8')).profile.email).toBe('new-' + me)
  })

  await test.step('leaving, and staying', async () => {
    await page.getByRole('link', { name: 'Delete my account' }).click()
    await page.getByLabel('Yes, delete my account').check()
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await expect(page.getByText('Your account will be deleted on')).toBeVisible()
    await page.getByRole('button', { name: 'Keep my account' }).click()
    await expect(page.getByText('Your account stays.')).toBeVisible()
  })
})
