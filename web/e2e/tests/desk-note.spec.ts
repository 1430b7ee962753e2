// Writing a note at the desk: saved while typing, by two people at once,
// without a network; reviewed, published, updated.
import type { Page } from '@playwright/test'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const state = (page: Page, kind: string) => page.locator(`[data-save-state="${kind}"]`)
const text = (page: Page) => page.locator('[data-note-text]')

test('a note is written by keyboard, sent back, approved, published and updated', async ({ house, page, browser }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'note-ana@example.com', 'analyst', 'Ana')
  await makeStaff(house, 'note-eva@example.com', 'editor', 'Eva')
  await openDesk(house, page, 'note-ana@example.com')

  await test.step('from an empty page, without the mouse', async () => {
    await page.keyboard.press('c')
    await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused()
    await page.keyboard.type('Fourteen benches')
    await page.keyboard.press('Enter')
    await page.keyboard.type('What everybody reads.')
    await expect(state(page, 'saved')).toBeVisible()
    await expect(page).toHaveTitle('Fourteen benches · Desk')
    await page.getByRole('textbox', { name: 'Abstract' }).fill('There were fourteen.')
    await page.getByRole('combobox', { name: 'Who may read the gated text' }).or(page.getByRole('textbox', { name: 'Who may read the gated text' })).click()
    await page.getByRole('option', { name: 'Everybody' }).click()
    await page.keyboard.press('Control+s')
    await expect(state(page, 'saved')).toBeVisible()
    await page.reload()
    await expect(text(page)).toContainText('What everybody reads.')
  })
  const address = page.url()

  await test.step('an analyst cannot publish, and submits', async () => {
    await expect(page.getByRole('button', { name: 'Publish' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Submit for review' }).click()
    await page.getByLabel('What they should know').fill('Please check the count.')
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('Ana asks for review')).toBeVisible()
  })

  const eva = await (await browser.newContext()).newPage()
  await test.step('the editor sends it back with a reason', async () => {
    await openDesk(house, eva, 'note-eva@example.com', new URL(address).pathname)
    await expect(eva.getByText('“Please check the count.”')).toBeVisible()
    await eva.getByRole('button', { name: 'More' }).click()
    await eva.getByRole('menuitem', { name: 'Send back' }).click()
    await eva.getByLabel('What has to change').fill('There were fifteen.')
    await eva.getByRole('dialog').getByRole('button', { name: 'Send back' }).click()
    await expect(eva.getByText('Ana asks for review')).toHaveCount(0)
  })

  await test.step('the analyst mends it and submits again, the editor approves and publishes', async () => {
    await page.reload()
    await page.getByRole('textbox', { name: 'Title' }).fill('Fifteen benches')
    await page.getByRole('button', { name: 'Submit for review' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('Ana asks for review')).toBeVisible()
    await eva.reload()
    await eva.getByRole('button', { name: 'Approve' }).click()
    await eva.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await expect(eva.getByText('Approved by Eva')).toBeVisible()
    await eva.getByRole('button', { name: 'Publish', exact: true }).click()
    await eva.getByRole('button', { name: 'Publish now' }).click()
    await expect(eva.locator('.note-bar [data-status="published"]')).toBeVisible()
    expect((await eva.request.get(house.base + '/notes/fifteen-benches')).status()).toBe(200)
  })

  await test.step('an update says what sort it is; a major one needs a notice', async () => {
    await text(eva).click()
    await eva.keyboard.press('Control+End')
    await eva.keyboard.type(' Sixteen, in fact.')
    await expect(state(eva, 'saved')).toBeVisible()
    expect(await (await eva.request.get(house.base + '/notes/fifteen-benches')).text()).not.toContain('Sixteen, in fact')
    await eva.getByRole('button', { name: 'Publish the update' }).click()
    await eva.getByRole('radio', { name: /Major/ }).check()
    await expect(eva.getByRole('dialog').getByRole('button', { name: 'Publish the update' })).toBeDisabled()
    await eva.getByLabel('Notice for readers').fill('We counted again: sixteen.')
    await eva.getByRole('dialog').getByRole('button', { name: 'Publish the update' }).click()
    await expect(eva.getByRole('dialog')).toHaveCount(0)
    const shown = await (await eva.request.get(house.base + '/notes/fifteen-benches')).text()
    expect(shown).toContain('Sixteen, in fact')
    expect(shown).toContain('We counted again: sixteen.')
  })

  await test.step('two revisions are compared, and an old one comes back as a new one', async () => {
    await eva.getByRole('button', { name: 'Record' }).click()
    const record = eva.getByRole('dialog', { name: 'Record' })
    await expect(record.getByText('readers see this one')).toBeVisible()
    await record.getByRole('tab', { name: 'What readers saw' }).click()
    await expect(record.getByRole('link', { name: 'Version 2' })).toBeVisible()
    await record.getByRole('tab', { name: 'Revisions' }).click()
    await record.getByRole('checkbox').first().check()
    await record.getByRole('checkbox').last().check()
    await record.getByRole('button', { name: 'Compare' }).click()
    await expect(eva.getByRole('heading', { level: 1, name: /^Revisions/ })).toBeVisible()
    await expect(eva.locator('ins').filter({ hasText: 'Fifteen' }).first()).toBeVisible()
    await eva.getByText('Source', { exact: true }).click()
    await expect(eva.locator('ins').filter({ hasText: 'Sixteen, in fact' }).first()).toBeVisible()
    await eva.getByRole('link', { name: 'Back to the note' }).click()
    await eva.getByRole('button', { name: 'Record' }).click()
    await record.getByRole('button', { name: 'Revision 1: actions' }).click()
    await eva.getByRole('menuitem', { name: 'Bring it back' }).click()
    await expect(eva.getByRole('dialog')).toHaveCount(0)
    await expect(text(eva)).not.toContainText('Sixteen, in fact')
    await expect(eva.locator('.note-bar')).toContainText('with changes')
  })

  await test.step('the analyst was told', async () => {
    await page.reload()
    await page.getByRole('button', { name: /Notifications, \d+ unread/ }).click()
    await expect(page.getByRole('button', { name: /Eva sent back/ })).toBeVisible()
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible()
  })
  expect(complaints).toEqual([])
})

test('two people on one note: what does not touch comes together, what does is decided', async ({ house, page, browser }) => {
  await makeStaff(house, 'two-ana@example.com', 'editor', 'Ana')
  await makeStaff(house, 'two-ben@example.com', 'editor', 'Ben')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'Two at once', abstract: 'Short.', body: 'One.\n\nTwo.\n\nThree.\n' })
  await openDesk(house, page, 'two-ana@example.com', `/desk/notes/${note.id}`)
  const ben = await (await browser.newContext()).newPage()
  const complaints = complaintsOf(ben)
  await openDesk(house, ben, 'two-ben@example.com', `/desk/notes/${note.id}`)

  await page.getByRole('textbox', { name: 'Abstract' }).fill('Ana writes the abstract.')
  await expect(state(page, 'saved')).toBeVisible()
  await ben.getByRole('textbox', { name: 'Title' }).fill('Ben writes the title')
  await expect(state(ben, 'saved')).toBeVisible()
  await expect(ben.getByRole('textbox', { name: 'Abstract' })).toHaveValue('Ana writes the abstract.')

  await test.step('both change the text: two versions, block by block', async () => {
    await setText(page, 'One.\n\nTwo, says Ana.\n\nThree.\n')
    await setText(ben, 'One, by Ben alone.\n\nTwo, says Ben.\n\nThree.\n')
    await page.keyboard.press('Control+s')
    await expect(state(page, 'saved')).toBeVisible()
    await ben.keyboard.press('Control+s')
    const conflict = ben.getByRole('region', { name: 'Conflict' })
    await expect(conflict).toContainText('Two, says Ana.')
    await expect(conflict).toContainText('Two, says Ben.')
    // The conflict survives; another screen tells of it and leads there.
    await ben.goto(house.base + '/desk/keys')
    await expect(ben.getByText('Not for your role')).toBeVisible()
    await ben.getByRole('alert').getByRole('link', { name: 'Ben writes the title' }).click()
    await expect(conflict).toBeVisible()
    await ben.reload()
    await expect(conflict.getByRole('button', { name: 'Go on with this' })).toBeDisabled()
    await conflict.getByText('Both, one after the other').click()
    await conflict.getByRole('button', { name: 'Go on with this' }).click()
    await expect(state(ben, 'saved')).toBeVisible()
    const after = await house.admin(page.request, 'GET', `/notes/${note.id}`)
    expect(after.title).toBe('Ben writes the title')
    expect(after.body).toContain('One, by Ben alone.')
    expect(after.body).toContain('Two, says Ana.')
    expect(after.body).toContain('Two, says Ben.')
  })
  expect(complaints).toEqual([])
})

