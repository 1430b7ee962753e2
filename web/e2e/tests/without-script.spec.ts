// A whole visit in a browser that runs no script: the portal is complete
// without any.
import { expect, test } from '../house.ts'
import { askForMail, pay } from '../reader.ts'

test.use({ javaScriptEnabled: false })

test('browse, search, write, register, buy, read and leave, without any script', async ({ demo, page, engine }) => {
  const main = page.getByRole('main')
  const gated = 'Between 4 September and 6 November another 110,000 modules were cancelled.'
  const email = `bare.${engine}@example.com`

  await test.step('from the front page by the issue to a note', async () => {
    await page.goto(demo.base)
    await main.locator('.lead h2').getByRole('link').click()
    await expect(page).toHaveURL(/\/issues\/cold-side-letter\/2026-11$/)
    await main.getByRole('link', { name: 'Twelve weeks' }).last().click()
    await expect(main).toContainText('The quoted wait for a compute module is 12 weeks.')
    expect(await page.content()).not.toContain(gated)
  })
  await test.step('back through the archive by month, topic and analyst', async () => {
    for (const [from, link, heading] of [
      ['/archive', /^Nov/, 'November 2026'], ['/topics', 'Prices', 'Prices'], ['/authors', 'Hanne Dreyer', 'Hanne Dreyer'],
    ] as const) {
      await page.goto(demo.base + from)
      await main.getByRole('link', { name: link }).first().click()
      await expect(main.getByRole('heading', { level: 1 })).toHaveText(heading)
      await expect(main.getByRole('link', { name: 'Twelve weeks' })).toBeVisible()
    }
  })
  await test.step('search finds what is public, and only that', async () => {
    await page.getByRole('banner').getByRole('link', { name: 'Search', exact: true }).click()
    await main.getByRole('searchbox').fill('"compute module ordered today"')
    await main.getByRole('button', { name: 'Search' }).click()
    await expect(main.getByRole('heading', { level: 2 })).toHaveText(['Twelve weeks'])
    await main.getByRole('searchbox').fill('"another 110,000 modules"')
    await main.getByRole('button', { name: 'Search' }).click()
    await expect(main.getByRole('status')).toHaveText('Nothing was found for “"another 110,000 modules"”')
  })
  await test.step('a letter to the firm arrives, after a mistake is mended', async () => {
    await page.goto(demo.base + '/contact')
    await main.getByLabel('Your name').fill('Bare Bones')
    await main.getByLabel('E-mail address').fill('bones@nowhere')
    await main.getByLabel('Message').fill('How do you count?')
    await main.getByLabel(/^You may answer me/).check()
    await main.getByRole('button', { name: 'Send' }).click()
    await expect(main.getByRole('alert')).toBeVisible()
    await expect(main.getByLabel('Message')).toHaveValue('How do you count?')
    await main.getByLabel('E-mail address').fill(email)
    await main.getByRole('button', { name: 'Send' }).click()
    await expect(page).toHaveURL(/\/contact\/thanks/)
    const { leads } = await demo.admin(page.request, 'GET', '/leads')
    expect(leads[0]).toMatchObject({ name: 'Bare Bones', email, message: 'How do you count?' })
  })
  await test.step('register by the code on the way to a plan, and pay', async () => {
    await page.goto(demo.base + '/notes/twelve-weeks')
    await main.getByRole('link', { name: 'See plans' }).click()
    await main.getByRole('button', { name: 'Subscribe to Reader' }).click()
    await main.getByRole('link', { name: 'Log in first' }).click()
    const { code } = await askForMail(demo, page, email, 'Bare Bones')
    await main.getByLabel('Six-digit code').fill(code)
    await main.getByRole('button', { name: 'Log in' }).click()
    await main.getByRole('button', { name: 'Go to payment' }).click()
    await pay(page, '4000 0000 0000 0002')
    await expect(page.getByRole('alert')).toContainText('declined')
    await pay(page, '4242 4242 4242 4242')
    await main.getByRole('link', { name: 'Read “Twelve weeks”' }).click()
    await expect(main).toContainText(gated)
  })
  await test.step('the contents lead to their headings, the footnotes there and back', async () => {
    await page.getByRole('navigation', { name: 'Contents' }).getByRole('link').last().click()
    await expect(page).toHaveURL(/\/notes\/twelve-weeks#.+/)
    await page.goto(demo.base + '/notes/twelve-weeks')
    for (const link of await main.locator('a[href^="#"]').all()) {
      const id = decodeURIComponent((await link.getAttribute('href'))!.slice(1))
      await expect(page.locator(`[id="${id}"]`), `the target of #${id}`).toHaveCount(1)
    }
  })
  await test.step('out again', async () => {
    await page.getByRole('link', { name: 'Account' }).click()
    await main.getByRole('button', { name: 'Log out here' }).click()
    await page.goto(demo.base + '/notes/twelve-weeks')
    expect(await page.content()).not.toContain(gated)
  })
})
