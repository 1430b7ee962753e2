// One's own account: second factor by app and by passkey, recovery codes.
import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, House, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk, password } from '../staff.ts'

/** Six digits as an app shows them (RFC 6238). */
function totp(secret: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replaceAll(' ', '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((b) => parseInt(b, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = mac[19]! & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Signed in as/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to the desk' })).toBeVisible()
}

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Signed in as/ }).click()
  await page.getByRole('menuitem', { name: 'My account' }).click()
}

async function typePassword(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('an app guards the account; a recovery code opens it when the phone is lost', async ({ house, page }) => {
  const email = 'factor@example.com'
  const complaints = complaintsOf(page)
  await makeStaff(house, email, 'editor', 'Fay')
  await openDesk(house, page, email, '/desk/account')

  await page.getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up the app' })
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible()
  const secret = await dialog.locator('.code').innerText()
  await dialog.getByLabel('Code from the app').fill('000000')
  await dialog.getByRole('button', { name: 'Take it into use' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByLabel('Code from the app').fill(totp(secret))
  await dialog.getByRole('button', { name: 'Take it into use' }).click()
  const listed = page.getByRole('dialog', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(listed).toHaveCount(10)
  const codes = await listed.allInnerTexts()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('10 left')).toBeVisible()

  await signOut(page)
  await typePassword(page, email)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(codes[3]!)
  await page.getByRole('button', { name: 'Go on' }).click()
  await openAccount(page)
  await expect(page.getByText('9 left')).toBeVisible()

  await signOut(page)
  await typePassword(page, email)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(codes[3]!)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByRole('button', { name: 'Use a code from the app' }).click()
  // Each code is good once, so the next one of the app.
  await page.getByLabel('Code from your app').fill(totp(secret, Date.now() + 30_000))
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('button', { name: /^Signed in as/ })).toBeVisible()
  expect(complaints).toEqual([])
})

test('a passkey signs in alone', async ({ engine, page }) => {
  test.setTimeout(120_000)
  // Browsers make passkeys for names only, not for numbers.
  const house = new House(engine, 'serve', 'localhost')
  await house.open()
  try {
    const email = 'passkey@example.com'
    await makeStaff(house, email, 'editor', 'Pia')
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
    await openDesk(house, page, email, '/desk/account')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('button', { name: /^Rename/ }).click()
    await page.getByLabel('Name of the passkey').fill('My thumb')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(page.getByText('My thumb')).toBeVisible()

    await signOut(page)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await openAccount(page)
    await expect(page.getByText('My thumb')).toBeVisible()

    await signOut(page)
    await typePassword(page, email)
    await page.getByRole('button', { name: 'Use your passkey' }).click()
    await openAccount(page)
    await expect(page.getByText('My thumb')).toBeVisible()
  } finally {
    await house.close()
  }
})
