// What somebody who works at the desk does in a browser.
import { expect, type Page } from '@playwright/test'
import type { House } from './house.ts'

export const password = 'a long enough password'

/** Makes a staff user. Tests of one worker share a house: take an address of your own. */
export async function makeStaff(house: House, email: string, role: 'owner' | 'admin' | 'editor' | 'analyst', name = email): Promise<void> {
  await house.run(['staff', 'create', '--email', email, '--name', name, '--role', role, '--password-stdin'], password + '\n')
}

/** Opens an address of the desk and signs in there. */
export async function openDesk(house: House, page: Page, email: string, path = '/desk/', secret = password): Promise<void> {
  await page.goto(house.base + path)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Signed in as/ })).toBeVisible()
}

/** Collects what a page must never say: broken policy, uncaught errors. */
export function complaintsOf(page: Page): string[] {
  const said: string[] = []
  page.on('console', (m) => { if (/Content.Security.Policy/i.test(m.text())) said.push(`${m.text()} (${m.location().url}:${m.location().lineNumber}:${m.location().columnNumber})`) })
  page.on('pageerror', (e) => said.push(e.message))
  return said
}
