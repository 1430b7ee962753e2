// What the owner decides, as readers meet it: how the portal looks, who may ask
// for access, what members pass on, and on how many devices they read.
import type { Page } from '@playwright/test'
import { expect, test, type House } from '../house.ts'
import { png } from '../picture.ts'
import { letters, signIn } from '../reader.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const gated = (title: string) => ({ title, abstract: 'A.', gate: 'paid', body: 'The preview.\n\n<!-- paywall -->\n\nThe rest of it.\n' })

/** Changes settings for as long as a test takes: others share the house. */
async function meanwhile(house: House, page: Page, change: Record<string, unknown>, act: () => Promise<void>): Promise<void> {
  const before = await house.admin(page.request, 'GET', '/settings')
  await house.admin(page.request, 'PATCH', '/settings', change)
  try {
    await act()
  } finally {
    await house.admin(page.request, 'PATCH', '/settings', Object.fromEntries(Object.keys(change).map((k) => [k, before[k]])))
  }
}

test('the name, the colour, the letters and the logo of the desk are those of the portal', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  const before = await house.admin(page.request, 'GET', '/settings')
  await makeStaff(house, 'look-ole@example.com', 'owner', 'Ole')
  await openDesk(house, page, 'look-ole@example.com', '/desk/settings')
  try {
    await page.getByLabel('Name', { exact: true }).fill('Harbour Letters')
    const accent = page.getByLabel('Accent colour', { exact: true })
    await accent.fill('#e6c200')
    const warning = page.getByRole('status').filter({ hasText: 'cannot be read everywhere' })
    await expect(warning).toContainText('4.5 to 1')
    await warning.getByRole('button', { name: /^Take #/ }).click()
    await expect(warning).toHaveCount(0)
    await expect(page.getByText('too little')).toHaveCount(0)
    const colour = await accent.inputValue()
    expect(colour).toMatch(/^#[0-9a-f]{6}$/)
    await page.getByRole('radiogroup', { name: 'Letters of texts' }).getByText('Sans').click()
    await page.getByRole('button', { name: 'Choose a logo' }).click()
    await page.getByRole('dialog', { name: 'Choose a picture' }).locator('input[type=file]').setInputFiles({ name: 'harbour.png', mimeType: 'image/png', buffer: png(90, 320, 80) })
    await expect(page.getByRole('img', { name: 'The logo now' })).toBeVisible()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Not saved yet')).toHaveCount(0)

    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(house.base + '/archive')
    await expect(page).toHaveTitle(/Harbour Letters/)
    const logo = page.getByRole('banner').getByRole('img', { name: 'Harbour Letters' })
    await expect(logo).toBeVisible()
    expect(await logo.evaluate((i: HTMLImageElement) => i.complete && i.naturalWidth / i.naturalHeight)).toBe(4)
    const button = page.locator('.top .btn')
    await expect(button).toHaveCSS('background-color', rgb(colour))
    await expect(page.getByRole('heading', { level: 1 })).toHaveCSS('font-family', /^Inter/)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(button).not.toHaveCSS('background-color', rgb(colour))
    expect(complaints).toEqual([])
  } finally {
    await house.admin(page.request, 'PATCH', '/settings', { name: before.name, accent: before.accent, type: before.type, logo: before.logo })
  }
})

const rgb = (hex: string) => `rgb(${hex.slice(1).match(/../g)!.map((x) => parseInt(x, 16)).join(', ')})`

test('somebody of a firm that reads asks for access, and the firm hears of it', async ({ house, page, browser }) => {
  await house.plan(page.request, 'reader', 'Reader', 49000)
  await house.publish(page.request, gated('Asked for'))
  const contact = (await house.admin(page.request, 'GET', '/settings')).contact
  const desk = 'asked-desk@example.com'
  await meanwhile(house, page, { company_domains: ['lind.example'], contact: { ...contact, email: desk } }, async () => {
    const theirs = await browser.newContext({ javaScriptEnabled: false })
    const reader = await theirs.newPage()
    for (const email of ['eve@else.example', 'kim@lind.example']) {
      await reader.goto(house.base + '/notes/asked-for')
      await reader.getByText('Does your firm read with us?').click()
      await reader.getByLabel('E-mail address at work').fill(email)
      await reader.getByRole('button', { name: 'Ask for access' }).click()
      await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Thank you') // the same to both
      await expect(reader.getByText('We will write to you, if your firm reads with us.')).toBeVisible()
    }
    await theirs.close()
    const sent = async () => (await letters(house, page, desk)).filter((l) => l.category === 'lead')
    await expect.poll(async () => (await sent()).map((l) => l.subject)).toEqual(['From the portal: Access to “Asked for”'])
    expect((await sent())[0].text).toContain('kim@lind.example')
    await makeStaff(house, 'asked-ole@example.com', 'owner', 'Ole')
    await openDesk(house, page, 'asked-ole@example.com', '/desk/letters')
    const lead = page.getByRole('article').filter({ hasText: 'Access to “Asked for”' })
    await expect(lead).toHaveCount(1)
    await expect(lead).toContainText('kim@lind.example')
    await expect(lead).toContainText('Written on /notes/asked-for')
    await expect(page.getByText('eve@else.example')).toHaveCount(0)
  })
})

test('a member passes a note on, sees that it is opened, and ends the link', async ({ house, page, browser }) => {
  await house.plan(page.request, 'reader', 'Reader', 49000)
  await house.publish(page.request, gated('Passed on'))
  await signIn(house, page, 'passes@example.com', 'Pia Lind')
  const { members } = await house.admin(page.request, 'GET', '/members?search=passes@example.com')
  await house.admin(page.request, 'POST', `/members/${members[0].id}/terms`, { source: 'complimentary', plan: 'reader', ends_at: new Date(Date.now() + 30 * 86_400_000).toISOString() })
  await meanwhile(house, page, { shared_notes: 2, share_openings: 1, share_days: 3 }, async () => {
    await page.goto(house.base + '/notes/passed-on')
    await page.getByRole('link', { name: 'Share with colleagues' }).click()
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = await page.getByLabel('Link to “Passed on”').inputValue()

    const theirs = await browser.newContext()
    const colleague = await theirs.newPage()
    await colleague.goto(link)
    await expect(colleague.getByText('Pia Lind shares a note with you')).toBeVisible()
    await expect(colleague.getByText('The rest of it.')).toHaveCount(0)
    await colleague.getByRole('button', { name: 'Read the note' }).click()
    await expect(colleague.getByText('The rest of it.')).toBeVisible()
    const [others, another] = [await browser.newContext(), 'This link has been opened as often as it may be.']
    const late = await others.newPage()
    await late.goto(link)
    await expect(late.getByText(another)).toBeVisible()
    await expect(late.getByText('The rest of it.')).toHaveCount(0)
    await others.close()

    await page.goto(house.base + '/account#library')
    const share = page.getByRole('listitem').filter({ hasText: 'Passed on' }).filter({ hasText: 'Shared on' })
    await expect(share).toContainText('Opened 1 of 1 times')
    await expect(share).toContainText('127.0.0.0/24')
    await share.getByRole('button', { name: 'End the link' }).click()
    await expect(share).toContainText('ended')
    const gone = await colleague.reload()
    expect(gone!.status()).toBe(410)
    await expect(colleague.getByRole('heading', { level: 1 })).toHaveText('This link has ended.')
    await expect(colleague.getByText('The rest of it.')).toHaveCount(0)
    await theirs.close()
  })
})

test('with one device too many the oldest is told kindly, once', async ({ house, page, browser }) => {
  await meanwhile(house, page, { member_sessions: 2 }, async () => {
    const contexts = [await browser.newContext(), await browser.newContext(), await browser.newContext()]
    const [phone, tablet, desktop] = await Promise.all(contexts.map((c) => c.newPage()))
    for (const device of [phone, tablet, desktop]) await signIn(house, device, 'devices@example.com')
    const told = phone.getByRole('complementary', { name: 'You were logged out' })
    await phone.goto(house.base + '/')
    await expect(told).toContainText('your account is in use on more devices than it may be at once. Log in again to go on here')
    await expect(phone.getByRole('banner').getByRole('link', { name: 'Log in' })).toBeVisible()
    await phone.reload()
    await expect(told).toHaveCount(0)
    for (const device of [tablet, desktop]) {
      await device.goto(house.base + '/account')
      await expect(device).toHaveURL(house.base + '/account')
    }
    for (const c of contexts) await c.close()
  })
})
