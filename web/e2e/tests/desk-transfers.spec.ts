// An archive from another system: tried, imported, imported again, and taken out.
import { readFile } from 'node:fs/promises'
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const post = (id: string, slug: string, more: object = {}) => ({ id, title: `About ${slug}`, slug, html: '<p>Open words.</p><!--members-only--><p>Hidden words.</p>', type: 'post', status: 'published', visibility: 'paid', published_at: '2024-05-06T07:08:09.000Z', ...more })
const site = (...posts: object[]) => ({ name: 'site.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ db: [{ data: { posts } }] })) })
const members = { name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from('email,name,subscribed_to_emails\nmoved@example.com,Moved,false\nnobody,Nobody,true\n') }

test('an archive of Ghost is tried, imported, imported again and taken out', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'porter@example.com', 'owner')
  await openDesk(house, page, 'porter@example.com', '/desk/transfers')
  await expect(page.getByText('No import yet')).toBeVisible()
  expect(await faults(page)).toEqual([])

  const choose = async (file: ReturnType<typeof site>, list?: typeof members) => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    const form = page.getByRole('dialog', { name: 'Import' })
    const inputs = page.locator('input[type=file]')
    await expect(inputs).toHaveCount(2)
    await inputs.nth(0).setInputFiles(file)
    if (list) await inputs.nth(1).setInputFiles(list)
    return form
  }

  await test.step('tried: nothing is written', async () => {
    const form = await choose(site(post('1', 'one'), post('2', 'two', { type: 'page' })), members)
    const from = form.getByLabel('Fetch pictures from')
    await from.fill('old.example')
    await form.getByRole('button', { name: 'Try it first' }).click()
    await expect(from).toHaveAccessibleDescription(/The whole address of the site/)
    expect(await faults(page)).toEqual([])
    await from.fill('')
    await form.getByRole('button', { name: 'Try it first' }).click()
    await expect(page.getByRole('heading', { name: 'Import from Ghost' })).toBeVisible()
    await expect(page.getByText('4 of 4 entries: 2 made, 1 skipped, 1 failed')).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('Nothing was written.', { exact: false })).toBeVisible()
    await expect(page.getByRole('row', { name: /About two.*Skipped.*a page, not a post/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /members\.csv:3.*Failed/ })).toBeVisible()
    expect(await faults(page)).toEqual([])
    await page.getByRole('combobox', { name: 'Outcome' }).click()
    await page.getByRole('option', { name: 'Failed' }).click()
    await expect(page.getByRole('row', { name: /About two/ })).toHaveCount(0)
  })

  await test.step('for real', async () => {
    await page.getByRole('button', { name: 'Import for real' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByText('Nothing was written.', { exact: false })).toHaveCount(0)
    await expect(page.getByText('4 of 4 entries: 2 made, 1 skipped, 1 failed')).toBeVisible({ timeout: 20_000 })
    const note = await page.request.get(`${house.base}/one`)
    expect(note.url()).toBe(`${house.base}/notes/one`)
    const text = await note.text()
    expect(text).toContain('Open words.')
    expect(text).not.toContain('Hidden words.')
  })

  await test.step('again: no doubles, and a broken file says so', async () => {
    await page.getByRole('link', { name: 'All imports and exports' }).click()
    await (await choose(site(post('1', 'one')))).getByRole('button', { name: 'Import at once' }).click()
    await expect(page.getByText('1 of 1 entries: 1 unchanged')).toBeVisible({ timeout: 20_000 })
    await page.getByRole('link', { name: 'All imports and exports' }).click()
    await (await choose({ name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004 broken') })).getByRole('button', { name: 'Try it first' }).click()
    await expect(page.getByRole('alert')).toContainText('This is not a zip that can be read', { timeout: 20_000 })
    expect(await faults(page)).toEqual([])
  })

  await test.step('taken out', async () => {
    await page.getByRole('link', { name: 'All imports and exports' }).click()
    await expect(page.getByRole('region', { name: 'Imports' }).getByRole('row')).toHaveCount(5)
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'All notes, as Markdown' }).click()
    const link = page.getByRole('link', { name: /^Download notes-/ })
    await expect(link).toBeVisible({ timeout: 20_000 })
    expect(await faults(page)).toEqual([])
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK')
  })

  await page.setViewportSize({ width: 390, height: 800 })
  await page.getByRole('tab', { name: 'Imports' }).click()
  await expect(page.getByRole('link', { name: 'Ghost, tried' }).first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  expect(complaints).toEqual([])
})
