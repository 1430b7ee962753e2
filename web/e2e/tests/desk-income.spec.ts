// What the owner sees of money: figures, subscribers, one member's timeline and
// why they can read, and the comparison with Stripe.
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { pay, signIn } from '../reader.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

test('the owner sees what came in, from whom, and whether it is true', async ({ fresh: house, browser, page, engine }) => {
  const complaints = complaintsOf(page)
  await makeStaff(house, 'income-olga@example.com', 'owner', 'Olga Owner')
  await house.plan(page.request, 'income-research', 'Income research', 24000)
  await house.publish(page.request, { title: 'Sold by itself', abstract: 'Short.', gate: 'paid', body: 'Above.\n\n<!-- paywall -->\n\nBelow the line.\n' })

  await test.step('a reader buys on a note', async () => {
    const reader = await (await browser.newContext()).newPage()
    await signIn(house, reader, 'income-ada@example.com', 'Ada Income')
    await reader.goto(house.base + '/checkout?plan=income-research&interval=year&note=sold-by-itself')
    await reader.getByRole('main').getByRole('button', { name: /pay|checkout|continue/i }).first().click()
    await pay(reader, '4242 4242 4242 4242')
    await expect(reader).toHaveURL(new RegExp(house.base))
    await reader.context().close()
  })

  await openDesk(house, page, 'income-olga@example.com', '/desk/income')
  await test.step('figures, with a chart that says what it shows', async () => {
    await expect(page.getByText('Recurring income a month (MRR)')).toBeVisible()
    await expect(page.getByRole('img', { name: /^MRR at the end of each month/ })).toBeVisible()
    await expect(page.locator('.figures-big').first()).toHaveText('$20.00')
    await expect(page.getByRole('region', { name: 'By month: table' }).getByRole('row').nth(1)).toHaveText(/–\$20\.00–+\$20\.001$/)
    await expect(page.getByRole('region', { name: 'By plan' }).getByRole('row').nth(1)).toHaveText('Income research1$20.00')
    await expect(page.getByRole('region', { name: 'Pages: table' })).toContainText('sold-by-itself')
    const csv = await page.request.get(`${house.base}/api/admin/v1/figures/movements.csv`)
    expect(csv.headers()['content-type']).toContain('text/csv')
    expect((await csv.body()).subarray(0, 3).toString('hex')).toBe('efbbbf')
    expect(await csv.text()).toContain(',new,2000,')
  })

  await test.step('subscribers are narrowed down, also by the address of the page', async () => {
    await page.goto(house.base + '/desk/subscribers?status=open')
    const table = page.getByRole('region', { name: 'Subscribers' })
    await expect(table.getByRole('link', { name: 'income-ada@example.com' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Paid by' }).click()
    await page.getByRole('option', { name: 'By the month' }).click()
    await expect(table.getByRole('link', { name: 'income-ada@example.com' })).toHaveCount(0)
    await page.goto(house.base + '/desk/subscribers')
    await page.getByLabel('Search subscribers').fill('income-ada')
    await expect(page).toHaveURL(/q=income-ada/)
    await table.getByRole('link', { name: 'income-ada@example.com' }).click()
  })

  await test.step('a member has a timeline, and the question why is answered', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Ada Income' })).toBeVisible()
    await expect(page.getByText('A subscription began')).toBeVisible()
    await expect(page.getByText('A letter with a sign-in link went out')).toBeVisible()
    await page.getByRole('combobox', { name: 'Note' }).fill('Sold by')
    await page.getByRole('option', { name: 'Sold by itself' }).click()
    await page.getByRole('button', { name: 'Ask' }).click()
    await expect(page.getByText('They can read all of it: their subscription to income-research is open.')).toBeVisible()
    await page.getByLabel('On the day').fill('2020-01-01')
    await page.getByRole('button', { name: 'Ask' }).click()
    await expect(page.getByText('They could not read all of it: the note was not published yet.')).toBeVisible()
  })

  await test.step('the copy is compared with Stripe, first looking, then mending', async () => {
    await page.goto(house.base + '/desk/income')
    await page.getByRole('link', { name: 'Reconciliation' }).click()
    await page.getByRole('button', { name: 'Only look' }).click()
    const result = page.getByRole('region', { name: 'Result' })
    await expect(result.getByText('Everything agrees')).toBeVisible({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Repair' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Repair' }).click()
    await expect(page.getByRole('region', { name: 'Comparisons: list' }).getByRole('row').nth(1)).toContainText(/Repair.*Olga Owner.*compared/, { timeout: 20_000 })
  })
  await test.step('what is opened is counted, and drawn in its colour', async () => {
    const person = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    expect((await page.request.get(house.base + '/notes/sold-by-itself', { headers: person })).status()).toBe(200)
    const row = page.getByRole('region', { name: 'Notes: table' }).getByRole('row', { name: 'Sold by itself' })
    await expect(async () => {
      await page.goto(house.base + '/desk/readership')
      await expect(row).toBeVisible({ timeout: 1000 })
    }).toPass()
    const bar = page.getByRole('img', { name: 'Openings.' }).locator('rect').first()
    await expect(bar).not.toHaveCSS('fill', 'rgb(0, 0, 0)')
  })
  // What the pages look like does not depend on the database.
  if (engine === 'sqlite') await test.step('no violation in light and dark', async () => {
    const { members } = await house.admin(page.request, 'GET', '/members?limit=1')
    for (const path of ['/desk/income', '/desk/income/reconciliation', '/desk/subscribers', '/desk/readership', `/desk/members/${members[0].id}`]) {
      await page.goto(house.base + path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await faults(page), path).toEqual([])
    }
  })
  expect(complaints).toEqual([])
})
