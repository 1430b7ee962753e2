// What is seen of a note before it is out: by colleagues who have it open, by
// those who were sent a link, and as readers will see it.
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

test('two people see that they have the same note open', async ({ house, page, browser }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'there-ana@example.com', 'editor', 'Ana Lind')
  await makeStaff(house, 'there-ben@example.com', 'analyst', 'Ben Ek')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'Who is here', body: 'Text.\n' })
  const asked: string[] = []
  page.on('request', (r) => { if (r.url().includes('/presence')) asked.push(r.method()) })
  await openDesk(house, page, 'there-ana@example.com', `/desk/notes/${note.id}`)
  await expect(page.locator('[data-presence="0"]')).toBeAttached()
  const ben = await (await browser.newContext()).newPage()
  await openDesk(house, ben, 'there-ben@example.com', `/desk/notes/${note.id}`)
  await expect(ben.locator('[data-presence]')).toContainText('Ana Lind has this note open')
  await expect(page.locator('[data-presence]')).toContainText('Ben Ek has this note open', { timeout: 30_000 })
  expect(asked.length, 'no polling storm').toBeLessThanOrEqual(4)

  await test.step('who goes to another page is gone', async () => {
    await ben.getByRole('link', { name: 'All notes' }).click()
    await expect(ben.getByRole('heading', { level: 1, name: 'Notes' })).toBeVisible()
    await expect(page.locator('[data-presence="0"]')).toBeAttached({ timeout: 30_000 })
  })
  expect(complaints).toEqual([])
})
