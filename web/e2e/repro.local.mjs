import { chromium } from '@playwright/test'
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
const ctx = await b.newContext({ baseURL: 'http://localhost:18080', viewport: { width: 390, height: 844 } })
const page = await ctx.newPage()
page.on('console', (m) => { if (m.type() === 'error') console.log('console', m.text().slice(0, 900)) })
await page.goto('/desk/')
await page.getByLabel('E-mail address').fill('hanne@coldside.example')
await page.getByLabel('Password', { exact: true }).fill('cold-side-demo')
await page.getByRole('button', { name: 'Sign in', exact: true }).click()
await page.getByRole('navigation', { name: 'Desk' }).waitFor({ state: 'attached' })
for (let i = 0; i < 4; i++) {
  await page.goto('/desk/notes')
  await page.getByRole('link', { name: 'Twelve weeks' }).click()
  await page.waitForTimeout(1500)
  console.log(i, await page.locator('[data-note-text]').count(), page.url(), (await page.locator('main').innerText()).slice(0, 200).replace(/\n/g, ' | '))
}
await b.close()
