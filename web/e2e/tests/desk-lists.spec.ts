// The desk's lists: views that are kept and shared, many notes at once with a
// way back, keys, and members by what they hold.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../house.ts'
import { signIn } from '../reader.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

/** What axe finds on the page as it stands, in light and in dark. */
async function faults(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.waitForLoadState('networkidle')
    found.push(...(await new AxeBuilder({ page }).analyze()).violations.map((v) => `${scheme} ${v.id} ${v.nodes[0]?.html}`))
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  return found
}

const row = (page: Page, title: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: title, exact: true }) })

test('views are kept, found again and shared; many notes are changed and changed back', async ({ fresh: house, page, browser, request }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'eva@example.com', 'editor', 'Eva Editor')
  await makeStaff(house, 'ben@example.com', 'editor', 'Ben Editor')
  await house.admin(request, 'PUT', '/topics/film', { name: 'Film' })
  await house.admin(request, 'PUT', '/topics/zinc', { name: 'Zinc' })
  for (let i = 1; i <= 56; i++) {
    await house.admin(request, 'POST', '/notes', { title: `Note ${String(i).padStart(2, '0')}`, abstract: i === 56 ? '' : 'An abstract.', body: 'Text.', kind: i % 2 ? 'data' : 'forecast', topics: ['zinc'] })
  }
  await openDesk(house, page, 'eva@example.com', '/desk/notes')
  await expect(row(page, 'Note 56')).toBeVisible()

  await test.step('a view is saved, and is there after a reload', async () => {
    await page.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Data' }).click()
    await expect(row(page, 'Note 56')).toHaveCount(0)
    await page.getByRole('button', { name: 'Title', exact: true }).click()
    await expect(page.getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'ascending')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByRole('checkbox', { name: 'Topics' }).check()
    await page.getByRole('checkbox', { name: 'Gate' }).uncheck()
    await page.getByText('Compact').click()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('columnheader', { name: 'Topics' })).toBeVisible()
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByLabel('Name of the view').fill('Data by title')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const views = page.getByRole('group', { name: 'Views' })
    await expect(views.getByRole('button', { name: 'Data by title', exact: true })).toHaveAttribute('aria-pressed', 'true')
    await page.reload()
    await expect(views.getByRole('button', { name: 'Data by title', exact: true })).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByRole('columnheader', { name: 'Topics' })).toBeVisible()
    await expect(page.getByRole('columnheader', { name: 'Gate' })).toHaveCount(0)
    await expect(page.getByRole('rowheader').first()).toHaveText('Note 01')
  })

  const more = page.getByRole('button', { name: 'More about the view “Data by title”' })
  const ben = await (await browser.newContext()).newPage()
  await test.step('a colleague finds it once it is shared, and can begin with it', async () => {
    const link = page.url()
    await openDesk(house, ben, 'ben@example.com', new URL(link).pathname + new URL(link).search)
    await expect(ben.getByText('This view is not there, or it is not shared with you.')).toBeVisible()
    await more.click()
    await page.getByRole('menuitem', { name: 'Share with the team' }).click()
    await expect(page.getByText('Colleagues see it now')).toBeVisible()
    await ben.reload()
    const his = ben.getByRole('group', { name: 'Views' }).getByRole('button', { name: /Data by title$/ })
    await expect(his).toHaveAttribute('aria-pressed', 'true')
    await expect(ben.getByRole('rowheader').first()).toHaveText('Note 01')
    await ben.getByRole('button', { name: 'More about the view “Data by title”' }).click()
    await expect(ben.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0)
    await ben.getByRole('menuitem', { name: 'Open the list with it' }).click()
    await expect(ben.getByText('The list opens with it')).toBeVisible()
    await ben.goto(house.base + '/desk/notes')
    await expect(his).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('a changed view is saved over, renamed, and left', async () => {
    await page.getByRole('combobox', { name: 'Status' }).click()
    await page.getByRole('option', { name: 'Draft' }).click()
    await expect(page.getByRole('button', { name: 'Data by title · changed' })).toBeVisible()
    await more.click()
    await page.getByRole('menuitem', { name: 'Save the changes' }).click()
    await expect(page.getByRole('button', { name: 'Data by title', exact: true })).toHaveAttribute('aria-pressed', 'true')
    await more.click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByLabel('Name of the view').fill('Figures')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Figures', exact: true })).toBeVisible()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await expect(row(page, 'Note 56')).toBeVisible()
  })

  await test.step('by keys: down, up, tick, open and back', async () => {
    await page.locator('body').click({ position: { x: 3, y: 3 } })
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
    await expect(page.getByRole('link', { name: 'Note 55', exact: true })).toBeFocused()
    await page.keyboard.press('x')
    await expect(page.getByRole('checkbox', { name: 'Tick “Note 55”' })).toBeChecked()
    await page.keyboard.press('x')
    await expect(page.getByRole('checkbox', { name: 'Tick “Note 55”' })).not.toBeChecked()
    await page.keyboard.press('?')
    await expect(page.getByRole('table', { name: 'On this screen' })).toContainText('Tick the note')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Note 55', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Title', { exact: true }).first()).toHaveValue('Note 55')
    await page.goBack()
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox', { name: 'Search notes' })).toBeFocused()
  })

  await test.step('some are refused, with the reason, and the rest goes through', async () => {
    await page.getByRole('checkbox', { name: 'Tick “Note 56”' }).check()
    await page.getByRole('checkbox', { name: 'Tick “Note 54”' }).check()
    await page.getByRole('button', { name: 'Publish 2' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    const last = page.getByRole('status', { name: 'The last act' })
    await expect(last).toContainText('Publish: 1 note, 1 refused.')
    await expect(last.getByRole('listitem')).toContainText('Note 56')
    await expect(last.getByRole('button', { name: 'Undo' })).toHaveCount(0)
    await expect(row(page, 'Note 54').getByText('Published')).toBeVisible()
  })

  await test.step('everything that fits is changed, and changed back where nobody was faster', async () => {
    await page.getByRole('checkbox', { name: 'Tick all' }).check()
    await page.getByRole('button', { name: 'Choose all that fit' }).click()
    await expect(page.getByText('All 56 that fit are chosen')).toBeVisible()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Set the topics' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set the topics: 56 notes' })
    await dialog.getByRole('combobox', { name: 'Add to topics' }).click()
    await page.getByRole('option', { name: 'Film' }).click()
    await dialog.getByRole('button', { name: 'Set the topics' }).click()
    const last = page.getByRole('status', { name: 'The last act' })
    await expect(last).toContainText('Set the topics: 56 notes.')
    const { notes } = await house.admin(request, 'GET', '/notes?q=note+10')
    await house.admin(request, 'PUT', `/notes/${notes[0].id}/archive`)
    await last.getByRole('button', { name: 'Undo' }).click()
    await expect(last).toContainText('Took back “Set the topics”: 55 notes, 1 not taken back.')
    await expect(last.getByRole('listitem')).toContainText('Note 10: This note has changed since.')
    expect((await house.admin(request, 'GET', '/notes?topic=film&status=any')).notes.map((n: { title: string }) => n.title)).toEqual(['Note 10'])
    expect((await house.admin(request, 'GET', '/notes?status=published')).notes[0].changed).toBe(false)
  })

  await test.step('a view is deleted for everybody', async () => {
    await page.getByRole('button', { name: 'Figures', exact: true }).click()
    await page.getByRole('button', { name: 'More about the view “Figures”' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('button', { name: 'Figures', exact: true })).toHaveCount(0)
    await ben.goto(house.base + '/desk/notes')
    await expect(ben.getByRole('button', { name: 'All', exact: true })).toHaveAttribute('aria-pressed', 'true')
  })
  expect(complaints).toEqual([])
})

