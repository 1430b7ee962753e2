// Signing in, with what goes wrong for people: two browsers, wrong codes, an
// old link, a session that has ended.
import type { Page } from '@playwright/test'
import { expect, test } from '../house.ts'
import { askForMail, pressLink, signIn } from '../reader.ts'

const wrong = 'This code is not right, or no longer good.'
const typeCode = async (page: Page, code: string) => {
  await page.getByLabel('Six-digit code').fill(code)
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
}

test('the code registers the browser that asked, and no other one', async ({ house, page, browser }) => {
  await page.goto(house.base + '/sign-in')
  const { code } = await askForMail(house, page, 'cora@example.com', 'Cora Quist')

  await test.step('a browser that never asked has nowhere to type it', async () => {
    const other = await (await browser.newContext()).newPage()
    await other.goto(house.base + '/sign-in/code')
    await expect(other).toHaveURL(house.base + '/sign-in')
    const answer = await other.request.post(house.base + '/sign-in/code', { form: { code } })
    expect(answer.status()).toBe(422)
    expect(await answer.text()).toContain(wrong)
    expect(await other.context().cookies()).toEqual([])
  })
  await test.step('a browser that asked for somebody else is refused, with the right code', async () => {
    const other = await (await browser.newContext()).newPage()
    await other.goto(house.base + '/sign-in')
    await askForMail(house, other, 'mallory@example.com')
    await typeCode(other, code)
    await expect(other.getByRole('alert')).toContainText(wrong)
    await other.goto(house.base + '/account')
    await expect(other).toHaveURL(house.base + '/sign-in?next=%2Faccount')
  })
  await test.step('the one that asked is in, and the code is spent', async () => {
    await typeCode(page, `${code.slice(0, 3)} ${code.slice(3)}`)
    await expect(page).toHaveURL(house.base + '/account')
    await expect(page.getByRole('main')).toContainText('cora@example.com')
    await expect(page.getByLabel('Your name')).toHaveValue('Cora Quist')
    await page.getByRole('button', { name: 'Log out here' }).click()
    await expect(page.getByRole('banner').getByRole('link', { name: 'Log in' })).toBeVisible()
    const again = await page.request.post(house.base + '/sign-in/code', { form: { code } })
    expect(again.status()).toBe(422)
  })
})

test('after five wrong codes the right one is dead, and the link still works', async ({ house, page }) => {
  await page.goto(house.base + '/sign-in')
  const { code, link } = await askForMail(house, page, 'fumble@example.com')
  for (let i = 1; i <= 5; i++) {
    await typeCode(page, String((Number(code) + i) % 1_000_000).padStart(6, '0'))
    await expect(page.getByRole('alert')).toContainText(wrong)
    await expect(page.getByLabel('Six-digit code')).toHaveValue('')
  }
  await typeCode(page, code)
  await expect(page.getByRole('alert')).toContainText(wrong)
  await pressLink(page, link)
  await expect(page).toHaveURL(house.base + '/account')
})

test('the fifth try still counts', async ({ house, page }) => {
  await page.goto(house.base + '/sign-in')
  const { code } = await askForMail(house, page, 'patient@example.com')
  for (let i = 1; i <= 4; i++) {
    await typeCode(page, String((Number(code) + i) % 1_000_000).padStart(6, '0'))
    await expect(page.getByRole('alert')).toContainText(wrong)
  }
  await typeCode(page, code)
  await expect(page).toHaveURL(house.base + '/account')
})

test('a link signs in once, in whichever browser opens it', async ({ house, page, browser }) => {
  await page.goto(house.base + '/sign-in')
  const { link, code } = await askForMail(house, page, 'linus@example.com')
  const phone = await (await browser.newContext()).newPage()
  const tab = await phone.context().newPage()
  await tab.goto(link)
  await pressLink(phone, link)
  await expect(phone).toHaveURL(house.base + '/account')

  await test.step('a second tab that had it open, and the link itself, say that it is spent', async () => {
    await tab.getByRole('main').getByRole('button', { name: 'Log in' }).click()
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText('You are logged in here already')
    const answer = await page.goto(link)
    expect(answer!.status()).toBe(410)
    await page.getByRole('link', { name: 'Ask for a new link' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Log in')
  })
  await test.step('the browser that asked is not signed in by it, and its code is spent, too', async () => {
    await page.goto(house.base + '/sign-in/code')
    await typeCode(page, code)
    await expect(page.getByRole('alert')).toContainText(wrong)
    await expect(page.getByRole('link', { name: 'Account' })).toHaveCount(0)
  })
})

test('a button that is pressed twice on a slow network logs in once', async ({ house, page }) => {
  await page.goto(house.base + '/sign-in')
  const { link } = await askForMail(house, page, 'quick@example.com')
  let sent = 0
  await page.route('**/sign-in/link/*', async (route) => {
    if (route.request().method() === 'POST') {
      sent++
      await new Promise((done) => setTimeout(done, 600))
    }
    await route.continue()
  })
  await page.goto(link)
  const box = (await page.getByRole('main').getByRole('button', { name: 'Log in' }).boundingBox())!
  for (let i = 0; i < 2; i++) {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await expect.poll(() => sent).toBeGreaterThan(0)
  }
  await expect(page).toHaveURL(house.base + '/account')
  expect(sent).toBe(1)
})

test('a session ended elsewhere closes an open page at the next click, and signing in leads back', async ({ house, page, browser }) => {
  await house.publish(page.request, {
    title: 'For registered readers', abstract: 'Free, with an account.', gate: 'members', body: 'The preview.\n\n<!-- paywall -->\n\nWhat registered readers get.\n',
  })
  const note = house.base + '/notes/for-registered-readers'
  await signIn(house, page, 'nora@example.com', 'Nora')
  await page.goto(note)
  await expect(page.getByRole('main')).toContainText('What registered readers get.')

  const home = await (await browser.newContext()).newPage()
  await signIn(house, home, 'nora@example.com')
  await home.getByRole('button', { name: 'Log out', exact: false }).and(home.locator('.devices li form button')).click()
  await expect(home.getByRole('status')).toHaveText('That device is logged out.')

  const gone = await page.goto(note)
  expect(gone!.status()).toBe(200)
  expect(await page.content()).not.toContain('What registered readers get.')
  await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
  await expect(page.getByRole('main')).toContainText('Then you go on reading “For registered readers”.')
  const { code } = await askForMail(house, page, 'nora@example.com')
  await typeCode(page, code)
  await expect(page).toHaveURL(note)
  await expect(page.getByRole('main')).toContainText('What registered readers get.')
})

test('a form sent after the session has ended asks to sign in, and changes nothing', async ({ house, page }) => {
  await signIn(house, page, 'otto@example.com', 'Otto')
  await page.context().clearCookies()
  await page.getByLabel('Your name').fill('Somebody Else')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page).toHaveURL(house.base + '/sign-in?next=%2Faccount')
  const { link } = await askForMail(house, page, 'otto@example.com')
  await pressLink(page, link)
  await expect(page.getByLabel('Your name')).toHaveValue('Otto')
})
