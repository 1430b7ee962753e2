// Comments on passages: two people talk about a text while it changes.
import type { Page } from '@playwright/test'
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const text = (page: Page) => page.locator('[data-note-text]')

/** Selects words of the text as a mouse would. */
async function select(page: Page, words: string): Promise<void> {
  await text(page).click()
  await text(page).evaluate((box, w) => {
    const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const at = n.textContent!.indexOf(w)
      if (at >= 0) getSelection()!.setBaseAndExtent(n, at, n, at + w.length)
    }
  }, words)
}

test('a passage is talked about, and stays found while the text around it changes', async ({ house, page, browser }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'talk-ana@example.com', 'analyst', 'Ana')
  await makeStaff(house, 'talk-eva@example.com', 'editor', 'Eva')
  const note = await house.admin(page.request, 'POST', '/notes', { title: 'Benches', abstract: 'Short.', body: 'The park opens at six.\n\nThere are fourteen benches in it.\n\nIt closes at nine.\n' })
  await openDesk(house, page, 'talk-ana@example.com', `/desk/notes/${note.id}`)
  const eva = await (await browser.newContext()).newPage()
  await openDesk(house, eva, 'talk-eva@example.com', `/desk/notes/${note.id}`)

  await test.step('a passage is commented on by key, and a colleague called', async () => {
    await expect(text(eva)).toContainText('fourteen benches')
    await select(eva, 'fourteen benches')
    await eva.keyboard.press('Control+Alt+m')
    await eva.getByRole('textbox', { name: 'Comment' }).fill('Fifteen? @An')
    await eva.getByRole('button', { name: '@Ana' }).click()
    await eva.getByRole('button', { name: 'Comment', exact: true }).click()
    await expect(eva.locator('.ed-comment')).toHaveText('fourteen benches')
    await expect(eva.getByRole('article', { name: 'Thread by Eva' })).toContainText('Fifteen? @Ana')
  })

  await test.step('the other is told, comes by it and replies', async () => {
    await page.reload()
    await page.getByRole('button', { name: /Notifications, \d+ unread/ }).click()
    await page.getByRole('button', { name: /Eva mentioned you/ }).click()
    const thread = page.getByRole('article', { name: 'Thread by Eva' })
    await expect(thread).toBeVisible()
    await thread.getByRole('textbox', { name: 'Reply' }).fill('Counted: fourteen.')
    await page.keyboard.press('Control+Enter')
    await expect(thread).toContainText('Counted: fourteen.')
  })

  await test.step('what was begun stays while the panel is put away', async () => {
    const reply = page.getByRole('article', { name: 'Thread by Eva' }).getByRole('textbox', { name: 'Reply' })
    const button = page.getByRole('button', { name: /^Comments/ })
    await reply.fill('And half')
    await button.click()
    await expect(reply).toHaveCount(0)
    await button.click()
    await expect(reply).toHaveValue('And half')
    await page.setViewportSize({ width: 390, height: 800 })
    await expect(page.getByRole('dialog', { name: 'Comments' })).toBeVisible()
    await reply.press('Escape')
    await expect(reply).toHaveCount(0)
    await button.click()
    await expect(reply).toHaveValue('And half')
    await reply.fill('')
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 1280, height: 720 })
    await button.click()
    await expect(reply).toHaveValue('')
  })

  await test.step('in the Markdown tab passages are marked, and commented on by key', async () => {
    await eva.getByText('Markdown', { exact: true }).click()
    const source = eva.getByRole('textbox', { name: 'Text, in Markdown' })
    await expect(source.locator('.ed-comment')).toHaveText('fourteen benches')
    await source.getByText('It closes at nine.').click()
    await eva.keyboard.press('Home')
    await eva.keyboard.press('Shift+End')
    await eva.getByRole('button', { name: 'Comment on the selection' }).click()
    await eva.getByRole('textbox', { name: 'Comment' }).fill('Ten in summer.')
    await eva.getByRole('button', { name: 'Comment', exact: true }).click()
    await expect(source.locator('.ed-comment')).toHaveText(['fourteen benches', 'It closes at nine.'])
    await eva.getByRole('article', { name: 'Thread by Eva' }).filter({ hasText: 'Ten in summer.' }).getByRole('button', { name: 'Go to the passage' }).click()
    expect(await eva.evaluate(() => getSelection()!.toString())).toBe('It closes at nine.')
    await eva.getByText('Write', { exact: true }).click()
    await expect(text(eva).locator('.ed-comment')).toHaveText(['fourteen benches', 'It closes at nine.'])
    await eva.getByRole('article', { name: 'Thread by Eva' }).filter({ hasText: 'Ten in summer.' }).getByRole('button', { name: 'Resolve', exact: true }).click()
    await expect(text(eva).locator('.ed-comment')).toHaveText(['fourteen benches'])
  })

  await test.step('another passage is edited; the thread keeps its own', async () => {
    await text(page).getByText('The park opens at six.').click()
    await page.keyboard.press('Home')
    await page.keyboard.type('Newly fenced. ')
    await expect(page.locator('[data-save-state="saved"]')).toBeVisible()
    await page.reload() // the address still names the comment, so the panel is open
    await expect(page.getByRole('article', { name: 'Thread by Eva' })).toBeVisible()
    await expect(text(page)).toContainText('Newly fenced.')
    await expect(page.locator('.ed-comment')).toHaveText('fourteen benches')
  })

  await test.step('no violation in light and dark', async () => {
    expect(await faults(page, { include: '.talk' })).toEqual([])
  })

  await test.step('it is resolved, and shown again on request', async () => {
    await page.getByRole('button', { name: 'Resolve', exact: true }).click()
    await expect(page.locator('.ed-comment')).toHaveCount(0)
    await eva.reload()
    await eva.getByRole('button', { name: 'Comments', exact: true }).click()
    await expect(eva.getByText('All threads are resolved.')).toBeVisible()
    await eva.getByRole('switch', { name: 'Show resolved' }).check()
    await expect(eva.getByRole('article', { name: 'Thread by Eva' }).filter({ hasText: 'Fifteen?' })).toContainText('Resolved by Ana')
    await eva.getByRole('article', { name: 'Thread by Eva' }).filter({ hasText: 'Fifteen?' }).getByRole('button', { name: 'Open again' }).click()
    await expect(eva.locator('.ed-comment')).toHaveText('fourteen benches')
  })

  expect(complaints).toEqual([])
})
