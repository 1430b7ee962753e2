// The media library: uploads and their errors, folders, search, where a
// picture is used, replacing its file, its focus, the keyboard, axe.
import type { Page } from '@playwright/test'
import { faults } from '../faults.ts'
import { expect, test, type House } from '../house.ts'
import { png } from '../picture.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const file = (name: string, buffer: Buffer, mimeType = 'image/png') => ({ name, mimeType, buffer })

/** Uploads a picture by script. */
async function put(house: House, page: Page, name: string, buffer: Buffer): Promise<any> {
  const answer = await page.request.post(`${house.base}/api/admin/v1/pictures`, { multipart: { file: file(name, buffer) }, headers: { Authorization: 'Bearer bootstrap-key-of-the-browser-tests-0001' } })
  expect(answer.ok()).toBeTruthy()
  return answer.json()
}

const upload = (page: Page, ...files: ReturnType<typeof file>[]) => page.locator('input[type=file]').first().setInputFiles(files)
const tile = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })
const openFile = (page: Page, name: string) => tile(page, name).getByRole('button').last().click()

test('pictures come in, are ordered and found', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'media-mia@example.com', 'editor', 'Mia')
  await openDesk(house, page, 'media-mia@example.com', '/desk/media')

  await test.step('each bad file says what is wrong with it, and the good one comes in', async () => {
    await upload(page, file('fine.png', png(40)), file('vector.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'),
      file('fake.png', Buffer.from('\x89PNG\r\n\x1a\nno', 'latin1')), file('report.pdf', Buffer.from('%PDF-1.7\n'), 'application/pdf'), file('wide.png', png(1, 16_000, 1_100)))
    await expect(tile(page, 'fine.png').getByRole('button')).toBeVisible()
    const bad = page.getByRole('list', { name: 'Uploads' })
    await expect(bad.getByRole('listitem')).toHaveCount(4)
    await expect(bad.getByRole('listitem').filter({ hasText: 'vector.svg' })).toContainText('SVG')
    await expect(bad.getByRole('listitem').filter({ hasText: 'fake.png' })).toContainText('damaged')
    await expect(bad.getByRole('listitem').filter({ hasText: 'report.pdf' })).toContainText('belongs to a note')
    await expect(bad.getByRole('listitem').filter({ hasText: 'wide.png' })).toContainText('16 megapixels')
    for (const name of ['vector.svg', 'fake.png', 'report.pdf', 'wide.png']) await page.getByRole('button', { name: `Dismiss ${name}` }).click()
    await expect(bad).toHaveCount(0)
  })

  await test.step('a folder is made inside another, and takes pictures by a drop and by the keyboard', async () => {
    const folders = page.getByRole('navigation', { name: 'Folders' })
    await page.getByRole('button', { name: 'New folder' }).click()
    await page.getByLabel('Name').fill('Charts')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Charts' })).toBeVisible()
    await expect(page.getByText('Nothing in here yet')).toBeVisible()
    await page.getByRole('button', { name: 'New folder' }).click()
    await page.getByLabel('Name').fill('2031')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: '2031' })).toBeVisible()
    await upload(page, file('inner.png', png(90)))
    await expect(tile(page, 'inner.png').getByRole('button')).toBeVisible()

    await folders.getByRole('button', { name: 'No folder' }).click()
    await tile(page, 'fine.png').dragTo(folders.getByRole('button', { name: 'Charts' }))
    await expect(page.getByText('The picture is moved')).toBeVisible()
    await folders.getByRole('button', { name: 'Charts' }).click()
    await page.getByRole('checkbox', { name: 'Tick fine.png' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('region', { name: 'Actions for the ticked pictures' }).getByRole('button', { name: 'Move' }).press('Enter')
    await page.getByRole('combobox', { name: 'To' }).fill('2031')
    await page.getByRole('option', { name: 'Charts / 2031' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByText('Nothing in here yet')).toBeVisible()
  })

  await test.step('search looks below the folder, in names and descriptions', async () => {
    await page.getByLabel('Search media').fill('INNER')
    await expect(page.locator('.pictures > li')).toHaveCount(1)
    await openFile(page, 'inner.png')
    await page.getByLabel('What it shows').fill('Überblick of prices')
    await page.getByLabel('File name').fill('overview.png')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.getByLabel('Search media').fill('uberblick')
    await expect(tile(page, 'overview.png').getByRole('button')).toBeVisible()
    await page.getByLabel('Search media').fill('nothing like it')
    await expect(page.getByText('No file fits')).toBeVisible()
    await page.getByLabel('Search media').fill('')
  })

  await test.step('a folder with something in it is not deleted unasked', async () => {
    await page.getByRole('navigation', { name: 'Folders' }).getByRole('button', { name: '2031' }).click()
    await page.getByRole('button', { name: 'Delete folder' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('not empty')
    await page.getByRole('button', { name: 'Move up and delete' }).click()
    await expect(page.getByRole('heading', { name: 'Charts' })).toBeVisible()
    await expect(page.locator('.pictures > li')).toHaveCount(2)
  })
  expect(complaints).toEqual([])
})

test('a picture in use stays; its file is replaced and its focus set', async ({ house, page }) => {
  await makeStaff(house, 'media-udo@example.com', 'editor', 'Udo')
  const used = await put(house, page, 'used.png', png(50))
  await put(house, page, 'spare.png', png(60))
  const note = await house.publish(page.request, { title: 'Media shown here', abstract: 'A.', body: `![Units](${used.url})\n`, gate: 'public' })
  await openDesk(house, page, 'media-udo@example.com', '/desk/media?q=.png')

  await test.step('deleting many keeps what is in use', async () => {
    for (const name of ['used.png', 'spare.png']) await page.getByRole('checkbox', { name: `Tick ${name}` }).check()
    await page.getByRole('region', { name: 'Actions for the ticked pictures' }).getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('dialog')).toContainText('1 deleted, 1 kept')
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
    await expect(tile(page, 'spare.png')).toHaveCount(0)
  })
  await test.step('where it is used leads there', async () => {
    await openFile(page, 'used.png')
    await expect(page.getByRole('link', { name: 'Media shown here' })).toHaveAttribute('href', `/desk/notes/${note.id}`)
    await expect(page.getByText('published', { exact: true })).toBeVisible()
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Delete' })).toBeDisabled()
  })
  await test.step('another kind of file is refused, the same kind is shown to readers', async () => {
    const chooser = page.getByRole('dialog').locator('input[type=file]')
    await chooser.setInputFiles(file('x.gif', Buffer.from('GIF89a'), 'image/gif'))
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('damaged')
    await chooser.setInputFiles(file('new.png', png(200)))
    await expect(page.getByText('Edition 1')).toBeVisible()
    await expect(page.getByRole('dialog').getByText('Replaced')).toBeVisible()
    await expect.poll(async () => (await (await page.request.get(`${house.base}/notes/media-shown-here`)).text()).includes(`${used.url}?v=2`)).toBe(true)
  })
  await test.step('the focus is set by click and by keys', async () => {
    const point = page.getByRole('button', { name: 'Focus' })
    const box = (await point.boundingBox())!
    await point.click({ position: { x: box.width * 0.25, y: box.height * 0.75 } })
    await expect(page.getByText('Focus 25 % from the left, 75 % from the top.')).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowUp')
    await expect(page.getByText('Focus 27 % from the left, 65 % from the top.')).toBeVisible()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const now = await house.admin(page.request, 'GET', `/pictures/${used.id}`)
    expect(now.focus).toEqual({ x: 27, y: 65 })
    expect(now.edition).toBe(2)
  })
  await test.step('unused ones are found and deleted', async () => {
    await put(house, page, 'lonely.png', png(70))
    await page.getByLabel('Unused').check()
    await expect(tile(page, 'lonely.png').getByRole('button')).toBeVisible()
    await expect(tile(page, 'used.png')).toHaveCount(0)
    await openFile(page, 'lonely.png')
    await expect(page.getByText('Nowhere. It can be deleted.')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog', { name: 'Delete the picture?' }).getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(tile(page, 'lonely.png')).toHaveCount(0)
  })
})

test('axe finds nothing in the library', async ({ house, page }) => {
  const email = 'media-axe@example.com'
  await makeStaff(house, email, 'owner')
  const name = 'axe-library.png'
  await put(house, page, name, png(120))
  const check = async (what: string) => expect(await faults(page), what).toEqual([])
  await openDesk(house, page, email, '/desk/media')
  await expect(tile(page, name).getByRole('button')).toBeVisible()
  await page.getByRole('checkbox', { name: `Tick ${name}` }).check()
  await check('grid')
  await openFile(page, name)
  await expect(page.getByText('Nowhere. It can be deleted.')).toBeVisible()
  await check('details')
  await page.keyboard.press('Escape')
  await page.locator('label').filter({ hasText: 'List' }).click()
  await expect(page.getByRole('region', { name: 'Files' })).toBeVisible()
  await check('list')
})

test('the file of an attachment is replaced by one of its kind, under its address', async ({ house, page }) => {
  await makeStaff(house, 'media-fay@example.com', 'editor', 'Fay')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'With a table of prices', body: 'Text.\n' })
  await openDesk(house, page, 'media-fay@example.com', `/desk/notes/${note.id}`)
  await page.getByRole('button', { name: 'Files', exact: true }).click()
  const files = page.getByRole('region', { name: 'Files', exact: true })
  await files.locator('input[type=file]').setInputFiles(file('prices.csv', Buffer.from('a,b\n1,2\n'), 'text/csv'))
  const link = files.getByRole('link', { name: /^prices\.csv/ })
  const address = (await link.getAttribute('href'))!
  await expect(files.getByRole('button', { name: /: replace the file$/ })).toBeVisible()
  const chooser = files.getByRole('group').locator('input[type=file]')
  await chooser.setInputFiles(file('report.pdf', Buffer.from('%PDF-1.7\n...'), 'application/pdf'))
  await expect(files.getByRole('alert')).toContainText('of another type')
  await chooser.setInputFiles(file('other-name.csv', Buffer.from('a,b\n3,4\n'), 'text/csv'))
  await expect(page.getByText(/has its new file/)).toBeVisible()
  await expect(files.getByRole('alert')).toHaveCount(0)
  await expect(link).toHaveAttribute('href', address)
  expect(await (await page.request.get(house.base + address)).text()).toBe('a,b\n3,4\n')
})
