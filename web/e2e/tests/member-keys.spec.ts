// How members log in beside a link: with a passkey, with a password, and without
// a script as before.
import { portalFaults } from '../faults.ts'
import { expect, House, test } from '../house.ts'
import { letterAfter, signIn } from '../reader.ts'
import { complaintsOf } from '../staff.ts'
import type { CDPSession, Page } from '@playwright/test'

const sentence = 'a quiet harbour at dawn'

/** A device with a finger that is always on it, unless it is told to wait. */
async function device(page: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  return { cdp, id: authenticatorId }
}

const logOut = (page: Page) => page.getByRole('button', { name: 'Log out here' }).click()

test.describe('at an address with a name', () => {
  // Browsers make passkeys for names only, not for numbers.
  let house: House
  test.beforeAll(async ({ engine }, info) => {
    info.setTimeout(120_000)
    house = new House(engine, 'serve', 'localhost')
    await house.open()
  })
  test.afterAll(async () => house.close())

  test('a passkey is offered once, added, named, and logs in', async ({ page }) => {
    const complaints = complaintsOf(page)
    const me = 'keys@example.com'
    const { cdp, id } = await device(page)
    await signIn(house, page, me, 'Kay Finch')

    await test.step('the card adds one', async () => {
      const card = page.getByRole('complementary', { name: 'Log in without a mail next time' })
      await expect(card).toBeVisible()
      expect(await portalFaults(page)).toEqual([])
      await letterAfter(house, page, me, 'security', async () => {
        await card.getByRole('button', { name: 'Add a passkey' }).click()
        await expect(page.getByText('This device has a passkey now.')).toBeVisible()
      })
      await expect(card).toHaveCount(0)
      await page.getByText(/^Rename/).click()
      await page.getByLabel(/^New name for/).fill('My thumb')
      await page.locator('details[open]').getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText('My thumb', { exact: true }).first()).toBeVisible()
    })

    await test.step('the button logs in, and leads back', async () => {
      // Nobody touches the device, so the field's own offer waits.
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled: false })
      await logOut(page)
      await page.goto(house.base + '/sign-in?next=/plans')
      expect(await portalFaults(page)).toEqual([])
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled: true })
      await page.getByRole('button', { name: 'Log in with a passkey' }).click()
      await expect(page).toHaveURL(house.base + '/plans')
    })

    await test.step('the field for the address offers it by itself', async () => {
      await page.goto(house.base + '/account')
      await logOut(page)
      await page.goto(house.base + '/sign-in?next=/archive')
      await expect(page).toHaveURL(house.base + '/archive')
    })

    await test.step('another device, and none for a stranger', async () => {
      await page.goto(house.base + '/account')
      await page.getByRole('button', { name: 'Add a passkey' }).click()
      await expect(page.getByText('There is a passkey for this account on it already.')).toBeVisible()
      await page.getByRole('button', { name: /^Remove/ }).click()
      await expect(page.getByText('It no longer logs you in.')).toBeVisible()
      await logOut(page)
      await page.goto(house.base + '/sign-in')
      await expect(page.getByText('This passkey was not accepted.')).toBeVisible()
    })
    expect(complaints).toEqual([])
  })

  test('the card goes for good, and a password works beside the link', async ({ page, request }) => {
    const complaints = complaintsOf(page)
    const me = 'words@example.com'
    await house.admin(request, 'PATCH', '/settings', { member_passwords: true })
    await signIn(house, page, me)
    await page.getByRole('button', { name: 'No, thank you' }).click()
    await expect(page.getByRole('complementary', { name: 'Log in without a mail next time' })).toHaveCount(0)
    await page.getByLabel('New password').fill('short')
    await page.getByRole('button', { name: 'Set a password' }).click()
    await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/At least 12 characters/)
    expect(await portalFaults(page)).toEqual([])
    await page.getByLabel('New password').fill(sentence)
    await letterAfter(house, page, me, 'security', async () => {
      await page.getByRole('button', { name: 'Set a password' }).click()
      await expect(page.getByText('Your password is set.')).toBeVisible()
    })
    await logOut(page)
    await page.goto(house.base + '/sign-in?next=/archive')
    await page.getByRole('link', { name: 'Use a password instead' }).click()
    expect(await portalFaults(page)).toEqual([])
    await page.getByLabel('E-mail address').fill(me)
    await page.getByLabel('Password').fill('not this one at all')
    await page.getByRole('main').getByRole('button', { name: 'Log in', exact: true }).click()
    await expect(page.getByText('E-mail address or password are not right.')).toBeVisible()
    await page.getByLabel('Password').fill(sentence)
    await page.getByRole('main').getByRole('button', { name: 'Log in', exact: true }).click()
    await expect(page).toHaveURL(house.base + '/archive')
    expect(complaints).toEqual([])
  })

  test.describe('without a script', () => {
    test.use({ javaScriptEnabled: false })
    test('nothing is offered that does not work, and all else does', async ({ page, request }) => {
      const me = 'plain@example.com'
      await house.admin(request, 'PATCH', '/settings', { member_passwords: true })
      await page.goto(house.base + '/sign-in')
      await expect(page.getByRole('button', { name: 'Log in with a passkey' })).toBeHidden()
      await signIn(house, page, me)
      await expect(page.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0)
      await expect(page.getByText('use a browser that knows passkeys')).toBeVisible()
      await page.getByLabel('New password').fill(sentence)
      await page.getByRole('button', { name: 'Set a password' }).click()
      await page.getByRole('button', { name: 'Remove the password' }).click()
      await expect(page.getByText('Your password is removed.')).toBeVisible()
      await page.getByLabel('Receipts').uncheck()
      await page.locator('#mails').getByRole('button', { name: 'Save' }).click()
      await expect(page.getByLabel('Receipts')).not.toBeChecked()
      await page.getByLabel('Organization').fill('Harbour Ltd')
      await page.getByRole('button', { name: 'Save profile' }).click()
      await expect(page.getByLabel('Organization')).toHaveValue('Harbour Ltd')
    })
  })
})
