// The editor by itself: pictures, pasted text, links, charts, the paywall, the
// two views of one text, and its menus.
import { Buffer } from 'node:buffer'
import type { Page } from '@playwright/test'
import { faults } from '../faults.ts'
import { expect, test, type House } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

const text = (page: Page) => page.locator('[data-note-text]')
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mOQj1oGRAwQCgAdVgR98tauywAAAABJRU5ErkJggg=='

/** Opens a new note with a text, and gives a way to read what the server has of it. */
async function open(house: House, page: Page, who: string, body: string): Promise<() => Promise<string>> {
  await makeStaff(house, `${who}@example.com`, 'editor', who)
  const note = await house.admin(page.request, 'POST', '/notes', { title: `Note of ${who}`, body })
  await openDesk(house, page, `${who}@example.com`, `/desk/notes/${note.id}`)
  await expect(text(page)).toBeVisible()
  return async () => {
    await page.keyboard.press('Control+s')
    return (await house.admin(page.request, 'GET', `/notes/${note.id}`)).body
  }
}

/** Pastes as a browser does: what was copied, in the forms it was copied in. */
async function paste(page: Page, data: Record<string, string>, files: string[] = []): Promise<void> {
  await text(page).evaluate((box, [forms, names, png]) => {
    const clipboardData = new DataTransfer()
    for (const [type, value] of Object.entries(forms)) clipboardData.setData(type, value)
    for (const name of names) clipboardData.items.add(new File([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], name, { type: 'image/png' }))
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, [data, files, pixel] as const)
}

async function drop(page: Page, on: string, name: string): Promise<void> {
  const box = (await text(page).getByText(on).boundingBox())!
  await text(page).evaluate((target, [file, png, x, y]) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], file, { type: 'image/png' }))
    target.dispatchEvent(new DragEvent('drop', { dataTransfer, clientX: x, clientY: y, bubbles: true, cancelable: true }))
  }, [name, pixel, box.x + 5, box.y + 5] as const)
}

async function toEnd(page: Page): Promise<void> {
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
}