test('without a network the text is kept over a reload and sent when the server is back', async ({ house, page }) => {
  await makeStaff(house, 'offline@example.com', 'editor')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'On a train', body: 'At home.\n' })
  await openDesk(house, page, 'offline@example.com', `/desk/notes/${note.id}`)
  await expect(text(page)).toBeVisible()

  // The API is out of reach; the page itself can be loaded, as from a cache.
  await page.route('**/api/admin/v1/notes/*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()))
  await setText(page, 'At home.\n\nTyped in a tunnel.\n')
  await expect(state(page, 'offline')).toContainText('kept on this device')
  await page.reload()
  await expect(text(page)).toContainText('Typed in a tunnel.')
  await expect(state(page, 'offline')).toBeVisible()
  expect((await house.admin(page.request, 'GET', `/notes/${note.id}`)).body).toBe('At home.\n')

  await page.unroute('**/api/admin/v1/notes/*')
  await expect(state(page, 'saved')).toBeVisible({ timeout: 20_000 })
  expect((await house.admin(page.request, 'GET', `/notes/${note.id}`)).body).toContain('Typed in a tunnel.')

  await test.step('also when the note is not opened again', async () => {
    await page.route('**/api/admin/v1/notes/*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()))
    await setText(page, 'Only on this device.\n')
    await expect(state(page, 'offline')).toBeVisible()
    await page.unroute('**/api/admin/v1/notes/*')
    await page.goto(house.base + '/desk/keys')
    await expect.poll(async () => (await house.admin(page.request, 'GET', `/notes/${note.id}`)).body).toContain('Only on this device.')
  })
})

