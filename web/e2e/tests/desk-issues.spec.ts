// An issue is made, filled, ordered, and published as one act; the calendar
// shows what is planned and moves it.
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

test('an issue is published as one act, or not at all', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'issue-eva@example.com', 'editor', 'Eva')
  await house.admin(page.request, 'PUT', '/series/letter', { name: 'The Letter' })
  for (const [title, abstract] of [['Issue first', 'Short.'], ['Issue second', '']]) {
    await house.admin(page.request, 'POST', '/notes', { title, abstract, body: 'Text.\n', gate: 'public' })
  }
  await openDesk(house, page, 'issue-eva@example.com', '/desk/issues')
  await page.getByRole('button', { name: 'New issue' }).click()
  await page.getByLabel('Month').fill('2031-05')
  await page.getByRole('button', { name: 'Make it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /May 2031/ })).toBeVisible()

  for (const title of ['Issue first', 'Issue second']) {
    await page.getByPlaceholder('Add a note by its title').fill(title)
    await page.getByRole('option', { name: title }).click()
    await expect(page.getByRole('link', { name: title })).toBeVisible()
  }
  await page.getByRole('button', { name: 'Issue second: up' }).click()
  const order = page.getByRole('main').getByRole('listitem')
  await expect(order.first()).toContainText('Issue second')
  const box = (await order.nth(1).boundingBox())!
  await order.nth(0).dragTo(order.nth(1), { sourcePosition: { x: 12, y: 20 }, targetPosition: { x: 100, y: box.height - 4 } })
  await expect(order.first()).toContainText('Issue first')
  await page.reload()
  await expect(order.first()).toContainText('Issue first')
  await page.getByRole('button', { name: 'Issue second: up' }).click()
  await expect(order.first()).toContainText('Issue second')
  await page.getByLabel('Editorial, in Markdown').fill('What this month was about.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Not saved yet')).toHaveCount(0)

  await page.getByRole('button', { name: 'Publish the issue' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish the issue' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was published' })).toContainText('Issue second')
  expect((await page.request.get(house.base + '/notes/issue-first')).status()).toBe(404)
  await page.keyboard.press('Escape')

  const { notes } = await house.admin(page.request, 'GET', '/notes?title=Issue%20second')
  await page.request.fetch(`${house.base}/api/admin/v1/notes/${notes[0].id}`, { method: 'PATCH', data: { abstract: 'Now it has one.' }, headers: { 'If-Match': `"${notes[0].version}"` } })
  await page.reload()
  await page.getByRole('button', { name: 'Publish the issue' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish the issue' }).click()
  await expect(page.getByRole('link', { name: 'On the portal' })).toBeVisible()
  for (const slug of ['issue-first', 'issue-second']) expect((await page.request.get(`${house.base}/notes/${slug}`)).status()).toBe(200)
  expect(complaints).toEqual([])
})

test('what is planned is moved in the calendar', async ({ house, page }) => {
  await makeStaff(house, 'calendar-eva@example.com', 'editor', 'Eva')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'Planned note', abstract: 'Short.', body: 'Text.\n' })
  await openDesk(house, page, 'calendar-eva@example.com', `/desk/notes/${note.id}`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: /^Schedule/ }).click()
  await page.getByLabel('When').fill('2031-03-12T09:30')
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule' }).click()
  await expect(page.locator('.note-bar [data-status="scheduled"]')).toBeVisible()

  await page.goto(house.base + '/desk/calendar?month=2031-03')
  const entry = page.locator('.entry').filter({ hasText: 'Planned note' })
  await expect(entry).toContainText('09:30')
  await entry.dragTo(page.locator('td').filter({ has: page.getByLabel('Thursday 20 March') }))
  await expect(page.getByLabel('When')).toHaveValue('2031-03-20T09:30')
  await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
  await expect(page.locator('td').filter({ has: page.getByLabel('Thursday 20 March') }).locator('.entry')).toContainText('Planned note')
  expect((await house.admin(page.request, 'GET', `/notes/${note.id}`)).schedules[0].at).toBe('2031-03-20T09:30')
  await test.step('an hour that comes twice is asked about, also where the second is that of UTC', async () => {
    const { time_zone } = await house.admin(page.request, 'GET', '/settings')
    await house.admin(page.request, 'PATCH', '/settings', { time_zone: 'Europe/London' })
    await page.goto(house.base + '/desk/calendar?month=2031-03')
    await page.getByRole('button', { name: 'Move “Planned note”' }).click()
    await page.getByLabel('When').fill('2031-10-26T01:30')
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
    await page.getByRole('button', { name: 'The second: 01:30, UTC+00:00' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const { schedules } = await house.admin(page.request, 'GET', `/notes/${note.id}`)
    expect(Date.parse(schedules[0].instant)).toBe(Date.parse('2031-10-26T01:30:00Z'))
    await house.admin(page.request, 'PATCH', '/settings', { time_zone })
  })
})