test('members are found by what they hold, and go into a spreadsheet', async ({ fresh: house, page, browser, request }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'olga@example.com', 'owner', 'Olga Owner')
  await house.admin(request, 'PUT', '/plans/reader', { name: 'Reader', visible: true, prices: [{ interval: 'month', amount: 4900, currency: 'usd' }] })
  for (const name of ['Ada', '=1+1']) {
    const visitor = await (await browser.newContext()).newPage()
    await signIn(house, visitor, `${name === 'Ada' ? 'ada' : 'bo'}@example.com`, name)
    await visitor.close()
  }
  const { members } = await house.admin(request, 'GET', '/members?search=ada')
  await house.admin(request, 'POST', `/members/${members[0].id}/terms`, { source: 'complimentary', plan: 'reader', ends_at: new Date(Date.now() + 30 * 86_400_000).toISOString() })
  await openDesk(house, page, 'olga@example.com', '/desk/members')
  const list = page.getByRole('region', { name: 'Members' })
  await expect(list.getByRole('link', { name: /@example.com/ })).toHaveCount(2)

  await test.step('by plan and by status, kept as a view', async () => {
    await page.getByRole('combobox', { name: 'Plan' }).click()
    await page.getByRole('option', { name: 'Reader' }).click()
    await expect(list.getByRole('link', { name: /@example.com/ })).toHaveText(['ada@example.com'])
    await expect(list.getByText('Complimentary')).toBeVisible()
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByLabel('Name of the view').fill('Readers')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Readers', exact: true })).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('button', { name: 'Free', exact: true }).click()
    await expect(list.getByRole('link', { name: /@example.com/ })).toHaveText(['bo@example.com'])
    await page.reload()
    await page.getByRole('button', { name: 'Readers', exact: true }).click()
    await expect(list.getByRole('link', { name: /@example.com/ })).toHaveText(['ada@example.com'])
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Paying', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Nobody fits' })).toBeVisible()
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect(list.getByRole('link', { name: /@example.com/ })).toHaveCount(2)
  })

  await test.step('a name is no formula in the file', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export as CSV' }).click()])
    const text = await (await download.createReadStream()).toArray()
    expect(Buffer.concat(text).toString()).toContain(",'=1+1,free,")
  })

  await test.step('letters have views, too', async () => {
    await page.goto(house.base + '/desk/letters')
    await expect(page.getByRole('heading', { name: 'Nothing to answer' })).toBeVisible()
    expect(await faults(page)).toEqual([])
  })
  expect(complaints).toEqual([])
})
