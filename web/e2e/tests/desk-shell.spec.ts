// The desk's frame: signing in, moving by keys, an ended session, no policy
// broken, nothing axe finds.
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

test('the desk keeps strangers out and lets staff move by keyboard', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'frame@example.com', 'owner', 'Olga Owner')
  await house.admin(page.request, 'POST', '/notes', { title: 'The frame of the desk', body: 'It takes twelve weeks.' })

  await test.step('a wrong password tells nothing, the right one opens the address asked for', async () => {
    await page.goto(house.base + '/desk/notes')
    await page.getByLabel('E-mail address').fill('frame@example.com')
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await openDesk(house, page, 'frame@example.com', '/desk/notes')
    await expect(page.getByRole('heading', { level: 1, name: 'Notes' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'The frame of the desk' })).toBeVisible()
  })

  await test.step('Ctrl-K finds a note, g goes to places, ? shows the keys', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('searchbox', { name: 'Search or jump to' }).or(page.getByPlaceholder('A note, a place, an action')).first().fill('frame of')
    await expect(page.getByRole('dialog').getByText('The frame of the desk')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('A note, a place, an action').fill('invite')
    await page.getByRole('dialog').getByText('Invite a colleague').click() // an action of another screen
    await expect(page.getByRole('dialog', { name: 'Invite a colleague' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('g')
    await page.keyboard.press('k')
    await expect(page.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('a session that ends is renewed over the screen', async () => {
    await page.getByLabel('A key for a script').fill('typed before the session ended')
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Make the key' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await expect(dialog.getByLabel('E-mail address')).toHaveValue('frame@example.com')
    await dialog.getByLabel('Password', { exact: true }).fill('a long enough password')
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.getByLabel('A key for a script')).toHaveValue('typed before the session ended')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await expect(page.getByText('shown this once')).toBeVisible()
  })
  expect(complaints).toEqual([])
})

test('what a role may not do is not offered', async ({ house, page }) => {
  await makeStaff(house, 'frame-ana@example.com', 'analyst')
  await page.route(/\/toasts\./, (r) => r.abort()) // the corner for messages does not come; the desk does
  await openDesk(house, page, 'frame-ana@example.com', '/desk/')
  await expect(page.getByRole('link', { name: 'Notes' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'API keys' })).toHaveCount(0)
  await page.goto(house.base + '/desk/keys')
  await expect(page.getByRole('alert')).toContainText('Not for your role')
})

test('axe finds nothing in the frame', async ({ house, page }) => {
  const email = 'frame-axe@example.com'
  await makeStaff(house, email, 'owner')
  const check = async (what: string) => expect(await faults(page), what).toEqual([])
  await page.goto(house.base + '/desk/')
  await expect(page.getByRole('heading', { name: 'Sign in to the desk' })).toBeVisible()
  await check('sign-in')
  await openDesk(house, page, email)
  for (const path of ['/desk/', '/desk/notes', '/desk/keys', '/desk/nowhere']) {
    await page.goto(house.base + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await check(path)
  }
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await check('palette')
})
