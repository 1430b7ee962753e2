// The life of a note at the desk, told once from the empty page to the return
// of an old revision: written by keyboard alone, sent back, approved by another,
// published by the clock, corrected where readers see it.
import { Buffer } from 'node:buffer'
import type { APIResponse, Page } from '@playwright/test'
import { expect, test, type House } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const text = (page: Page) => page.locator('[data-note-text]')
const saved = (page: Page) => page.locator('[data-save-state="saved"]')
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mOQj1oGRAwQCgAdVgR98tauywAAAABJRU5ErkJggg==', 'base64')

/** A verb of the note, called as the person who is signed in on the page would. */
async function call(house: House, page: Page, id: string, verb: string, method: 'POST' | 'PUT', data: unknown): Promise<APIResponse> {
  return page.request.fetch(`${house.base}/api/admin/v1/notes/${id}/${verb}`, { method, data, headers: { Origin: house.base } })
}

/** Picks from the slash menu. */
async function slash(page: Page, word: string): Promise<void> {
  await page.keyboard.type('/' + word)
  await expect(page.getByRole('listbox', { name: 'Insert' }).getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
}

async function more(page: Page, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: /^(More|Actions)$/ }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a note is written by keyboard, sent back, approved by another, published by the clock, corrected and restored', async ({ fresh: house, page, browser }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'ana@example.com', 'editor', 'Ana')
  await makeStaff(house, 'eva@example.com', 'editor', 'Eva')
  await makeStaff(house, 'lea@example.com', 'analyst', 'Lea')
  await house.admin(page.request, 'PATCH', '/settings', { four_eyes: true, time_zone: 'UTC' })
  await openDesk(house, page, 'ana@example.com')
  const as = async (who: string, path: string) => {
    const other = await (await browser.newContext()).newPage()
    await openDesk(house, other, `${who}@example.com`, path)
    return other
  }

  await test.step('from an empty page, by keyboard alone', async () => {
    const { keyboard } = page
    await keyboard.press('c')
    await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused()
    await keyboard.type('Fourteen benches')
    await keyboard.press('Enter')
    await keyboard.type('## What we counted\nThe park has **fourteen** benches.')
    await keyboard.press('Control+Alt+f')
    await keyboard.type('Counted on a Sunday.')
    await keyboard.press('Control+Alt+f') // back to its mark
    await keyboard.press('Enter')

    await slash(page, 'table')
    for (const [i, cell] of ['Place', 'Benches', 'New', 'North', '9', '2', 'South', '5', '0'].entries()) {
      if (i) await keyboard.press('Tab')
      await keyboard.type(cell)
    }
    await keyboard.press('ArrowDown')

    await slash(page, 'chart')
    const dialog = page.getByRole('dialog', { name: 'Chart' })
    await expect(dialog.getByLabel('Title')).toBeFocused()
    await keyboard.type('Benches by year')
    await keyboard.press('Tab')
    await keyboard.press('Tab')
    await expect(dialog.getByLabel('Data', { exact: true })).toBeFocused()
    await keyboard.press('Control+a')
    await keyboard.insertText('Year\tBenches\n2019\t12\n2020\t14\n')
    await expect(dialog.locator('svg').first()).toBeVisible()
    await keyboard.press('Control+Enter')
    await expect(dialog).toHaveCount(0)
    await expect(text(page).locator('.ed-chart svg').first()).toBeVisible()
    await expect(text(page)).toBeFocused()

    // Asked for before the key is pressed: the browser is told of it on its own way.
    const chosen = page.waitForEvent('filechooser')
    await slash(page, 'picture')
    const upload = page.getByRole('button', { name: 'Upload' })
    await expect(upload).toBeVisible()
    for (let i = 0; i < 4 && !(await upload.evaluate((e) => e === document.activeElement)); i++) await keyboard.press('Tab')
    await keyboard.press('Enter')
    await (await chosen).setFiles({ name: 'bench.png', mimeType: 'image/png', buffer: pixel })
    await expect(text(page).locator('.ed-image img')).toBeVisible()
    await keyboard.press('Tab')
    await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused()
    await keyboard.type('A bench by the lake')
    await keyboard.press('Tab')
    await keyboard.type('A wooden bench, seen from behind')
    await keyboard.press('Enter') // goes on below the picture
    await expect(text(page)).toBeFocused()

    await slash(page, 'paywall')
    await keyboard.type('Below the line: the plan of the park.')
    await keyboard.press('Control+s')
    await expect(saved(page)).toBeVisible()
  })
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  const note = () => house.admin(page.request, 'GET', `/notes/${id}`)

  await test.step('it is what was typed, and survives a reload', async () => {
    const { title, body } = await note()
    expect(title).toBe('Fourteen benches')
    expect(body).toMatch(/^## What we counted\n\nThe park has \*\*fourteen\*\* benches\.\[\^1\]\n\n\| Place \| Benches \| New \|\n\| - \| - \| - \|\n\| North \| 9 \| 2 \|\n\| South \| 5 \| 0 \|\n\n```chart\n[^`]*Benches by year[^`]*```\n\n!\[A wooden bench, seen from behind\]\([^)]+ "A bench by the lake"\)\n\n<!-- paywall -->\n\nBelow the line: the plan of the park\.\n\n\[\^1\]: Counted on a Sunday\.\n$/)
    await page.reload()
    await expect(text(page)).toContainText('Below the line')
    await page.getByRole('textbox', { name: 'Abstract' }).fill('There were fourteen.')
    await expect(saved(page)).toBeVisible()
  })

  await test.step('submitted with a message, and not approved by its author', async () => {
    await page.getByRole('button', { name: 'Submit for review' }).click()
    await page.getByLabel('What they should know').fill('Please check the count.')
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('Ana asks for review')).toBeVisible()
    await expect(page.getByText('With four eyes asked for, that cannot be you.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)
    await page.getByRole('button', { name: 'More' }).click()
    await expect(page.getByRole('menuitem', { name: 'Publish …' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Approve' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    const own = await call(house, page, id, 'reviews', 'POST', { decision: 'approve' })
    expect([own.status(), (await own.json()).code]).toEqual([403, 'self_approval'])
    const alone = await call(house, page, id, 'publication', 'PUT', {})
    expect([alone.status(), (await alone.json()).code]).toEqual([403, 'four_eyes'])
  })

  await test.step('who may not is offered nothing, and refused', async () => {
    const lea = await as('lea', `/desk/notes/${id}`)
    await expect(lea.getByText('Ana asks for review')).toBeVisible()
    await expect(lea.getByRole('button', { name: /^(Approve|Publish|Send back|Withdraw from review|Retract)$/ })).toHaveCount(0)
    await lea.getByRole('button', { name: /^(More|Actions)$/ }).click()
    await expect(lea.getByRole('menuitem', { name: 'See what readers will see' })).toBeVisible()
    await expect(lea.getByRole('menuitem', { name: /Approve|Publish|Send back|Schedule|Retract|Archive/ })).toHaveCount(0)
    for (const [verb, method, data] of [
      ['reviews', 'POST', { decision: 'approve' }], ['reviews', 'POST', { decision: 'send_back', reason: 'No.' }],
      ['publication', 'PUT', {}], ['schedule', 'PUT', { action: 'publish', at: '2031-01-02T09:00' }], ['archive', 'PUT', undefined],
    ] as const) {
      const refused = await call(house, lea, id, verb, method, data)
      expect([verb, refused.status(), (await refused.json()).code]).toEqual([verb, 403, 'capability_missing'])
    }
    await lea.context().close()
  })

  const eva = await as('eva', `/desk/notes/${id}`)
  await test.step('sent back with a comment on a passage and a reason', async () => {
    await expect(eva.getByText('“Please check the count.”')).toBeVisible()
    await text(eva).getByText('fourteen', { exact: true }).dblclick()
    await eva.keyboard.press('Control+Alt+m')
    await eva.getByRole('textbox', { name: 'Comment' }).fill('Fifteen, I believe. @Ana ')
    await eva.getByRole('button', { name: 'Comment', exact: true }).click()
    await expect(eva.locator('.ed-comment')).toHaveText('fourteen')
    await more(eva, 'Send back')
    await eva.getByLabel('What has to change').fill('See the comment.')
    await eva.getByRole('dialog').getByRole('button', { name: 'Send back' }).click()
    await expect(eva.getByText('Ana asks for review')).toHaveCount(0)
  })

  await test.step('the author finds both, mends the passage and submits again', async () => {
    await page.reload()
    await page.getByRole('button', { name: /Notifications, \d+ unread/ }).click()
    await expect(page.getByRole('button', { name: /Eva sent back/ })).toBeVisible()
    await page.getByRole('button', { name: /Eva mentioned you/ }).click()
    const thread = page.getByRole('article', { name: 'Thread by Eva' })
    await expect(thread).toContainText('Fifteen, I believe.')
    await thread.getByRole('button', { name: 'Go to the passage' }).click()
    await expect(text(page)).toBeFocused()
    await page.keyboard.type('fifteen')
    await expect(text(page)).toContainText('The park has fifteen benches.')
    await page.getByRole('textbox', { name: 'Title' }).fill('Fifteen benches')
    await expect(saved(page)).toBeVisible()
    await page.getByRole('button', { name: 'Submit for review' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('Ana asks for review')).toBeVisible()
  })

  await test.step('approved by another, who is told of the open thread', async () => {
    await eva.reload()
    await eva.getByRole('button', { name: 'Approve' }).click()
    await expect(eva.getByRole('dialog').getByText('One comment is not resolved')).toBeVisible()
    await expect(eva.getByRole('dialog').getByText('Fifteen, I believe.')).toBeVisible()
    await eva.getByLabel('A word with it').fill('Right now.')
    await eva.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await expect(eva.getByText('Approved by Eva')).toBeVisible()
  })

  const portal = `${house.base}/notes/fifteen-benches`
  await test.step('scheduled at the desk, moved by a script, published by the clock', async () => {
    await more(eva, 'Schedule …')
    await eva.getByLabel('When').fill('2031-03-12T09:30')
    await eva.getByRole('dialog').getByRole('button', { name: 'Schedule' }).click()
    await expect(eva.getByText('Goes to readers 12 Mar 2031')).toBeVisible()
    expect((await eva.request.get(portal)).status()).toBe(404)
    const soon = new Date(Date.now() + 3000).toISOString().slice(0, 19)
    await house.admin(page.request, 'PUT', `/notes/${id}/schedule`, { action: 'publish', at: soon, keep_revision: true })
    await expect.poll(async () => (await eva.request.get(portal)).status(), { timeout: 30_000 }).toBe(200)
    expect(new Date((await note()).published_at).toISOString().slice(0, 19) >= soon).toBe(true)
    const shown = await (await eva.request.get(portal)).text()
    for (const part of ['What we counted', 'fifteen', 'Counted on a Sunday', 'Benches by year', 'A bench by the lake', 'A wooden bench, seen from behind', '>North<']) expect(shown).toContain(part)
    expect(shown).not.toContain('plan of the park')
  })

  await test.step('a correction is seen by readers: on the note, in the feed, in the API', async () => {
    await page.reload()
    await expect(page.locator('.note-bar [data-status="published"]')).toBeVisible()
    await text(page).getByText('fifteen', { exact: true }).dblclick()
    await page.keyboard.type('sixteen')
    await expect.poll(async () => (await note()).body, { message: 'the mark stays' }).toContain('has **sixteen** benches')
    await expect(saved(page)).toBeVisible()
    expect(await (await eva.request.get(portal)).text()).not.toContain('sixteen')
    await more(page, 'Publish the update …')
    await page.getByRole('radio', { name: /Major/ }).check()
    await page.getByLabel('Notice for readers').fill('We counted again: sixteen.')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish the update' }).click()
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Somebody else has to approve it first')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Leave without saving' }).click() // a notice is written
    await eva.reload()
    await more(eva, 'Publish the update …')
    await eva.getByRole('radio', { name: /Major/ }).check()
    await eva.getByLabel('Notice for readers').fill('We counted again: sixteen.')
    await eva.getByRole('dialog').getByRole('button', { name: 'Publish the update' }).click()
    await expect(eva.getByRole('dialog')).toHaveCount(0)
    const shown = await (await eva.request.get(portal)).text()
    expect(shown).toContain('sixteen')
    expect(shown).toContain('We counted again: sixteen.')
    expect(await (await eva.request.get(`${house.base}/feed.xml`)).text()).toContain('We counted again: sixteen.')
    const key = await house.admin(page.request, 'POST', '/keys', { name: 'front end', scopes: ['content.read'] })
    const headers = { Authorization: `Bearer ${key.secret}` }
    const told = await (await eva.request.get(`${house.base}/api/content/v1/notes/fifteen-benches`, { headers })).json()
    expect(told.corrections[0].notice).toBe('We counted again: sixteen.')
  })

  await test.step('an old revision comes back as a new one; readers see the old until it is published', async () => {
    const before = (await note()).revision
    const all = async () => (await house.admin(page.request, 'GET', `/notes/${id}/revisions`)).revisions as { number: number; submitted: boolean; live: boolean; restored_from?: number }[]
    const first = (await all()).findLast((r) => r.submitted)!.number
    await eva.getByRole('button', { name: 'Record' }).click()
    await eva.getByRole('button', { name: `Revision ${first}: actions` }).click()
    await eva.getByRole('menuitem', { name: 'Bring it back' }).click()
    await expect(eva.getByRole('dialog')).toHaveCount(0)
    await expect(text(eva)).toContainText('fourteen')
    const after = await note()
    expect(after.revision).toBeGreaterThan(before)
    expect(after.body).toContain('**fourteen**')
    const revisions = await all()
    expect(revisions[0]!.restored_from).toBe(first)
    expect(revisions.find((r) => r.number === before)!.live).toBe(true)
    expect(await (await eva.request.get(portal)).text()).toContain('sixteen')
  })
  expect(complaints).toEqual([])
})