test('pictures come by paste, by drop and from the library, with a caption and in words', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  const body = await open(house, page, 'pictures', 'First.\n\nSecond.\n\nThird.\n')
  const images = text(page).locator('.ed-image')
  await text(page).getByText('First.').click()
  await paste(page, {}, ['a.png', 'b.png'])
  await expect(images).toHaveCount(2)
  await drop(page, 'Second.', 'c.png')
  await expect(images).toHaveCount(3)
  await toEnd(page)
  await page.getByRole('button', { name: 'Insert', exact: true }).click()
  await page.getByRole('menuitem', { name: /^Picture/ }).click()
  await page.getByRole('dialog', { name: 'Choose a picture' }).getByRole('listitem').first().getByRole('button').click()
  await expect(images).toHaveCount(4)
  await expect(text(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('From the library')
  await page.keyboard.press('Tab')
  await page.keyboard.type('A blue square')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Last.')
  await expect.poll(body).toMatch(/^First\.\n\n!\[\]\(\S+\)\n\n!\[\]\(\S+\)\n\nSecond\.\n\n!\[\]\(\S+\)\n\nThird\.\n\n!\[A blue square\]\(\S+ "From the library"\)\n\nLast\.\n$/)
  await paste(page, { 'text/html': '<p>Seen <img src="https://elsewhere.example/x.png" alt="Elsewhere"> there</p>' })
  await expect.poll(body).toContain('Seen [Elsewhere](https://elsewhere.example/x.png) there')
  expect(complaints).toEqual([])
})

test('the paywall is dragged, and moved by keys; there is one', async ({ house, page }) => {
  const body = await open(house, page, 'paywall', 'One.\n\n<!-- paywall -->\n\nTwo.\n\nThree.\n')
  const line = text(page).getByRole('separator', { name: /^Paywall/ })
  await line.dragTo(text(page).getByText('Three.'), { targetPosition: { x: 20, y: 4 } })
  await expect.poll(body).toBe('One.\n\nTwo.\n\n<!-- paywall -->\n\nThree.\n')
  await line.click()
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await expect.poll(body).toBe('One.\n\nTwo.\n\nThree.\n\n<!-- paywall -->\n')
  await page.keyboard.press('Alt+Shift+ArrowUp')
  await expect.poll(body).toBe('One.\n\nTwo.\n\n<!-- paywall -->\n\nThree.\n')
  await text(page).getByText('One.').click()
  await page.getByRole('button', { name: 'Insert', exact: true }).click()
  await page.getByRole('menuitem', { name: /^Paywall/ }).click()
  await expect(line).toHaveCount(1)
  await expect.poll(body).toBe('One.\n\n<!-- paywall -->\n\nTwo.\n\nThree.\n')
})

test('footnotes lead there and back; links find notes; charts are drawn by the server', async ({ house, page }) => {
  await house.admin(page.request, 'POST', '/notes', { title: 'Lead times of lasers', slug: 'lead-times', body: 'Text.\n' })
  const body = await open(house, page, 'insertions', 'Counted.\n')
  const { keyboard } = page
  await text(page).getByText('Counted.').click()
  await keyboard.press('End')

  await keyboard.press('Control+Alt+f')
  await keyboard.type('On a Sunday.')
  await page.getByRole('button', { name: 'Back to the mark of footnote 1' }).click()
  await keyboard.type(' More.')
  await text(page).locator('.ed-footnote-ref').click()
  await keyboard.type('Early. ')
  await expect.poll(body).toBe('Counted.[^1] More.\n\n[^1]: Early. On a Sunday.\n')

  await text(page).getByText('More.').click()
  await keyboard.press('End')
  await keyboard.press('Control+Shift+l')
  const link = page.getByRole('dialog', { name: 'Link' })
  await link.getByLabel('Address, or words to find a note').fill('lead times')
  await link.getByRole('button', { name: /Lead times of lasers/ }).click()
  await expect(text(page)).toBeFocused()
  await expect.poll(body).toContain('More.[Lead times of lasers](/notes/lead-times)')

  await keyboard.press('Enter')
  await keyboard.type('/chart')
  await keyboard.press('Enter')
  const chart = page.getByRole('dialog', { name: 'Chart' })
  await chart.getByLabel('Title').fill('Shipments')
  await chart.getByLabel('Data', { exact: true }).fill('Quarter\tThis year\tLast year\nQ1\t1,200\t1,000\nQ2\t1,350\t')
  await expect(chart.getByRole('img', { name: /Shipments/ })).toBeVisible()
  await chart.getByRole('button', { name: 'Edit as text' }).click()
  await chart.getByLabel('Spec').fill('type: bar\ntitle: "Broken')
  await expect(chart.getByRole('status')).toBeVisible()
  await chart.getByLabel('Spec').fill('type: line\ntitle: "Shipments"\nx: ["Q1", "Q2"]\nseries:\n  - {name: "Units", data: [12, 14]}')
  await expect(chart.getByRole('img', { name: /^Line chart: Shipments/ })).toBeVisible()
  await chart.getByRole('button', { name: 'Insert chart' }).click()
  await expect(text(page).getByRole('img', { name: /^Line chart: Shipments/ })).toBeVisible()
  await expect.poll(body).toContain('```chart\ntype: line\n')
})

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} --></style></head><body lang=EN-GB><!--StartFragment-->
<h2 style='margin-top:2.0pt'><span lang=EN-US style='color:#2F5496'>Prices of film<o:p></o:p></span></h2>
<p class=MsoNormal><span style='font-family:"Times New Roman",serif'>Prices <b style='mso-bidi-font-weight:normal'>fell</b> by
<i>nine</i> per cent.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>first kind<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>of two<o:p></o:p></p>
<!--EndFragment--></body></html>`
const docs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-0f3c"><p dir="ltr" style="line-height:1.38;margin-top:0pt;"><span style="font-size:11pt;font-weight:700;color:#000000;">Orders</span><span style="font-size:11pt;font-weight:400;"> came with a </span><a href="https://example.com/letter" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;">letter</span></a><span style="font-weight:400;font-style:italic;"> each</span><span>.</span></p><ol style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>one</span></p></li><li dir="ltr"><p dir="ltr"><span>two</span></p></li></ol></b><br class="Apple-interchange-newline">`
const sheets = `<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" dir="ltr" border="1" style="table-layout:fixed;font-size:10pt;" data-sheets-root="1"><colgroup><col width="100"/><col width="100"/></colgroup><tbody><tr style="height:21px;"><td style="font-weight:bold;" data-sheets-value='{"1":2}'>Quarter</td><td style="text-align:right;font-weight:bold;">Units</td></tr><tr><td>Q1</td><td style="text-align:right;" data-sheets-value='{"1":3,"3":1200}'>1,200</td></tr></tbody></table>`

test('what is pasted from other programs arrives clean', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  const body = await open(house, page, 'pasting', '')
  await text(page).click()
  await paste(page, { 'text/html': word, 'text/plain': 'Prices of film' })
  await expect.poll(body).toBe('## Prices of film\n\nPrices **fell** by *nine* per cent.\n\n- first kind\n  - of two\n')
  await page.keyboard.press('Control+a')
  await paste(page, { 'text/html': docs, 'text/plain': 'Orders' })
  await expect.poll(body).toBe('**Orders** came with a [letter](https://example.com/letter) *each*.\n\n1. one\n2. two\n')
  await page.keyboard.press('Control+a')
  await paste(page, { 'text/html': sheets, 'text/plain': 'Quarter\tUnits\nQ1\t1,200' })
  await expect.poll(body).toMatch(/^\| (\*\*)?Quarter(\*\*)? \| (\*\*)?Units(\*\*)? \|\n\| - \| -: \|\n\| Q1 \| 1,200 \|\n$/)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await paste(page, { 'text/plain': 'Quarter\tUnits\nQ1\t1,200\nQ2\t1,350\n' })
  await expect.poll(body).toBe('| Quarter | Units |\n| - | - |\n| Q1 | 1,200 |\n| Q2 | 1,350 |\n')
  expect(complaints).toEqual([])
})

