// A firm pays by invoice: quoted at the desk, ordered on the mailed link with
// the firm's own number, read at once, paid on the bill's page; closed when overdue.
import { AxeBuilder } from '@axe-core/playwright'
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { letterAfter, letters, signIn } from '../reader.ts'
import { makeStaff, openDesk } from '../staff.ts'

test('a firm orders by invoice, reads, pays; another is overdue and closed', async ({ fresh: house, page, browser }) => {
  await house.plan(page.request, 'research', 'Research', 49000)
  const note = await house.publish(page.request, { title: 'For firms', abstract: 'Teaser.', body: 'Above.\n\n<!-- paywall -->\n\nBelow the line.', gate: 'paid' })
  await makeStaff(house, 'orders@example.com', 'owner')
  const buyer = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  let link = ''

  await test.step('a quote is written at the desk', async () => {
    await openDesk(house, page, 'orders@example.com', '/desk/orders')
    await expect(page.getByRole('heading', { name: 'No order yet' })).toBeVisible()
    await page.getByRole('button', { name: 'New quote' }).click()
    await page.getByLabel('Company').fill('Lind & Co')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Stay here' }).click()
    await page.getByLabel('E-mail').fill('ada@lind.example')
    await expect(page.getByRole('button', { name: 'Send the quote' })).toBeDisabled()
    await page.getByLabel('Plan', { exact: true }).selectOption('research')
    await page.getByLabel('Currency').fill('usd')
    await page.getByRole('button', { name: 'Take the list price, 490' }).click()
    expect(await faults(page, { include: '[role=dialog]' })).toEqual([])
    const letter = await letterAfter(house, page, 'ada@lind.example', 'quote', () => page.getByRole('button', { name: 'Send the quote' }).click())
    link = letter.text.match(/http\S+\/order\/\S+/)![0]
    await expect(page.getByRole('row', { name: /1001, Lind & Co/ })).toContainText('Quote')
  })

  await test.step('it is accepted on its page, without script', async () => {
    await buyer.goto(link)
    await expect(buyer.getByRole('heading', { level: 1 })).toHaveText('Quote 1001')
    await buyer.getByLabel('Your order number').fill('PO-4711')
    await buyer.getByLabel('Your name').fill('Bo Berg')
    await buyer.getByLabel('Address for the bill').fill('Main Street 1\nOslo')
    await buyer.getByLabel('I order this for Lind & Co').check()
    await buyer.getByRole('button', { name: 'Order with an obligation to pay' }).click()
    await expect.poll(async () => (await buyer.goto(link)) && buyer.getByRole('link', { name: 'See the bill and pay it' }).count(), { timeout: 60_000 }).toBe(1)
    await expect(buyer.getByRole('main')).toContainText('PO-4711')
    expect((await letters(house, page, 'ada@lind.example')).filter((l) => l.category === 'order-accepted')).toHaveLength(1)
  })

  await test.step('it is open before it is paid, and the account says by when', async () => {
    const reader = await (await browser.newContext()).newPage()
    await signIn(house, reader, 'ada@lind.example')
    await expect(reader.getByRole('main')).toContainText('for order 1001, is to be paid by')
    await reader.emulateMedia({ colorScheme: 'dark' })
    expect((await new AxeBuilder({ page: reader }).analyze()).violations.map((v) => v.id)).toEqual([])
    await reader.goto(link)
    expect((await new AxeBuilder({ page: reader }).analyze()).violations.map((v) => v.id)).toEqual([])
    await reader.goto(`${house.base}/notes/${note.slug}`)
    await expect(reader.getByText('Below the line.')).toBeVisible()
  })

  await test.step('the bill is paid on its page', async () => {
    await buyer.getByRole('link', { name: 'See the bill and pay it' }).click()
    await expect(buyer.getByRole('main')).toContainText('PO-4711')
    await buyer.getByLabel('Card number').fill('4242 4242 4242 4242')
    await buyer.getByLabel('Expiry').fill('12 / 34')
    await buyer.getByLabel('Security code').fill('123')
    await buyer.getByRole('button', { name: 'Pay' }).click()
    await buyer.goto(link)
    await expect(buyer.getByRole('heading', { level: 1 })).toHaveText('Order 1001 is paid')
    await page.reload()
    await expect(page.getByRole('row', { name: /1001, Lind & Co/ })).toContainText('Paid')
  })

  await test.step('a bill that is overdue closes, by the rules of sale', async () => {
    await house.admin(page.request, 'PATCH', '/sales-rules', { overdue_days: 0 })
    const late = await house.admin(page.request, 'POST', '/orders', { company: 'Late', email: 'late@example.com', plan: 'research', months: 12, amount: 49000, currency: 'usd', days_until_due: 0, open_unpaid: true, valid_days: 14 })
    await buyer.goto(late.link)
    await buyer.getByLabel('Your name').fill('Lo')
    await buyer.getByLabel('Address for the bill').fill('Oslo')
    await buyer.getByLabel('I order this for Late').check()
    await buyer.getByRole('button', { name: 'Order with an obligation to pay' }).click()
    await expect.poll(async () => (await buyer.goto(late.link)) && buyer.getByRole('alert').count(), { timeout: 60_000 }).toBe(1)
    await expect(buyer.getByRole('alert')).toContainText('What it is for is closed')
    const order = await house.admin(page.request, 'GET', `/orders/${late.id}`)
    const { terms } = await house.admin(page.request, 'GET', `/members/${order.member_id}/terms`)
    expect([order.state, terms[0].state]).toEqual(['overdue', 'unpaid'])
    await page.goto(house.base + '/desk/orders?state=overdue')
    await expect(page.getByRole('row', { name: /1002, Late/ })).toContainText('Overdue')
    expect(await faults(page)).toEqual([])
  })
})
