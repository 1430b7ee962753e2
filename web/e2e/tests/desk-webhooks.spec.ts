// Webhooks at the desk, with a receiver of our own.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { faults } from '../faults.ts'
import { expect, test } from '../house.ts'
import { complaintsOf, makeStaff, openDesk } from '../staff.ts'

test('another system is told what happens, tried out, and sent what it missed', async ({ house, page }) => {
  const complaints = complaintsOf(page)
  const got: { headers: IncomingHttpHeaders; body: string }[] = []
  let status = 200
  const receiver = createServer((req, res) => {
    let body = ''
    req.on('data', (part: Buffer) => (body += part.toString()))
    req.on('end', () => {
      got.push({ headers: req.headers, body })
      res.writeHead(status).end('heard')
    })
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`
  try {
    await makeStaff(house, 'hooks@example.com', 'owner')
    await openDesk(house, page, 'hooks@example.com', '/desk/webhooks')
    await expect(page.getByText('No webhook yet')).toBeVisible()
    expect(await faults(page)).toEqual([])

    await page.getByRole('button', { name: 'New webhook' }).click()
    const form = page.getByRole('dialog', { name: 'New webhook' })
    await form.getByLabel('Name').fill('Front end')
    await form.getByLabel('Address').fill('not an address')
    expect(await faults(page)).toEqual([])
    await form.getByRole('button', { name: 'Make the webhook' }).click()
    await expect(form.getByText('A whole address that begins with https://.', { exact: true })).toBeVisible()
    await form.getByLabel('Address').fill(address)
    await form.getByRole('button', { name: 'Make the webhook' }).click()
    const secret = (await page.getByRole('status').locator('code').first().textContent())!
    expect(secret).toMatch(/^whsec_/)
    await page.getByRole('button', { name: 'I have kept it' }).click()

    await page.getByRole('button', { name: 'Test “Front end”' }).click()
    await expect(page.getByText(/“Front end” answered 200 in \d+ ms/)).toBeVisible()
    const { headers, body } = got[0]!
    const signed = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${signed}`)
    expect(JSON.parse(body)).toMatchObject({ type: 'webhook.test' })

    await test.step('a note appears while the receiver is broken', async () => {
      status = 500
      const note = await house.admin(page.request, 'POST', '/notes', { title: 'Told to others', abstract: 'Short.', body: 'Text.\n' })
      await house.admin(page.request, 'PUT', `/notes/${note.id}/publication`, {})
      await page.getByRole('link', { name: 'Front end' }).click()
      await expect(page.getByRole('row', { name: /note\.published.*answered 500/ })).toBeVisible({ timeout: 40_000 })
      expect(await faults(page)).toEqual([])
      await page.getByRole('button', { name: /^Look at note\.published/ }).click()
      const details = page.getByRole('dialog', { name: 'note.published' })
      await expect(details.getByText('Told to others')).toBeVisible()
      await expect(details.getByText(/Answered 500 in/).first()).toBeVisible()
      await expect(details.getByText('heard').first()).toBeVisible()
      expect(await faults(page)).toEqual([])
      status = 200
      await details.getByRole('button', { name: 'Send again' }).click()
      await expect(page.getByRole('row', { name: /note\.published.*Delivered/ })).toBeVisible({ timeout: 40_000 })
    })

    await test.step('off, on, and what was missed', async () => {
      await page.getByRole('link', { name: 'All webhooks' }).click()
      const turn = async (item: string) => {
        await page.getByRole('button', { name: 'Actions for “Front end”' }).click()
        await page.getByRole('menuitem', { name: item }).click()
      }
      await turn('Switch off')
      await expect(page.getByRole('row', { name: /Front end/ })).toContainText('Off')
      const note = await house.admin(page.request, 'POST', '/notes', { title: 'Missed', abstract: 'Short.', body: 'Text.\n' })
      await house.admin(page.request, 'PUT', `/notes/${note.id}/publication`, {})
      await turn('Switch on')
      await expect(page.getByRole('row', { name: /Front end/ })).toContainText('On')
      await page.getByRole('link', { name: 'Front end' }).click()
      await page.getByRole('button', { name: 'Send again …' }).click()
      await page.getByRole('button', { name: 'What was missed' }).click()
      await expect(page.getByText(/events? (is|are) on (its|their) way/)).toBeVisible()
      await expect.poll(() => got.filter((c) => c.body.includes('Missed')).length, { timeout: 30_000 }).toBe(1)
    })

    await page.setViewportSize({ width: 390, height: 800 })
    await page.getByRole('link', { name: 'All webhooks' }).click()
    await expect(page.getByRole('button', { name: 'Test “Front end”' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  } finally {
    receiver.close()
  }
})