test('one note in two pages, both without a network and both closed: neither text is lost', async ({ house, page }) => {
  await makeStaff(house, 'twice@example.com', 'editor')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'In two windows', body: 'At home.\n' })
  const there = `/desk/notes/${note.id}`
  await openDesk(house, page, 'twice@example.com', there)
  const other = await page.context().newPage()
  await other.goto(house.base + there)
  for (const [p, words] of [[page, 'From the first window.'], [other, 'From the second window.']] as const) {
    await expect(text(p)).toBeVisible()
    await p.route('**/api/admin/v1/notes/*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()))
    await setText(p, words + '\n')
    await expect(state(p, 'offline')).toContainText('kept on this device')
  }
  // A later try to send the first window's words makes them no newer.
  await page.waitForEvent('requestfailed', (r) => r.method() === 'PATCH')
  const last = await page.context().newPage()
  await page.close()
  await other.close()

  await last.goto(house.base + there)
  await expect(state(last, 'saved')).toBeVisible({ timeout: 20_000 })
  await expect(text(last)).toHaveText('From the second window.')
  await last.goto(house.base + '/desk/keys')
  await last.getByRole('alert').getByRole('link', { name: 'In two windows' }).click()
  const conflict = last.getByRole('region', { name: /changed/i }).or(last.locator('[data-save-state="conflict"]'))
  await expect(conflict.first()).toBeVisible()
  await expect(last.getByRole('main')).toContainText('From the first window.')
  await expect(last.getByRole('main')).toContainText('From the second window.')
})

test('the page is loaded again while the last letters are typed: they are there', async ({ house, page }) => {
  await makeStaff(house, 'hasty@example.com', 'editor')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'In haste', body: 'Slowly.\n' })
  await openDesk(house, page, 'hasty@example.com', `/desk/notes/${note.id}`)
  await text(page).focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' And quickly.')
  await page.reload()
  await expect(text(page)).toContainText('Slowly. And quickly.')
  await expect(state(page, 'saved')).toBeVisible()
  expect((await house.admin(page.request, 'GET', `/notes/${note.id}`)).body).toContain('Slowly. And quickly.')
})

/** Replaces the whole text, as Markdown. */
async function setText(page: Page, markdown: string): Promise<void> {
  await page.getByText('Markdown', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Text, in Markdown' }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(markdown)
  await page.getByText('Write', { exact: true }).click()
}

test('who presses Enter in the title before the editor is there is in the text once it is', async ({ house, page }) => {
  await makeStaff(house, 'note-early@example.com', 'editor', 'Ana')
  await openDesk(house, page, 'note-early@example.com')
  await page.route('**/note-editor*', async (route) => {
    await new Promise((go) => setTimeout(go, 1500))
    await route.continue()
  })
  await page.keyboard.press('c')
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused()
  await page.keyboard.type('Early')
  await page.keyboard.press('Enter')
  await expect(text(page)).toHaveCount(0)
  await expect(text(page)).toBeFocused()
  await page.keyboard.type('The first words.')
  await expect(text(page)).toHaveText('The first words.')
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Early')
})
