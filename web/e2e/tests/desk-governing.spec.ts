// Governing at the desk: who works here and what they may do.
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

/** What axe finds on the page as it stands. */
async function faults(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  return (await new AxeBuilder({ page }).analyze()).violations.map((v) => `${v.id} ${v.nodes[0]?.target}`)
}

test('the owner decides who works here and what they may do', async ({ fresh: house, page, browser }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'olga@example.com', 'owner', 'Olga Owner')
  await makeStaff(house, 'ana@example.com', 'analyst', 'Ana Analyst')
  await openDesk(house, page, 'olga@example.com', '/desk/staff')

  await test.step('an own role, in words', async () => {
    await page.getByRole('button', { name: 'Make a role' }).click()
    const dialog = page.getByRole('dialog', { name: 'Make a role' })
    await dialog.getByLabel('Name', { exact: true }).fill('Recruiter')
    await expect(dialog.getByLabel('See every note at the desk')).toBeDisabled()
    await dialog.getByLabel('Write notes and change drafts').check()
    await dialog.getByLabel('Upload, describe and replace').check()
    await dialog.getByLabel('Invite and disable colleagues').check()
    await dialog.getByRole('button', { name: 'Make the role' }).click()
    await expect(dialog).toHaveCount(0)
    await page.getByRole('button', { name: 'Edit the role “Recruiter”' }).click()
    const edit = page.getByRole('dialog', { name: 'Edit “Recruiter”' })
    await edit.getByLabel('Name', { exact: true }).fill('Owner')
    await edit.getByRole('button', { name: 'Save the role' }).click()
    await expect(edit.getByRole('alert')).toContainText('built-in role')
    await edit.getByLabel('Name', { exact: true }).fill('Head of analysts')
    await edit.getByRole('button', { name: 'Save the role' }).click()
    await expect(page.getByRole('button', { name: 'Edit the role “Head of analysts”' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Edit the role “Owner”' })).toHaveCount(0)
  })

  await test.step('an invitation is sent, sent again and withdrawn', async () => {
    await page.getByRole('button', { name: 'Invite a colleague' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite a colleague' })
    await dialog.getByLabel('E-mail address').fill('nobody')
    await dialog.getByRole('button', { name: 'Send the invitation' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByLabel('E-mail address').fill('new@example.com')
    await dialog.getByRole('button', { name: 'Send the invitation' }).click()
    await expect(page.getByRole('rowheader', { name: 'new@example.com' })).toBeVisible()
    await page.getByRole('button', { name: 'Send again to new@example.com' }).click()
    await expect(page.getByText('Sent again to new@example.com')).toBeVisible()
    await page.getByRole('button', { name: 'Withdraw the invitation of new@example.com' }).click()
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await expect(page.getByText('None is open.')).toBeVisible()
  })

  const ana = await (await browser.newContext()).newPage()
  await openDesk(house, ana, 'ana@example.com', '/desk/staff')
  await test.step('an analyst sees colleagues and is offered nothing', async () => {
    await expect(ana.getByRole('button', { name: 'Olga Owner' })).toBeVisible()
    await expect(ana.getByRole('button', { name: /Invite|Make a role|Edit|Delete/ })).toHaveCount(0)
    await ana.getByRole('button', { name: 'Olga Owner' }).click()
    await expect(ana.getByText('You cannot change this colleague')).toBeVisible()
  })

  await test.step('a role changes, and holds at once', async () => {
    await page.getByRole('button', { name: 'Ana Analyst' }).click()
    const drawer = page.getByRole('dialog', { name: 'Ana Analyst' })
    await drawer.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'Head of analysts' }).click()
    await drawer.getByRole('button', { name: 'Change the role' }).click()
    await expect(drawer.getByText('Head of analysts').first()).toBeVisible()
    await ana.reload()
    await ana.getByRole('button', { name: 'Invite a colleague' }).click()
    await ana.getByRole('combobox', { name: 'Role' }).click()
    await expect(ana.getByRole('option')).toHaveCount(2) // analyst and her own
    await ana.keyboard.press('Escape')
    await ana.keyboard.press('Escape')
  })

  await test.step('rights that end meanwhile are refused in words', async () => {
    await ana.getByRole('button', { name: 'Make a role' }).click()
    const form = ana.getByRole('dialog', { name: 'Make a role' })
    await form.getByLabel('Name', { exact: true }).fill('Too late')
    const drawer = page.getByRole('dialog', { name: 'Ana Analyst' })
    await drawer.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'Analyst', exact: true }).click()
    await drawer.getByRole('button', { name: 'Change the role' }).click()
    await expect(page.getByText('Ana Analyst has another role now').first()).toBeVisible()
    await form.getByRole('button', { name: 'Make the role' }).click()
    await expect(form.getByRole('alert')).toBeVisible()
  })

  await test.step('suspended, signed out; and back', async () => {
    const drawer = page.getByRole('dialog', { name: 'Ana Analyst' })
    await drawer.getByRole('button', { name: 'Suspend' }).click()
    const question = page.getByRole('dialog', { name: 'Suspend Ana Analyst?' })
    await question.getByRole('button', { name: 'Suspend' }).click()
    await expect(drawer.getByRole('button', { name: 'Let them return' })).toBeVisible()
    await ana.goto(house.base + '/desk/staff')
    await expect(ana.getByRole('heading', { name: 'Sign in to the desk' })).toBeVisible()
    await drawer.getByRole('button', { name: 'Let them return' }).click()
    await expect(drawer.getByRole('button', { name: 'Suspend' })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Delete the role “Head of analysts”' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(page.getByText('Head of analysts')).toHaveCount(0)
  })
  expect(complaints).toEqual([])
})

test('the audit log reads as sentences, is filtered, paged and exported', async ({ fresh: house, page }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'olga@example.com', 'owner', 'Olga Owner')
  await openDesk(house, page, 'olga@example.com', '/desk/')
  for (let i = 0; i < 60; i++) await house.admin(page.request, 'PUT', `/topics/topic-${i}`, { name: `Topic ${i}` })
  await house.publish(page.request, { title: 'Film grows', abstract: 'A.', body: 'Text.' })
  await page.goto(house.base + '/desk/journal')
  await expect(page.getByText(/published the note Film grows/)).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(50)
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect(page.getByText('Olga Owner signed in at the desk')).toBeVisible()
  const marks = await page.getByRole('article').evaluateAll((all) => all.map((a) => a.getAttribute('aria-labelledby')))
  expect(new Set(marks).size).toBe(marks.length)

  await page.getByRole('combobox', { name: 'What' }).click()
  await page.getByRole('option', { name: 'Notes', exact: true }).click()
  await expect(page.getByText('Olga Owner signed in at the desk')).toHaveCount(0)
  await expect(page.getByText(/published the note Film grows/)).toBeVisible()
  await page.getByRole('combobox', { name: 'Who' }).click()
  await page.getByRole('option', { name: 'Olga Owner' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing fits' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByLabel('Until').fill('2020-01-01')
  await expect(page.getByRole('heading', { name: 'Nothing fits' })).toBeVisible()
  await page.getByLabel('Until').fill('')

  await page.getByRole('article').filter({ hasText: 'published the note' }).getByText('Record').click()
  await page.getByRole('button', { name: 'Only what happened to this' }).filter({ visible: true }).click()
  await expect(page.getByText('Only what happened to one note.')).toBeVisible()
  await expect(page.getByText('began to work')).toHaveCount(0)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export as CSV' }).click()
  const path = await (await download).path()
  expect(readFileSync(path, 'utf8')).toMatch(/^at,actor_kind[^\n]*\n[^\n]*note\.published/)
  expect(readFileSync(path, 'utf8')).not.toContain('topic.saved')
  expect(complaints).toEqual([])
})

test('health says what is wrong and what to do', async ({ fresh: house, page, browser }) => {
  await makeStaff(house, 'olga@example.com', 'owner', 'Olga Owner')
  await makeStaff(house, 'ed@example.com', 'editor', 'Ed Editor')
  await openDesk(house, page, 'olga@example.com', '/desk/health')
  await expect(page.getByText('Mail goes into the built-in mailbox and reaches nobody.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Database' })).toContainText(house.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL')
  await expect(page.getByRole('region', { name: 'Jobs', exact: true })).toContainText('Given up')
  await page.route('**/api/admin/v1/health', (route) => route.abort())
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByText('This is from earlier')).toBeVisible()

  const ed = await (await browser.newContext()).newPage()
  await openDesk(house, ed, 'ed@example.com')
  await expect(ed.getByRole('link', { name: 'Notes', exact: true })).toBeVisible()
  await expect(ed.getByRole('link', { name: /Audit log|Health/ })).toHaveCount(0)
  for (const path of ['journal', 'health']) {
    await ed.goto(`${house.base}/desk/${path}`)
    await expect(ed.getByRole('alert')).toContainText('Not for your role')
  }
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing where the house is governed, ${colorScheme}`, async ({ house, browser }) => {
    const email = `governing-${colorScheme}@example.com`
    await makeStaff(house, email, 'owner')
    await makeStaff(house, `colleague-${colorScheme}@example.com`, 'editor', `Colleague ${colorScheme}`)
    const page = await (await browser.newContext({ colorScheme, reducedMotion: 'reduce' })).newPage()
    await openDesk(house, page, email, '/desk/staff')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: `Colleague ${colorScheme}` }).click()
    await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible()
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Make a role' }).click()
    await expect(page.getByRole('dialog', { name: 'Make a role' })).toBeVisible()
    expect(await faults(page)).toEqual([])
    for (const place of ['journal', 'health']) {
      await page.goto(`${house.base}/desk/${place}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await faults(page)).toEqual([])
    }
  })
}