test('one text in two views', async ({ house, page }) => {
  const body = await open(house, page, 'views', '# Kept as __written__\n\nWords.\n')
  const { keyboard } = page
  await page.getByText('Markdown', { exact: true }).click()
  const source = page.getByRole('textbox', { name: 'Text, in Markdown' })
  await expect(source).toContainText('# Kept as __written__')
  await source.click()
  await keyboard.press('Control+End')
  await keyboard.press('Enter')
  await keyboard.type('- from the source')
  await page.getByText('Write', { exact: true }).click()
  await expect(text(page).getByRole('listitem')).toHaveText('from the source')
  await text(page).getByText('Words.').click()
  await keyboard.press('End')
  await keyboard.type(' More words.')
  await page.getByText('Markdown', { exact: true }).click()
  await expect(source).toContainText('Words. More words.')
  await page.getByText('Write', { exact: true }).click()
  await expect.poll(body).toMatch(/^# Kept as __written__\n\nWords\. More words\.\n\n- from the source\n?$/)
})

test('menus by keyboard: the tools beside a selection are walked, Escape closes', async ({ house, page }) => {
  const body = await open(house, page, 'menus', 'Some words.\n')
  const { keyboard } = page
  const beside = page.getByRole('toolbar', { name: 'Format the selection' })
  await text(page).focus() // not by a click: what follows it would take the caret back
  await keyboard.press('Control+Home')
  for (let i = 0; i < 4; i++) await keyboard.press('Shift+ArrowRight')
  await expect(beside).toBeVisible()
  await keyboard.press('Alt+F10')
  await expect(beside.getByRole('button', { name: 'Bold' })).toBeFocused()
  await keyboard.press('ArrowRight')
  await expect(beside.getByRole('button', { name: 'Italic' })).toBeFocused()
  await expect(page.getByRole('tooltip', { name: 'Italic' })).toBeVisible()
  await keyboard.press('Escape') // puts the tool's name away
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await keyboard.press('Escape')
  await expect(text(page)).toBeFocused()
  await keyboard.press('Alt+F10')
  await keyboard.press('Enter')
  await expect(text(page)).toBeFocused()
  await expect.poll(body).toMatch(/^\*\*Some\*\* ?words\.\n$/)
  await keyboard.press('End')
  await expect(beside).toHaveCount(0)
  await keyboard.press('Alt+F10')
  await expect(page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Undo' })).toBeFocused()
  await expect(page.getByRole('tooltip', { name: 'Undo' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await keyboard.press('Escape')
  await expect(text(page)).toBeFocused()
  await keyboard.press('Enter')
  await keyboard.type('/')
  const slash = page.getByRole('listbox', { name: 'Insert' })
  await expect(slash).toBeVisible()
  await keyboard.press('Escape')
  await expect(slash).toHaveCount(0)
  await keyboard.type('table')
  await expect(slash).toHaveCount(0)
  await expect.poll(body).toMatch(/words\.\n\n\/table\n$/)
})

test('axe finds nothing in the editor and its menus', async ({ house, page }) => {
  const media = Buffer.from(pixel, 'base64')
  const picture = await page.request.post(`${house.base}/api/admin/v1/pictures`, {
    headers: { Authorization: 'Bearer bootstrap-key-of-the-browser-tests-0001' }, multipart: { file: { name: 'axe.png', mimeType: 'image/png', buffer: media } },
  })
  const { url } = await picture.json()
  await open(house, page, 'axe', `## Part\n\nWords with a [link](/notes/x), \`code\` and a mark.[^1]\n\n> [!TIP]\n> A callout.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- [ ] to do\n\n![Blue](${url} "A square")\n\n\`\`\`chart\ntype: bar\ntitle: "Shipments"\nx: ["Q1", "Q2"]\nseries:\n  - {name: "Units", data: [12, 14]}\n\`\`\`\n\n<!-- paywall -->\n\n<!-- raw -->\n\n[^1]: Text.\n`)
  await expect(text(page).locator('.ed-chart svg').first()).toBeVisible()
  expect(await faults(page)).toEqual([])
  const view = page.getByRole('radiogroup', { name: 'View' })
  await view.getByText('Markdown').click()
  await expect(page.getByRole('textbox', { name: 'Text, in Markdown' })).toContainText('Words with a')
  expect(await faults(page)).toEqual([])
  await view.getByText('Write').click()
  await text(page).getByText('Words with a').click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await expect(page.getByRole('toolbar', { name: 'Format the selection' })).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/')
  await expect(page.getByRole('listbox', { name: 'Insert' })).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.keyboard.type('chart')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Chart' }).locator('svg').first()).toBeVisible()
  expect(await faults(page)).toEqual([])
})
