// What is seen of a note before it is out: by colleagues who have it open, by
// those who were sent a link, and as readers will see it.
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

test('two people see that they have the same note open', async ({ house, page, browser }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'there-ana@example.com', 'editor', 'Ana Lind')
  await makeStaff(house, 'there-ben@example.com', 'analyst', 'Ben Ek')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'Who is here', body: 'Text.\n' })
  const asked: string[] = []
  page.on('request', (r) => { if (r.url().includes('/presence')) asked.push(r.method()) })
  await page.clock.install() // its beat is twenty seconds long
  const beat = () => page.clock.fastForward(25_000)
  await openDesk(house, page, 'there-ana@example.com', `/desk/notes/${note.id}`)
  await expect(page.locator('[data-presence="0"]')).toBeAttached()
  const ben = await (await browser.newContext()).newPage()
  await openDesk(house, ben, 'there-ben@example.com', `/desk/notes/${note.id}`)
  await expect(ben.locator('[data-presence]')).toContainText('Ana Lind has this note open')
  await beat()
  await expect(page.locator('[data-presence]')).toContainText('Ben Ek has this note open')
  expect(asked.length, 'no polling storm').toBeLessThanOrEqual(4)

  await test.step('who goes to another page is gone', async () => {
    await ben.getByRole('link', { name: 'All notes' }).click()
    await expect(ben.getByRole('heading', { level: 1, name: 'Notes' })).toBeVisible()
    await expect(ben.getByRole('row', { name: 'Who is here' })).toContainText('Ana Lind is in it')
    await beat()
    await expect(page.locator('[data-presence="0"]')).toBeAttached()
  })
  expect(complaints).toEqual([])
})

test('a draft is sent to readers by link, as the reader it is meant for, until it is out', async ({ house, page, browser }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'proof-eva@example.com', 'editor', 'Eva')
  await house.plan(page.request, 'proofs', 'Proofs', 100_000)
  const note = await house.admin(page.request, 'POST', '/notes', {
    title: 'Lead times in proof', abstract: 'They grow.', gate: 'plans', gate_plans: ['proofs'], body: 'Open to all.\n\n<!-- paywall -->\n\nThe gated bench.\n',
  })
  await openDesk(house, page, 'proof-eva@example.com', `/desk/notes/${note.id}`)
  const outside = await (await browser.newContext()).newPage()

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Preview links' }).click()
  const dialog = page.getByRole('dialog', { name: 'Preview links' })
  await expect(dialog.getByText('No link was made to this note yet.')).toBeVisible()
  const make = async (reader: string, label: string) => {
    await dialog.getByRole('combobox', { name: 'They see it as' }).or(dialog.getByRole('textbox', { name: 'They see it as' })).click()
    await page.getByRole('option', { name: reader }).click()
    await dialog.getByLabel('Whom it is for').fill(label)
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    await expect(dialog.getByRole('status').getByText(`The link for ${label}, shown this once`)).toBeVisible()
    return (await dialog.getByRole('status').locator('code').textContent())!
  }

  const free = await make('Free account', 'the press')
  await test.step('a free reader sees the teaser', async () => {
    const answer = await outside.goto(free)
    expect(answer!.headers()['x-robots-tag']).toContain('noindex')
    await expect(outside.getByRole('heading', { name: 'Lead times in proof' })).toBeVisible()
    await expect(outside.getByText('Open to all.')).toBeVisible()
    await expect(outside.getByText('Preview of a draft, as a reader with a free account would see it.')).toBeVisible()
    expect(await outside.content()).not.toContain('gated bench')
  })

  const subscriber = await make('Plan Proofs', 'the client')
  await test.step('a subscriber sees all of it, as it is now', async () => {
    await outside.goto(subscriber)
    await expect(outside.getByText('The gated bench.')).toBeVisible()
    await outside.reload()
    await expect(outside.getByText('The gated bench.')).toBeVisible()
  })

  await test.step('openings are counted', async () => {
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await page.keyboard.press('Control+k')
    await page.getByRole('searchbox', { name: 'Search or jump to' }).or(page.getByPlaceholder('A note, a place, an action')).first().fill('preview links')
    await page.getByRole('dialog').getByText('Preview links').first().click()
    await expect(dialog.getByRole('listitem').filter({ hasText: 'the client' })).toContainText('opened 2 times')
    await expect(dialog.getByRole('listitem').filter({ hasText: 'the press' })).toContainText('opened once')
  })

  await test.step('a revoked link is dead', async () => {
    await dialog.getByRole('button', { name: 'Revoke the link for the press' }).click()
    await expect(dialog.getByRole('listitem').filter({ hasText: 'the press' })).toContainText('Revoked')
    expect((await outside.goto(free))!.status()).toBe(410)
    await expect(outside.getByText('This preview was closed by the people who sent it.')).toBeVisible()
  })

  await test.step('with the publication the others are dead, too', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByRole('button', { name: 'Publish now' }).click()
    await expect(page.locator('.note-bar [data-status="published"]')).toBeVisible()
    expect((await outside.goto(subscriber))!.status()).toBe(410)
    await expect(outside.getByText('The note has been published')).toBeVisible()
  })
  expect(complaints).toEqual([])
})

test('the desk shows what each reader will see, wide and on a phone', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  // The portal's own pages have tests of their own; its landmarks are not the desk's.
  const check = async (what: string) => expect(await faults(page, { exclude: 'iframe' }), what).toEqual([])
  const email = 'view-as@example.com'
  await makeStaff(house, email, 'analyst', 'Ana')
  const note = await house.admin(page.request, 'POST', '/notes', {
    title: 'Seen by others', abstract: 'Short.', gate: 'members', body: 'Open to all.\n\n<!-- paywall -->\n\nFor members only.\n',
  })
  await openDesk(house, page, email, `/desk/notes/${note.id}`)
  await page.getByRole('textbox', { name: 'Title' }).fill('Seen by all others')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'See what readers will see' }).click()
  const dialog = page.getByRole('dialog', { name: 'What readers will see' })
  const frame = dialog.frameLocator('iframe')
  await expect(frame.getByRole('heading', { name: 'Seen by all others' }), 'what was typed last is in it').toBeVisible()
  await expect(frame.getByRole('heading', { name: 'Read on with a free account' })).toBeVisible()
  await expect(frame.getByText('For members only.')).toHaveCount(0)
  await check('view as')
  await dialog.getByRole('combobox', { name: 'As' }).or(dialog.getByRole('textbox', { name: 'As' })).click()
  await page.getByRole('option', { name: 'Free account' }).click()
  await expect(frame.getByText('For members only.')).toBeVisible()
  await dialog.getByText('Phone', { exact: true }).click()
  expect((await dialog.locator('iframe').boundingBox())!.width).toBeLessThanOrEqual(392)
  const [tab] = await Promise.all([page.context().waitForEvent('page'), dialog.getByRole('link', { name: 'Open in a new tab' }).click()])
  await expect(tab.getByText('For members only.')).toBeVisible()
  await tab.close()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Preview links' }).click()
  await expect(page.getByText('No link was made to this note yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByText('The link, shown this once')).toBeVisible()
  await check('preview links')
  expect(complaints).toEqual([])
})
