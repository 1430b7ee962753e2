// The main job, end to end: a note is written, published, sold and read, and
// closes again when the subscription ends.
import { expect, test } from '../house.ts'
import { askForMail, letterAfter, letters, letTimePass, pay, pressLink } from '../reader.ts'

const gated = 'The margins were never there'
const body = `A compute module takes twelve weeks.\n\n<!-- paywall -->\n\n## What it hid\n\n${gated}.\n`

test('a note is written, published, sold, read, and closes again', async ({ fresh: house, page, browser }) => {
  const setup = house.setupAddress()
  await test.step('the first owner is made at the printed address, once', async () => {
    await page.goto(setup)
    await page.getByLabel('Your name').fill('Olga Owner')
    await page.getByLabel('E-mail address').fill('olga@example.com')
    await page.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Open the desk' }).click()
    await expect(page).toHaveURL(`${house.base}/desk/`)
    await expect(page.getByRole('heading', { name: 'The desk' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Signed in as Olga Owner' })).toBeVisible()
    expect((await page.goto(setup))!.status()).toBe(410)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This set-up link is no longer good')
  })

  await test.step('the owner makes a key, and a script writes and publishes', async () => {
    await page.goto(house.base + '/desk/keys')
    await page.getByLabel('A key for a script').fill('browser test')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'shown this once' })).toBeVisible()
    const key = (await page.getByRole('main').innerText()).match(/lt_admin_\w+/)![0]
    const headers = { Authorization: `Bearer ${key}` }
    const notes = `${house.base}/api/admin/v1/notes`
    const written = await page.request.post(notes, {
      headers, data: { title: 'Twelve weeks', abstract: 'The queue has gone.', gate: 'paid', body },
    })
    expect(written.status()).toBe(201)
    const note = await written.json()
    expect(note.status).toBe('draft')
    expect((await page.request.get(note.url)).status()).toBe(404)
    const published = await (await page.request.put(`${notes}/${note.id}/publication`, { headers })).json()
    expect(published).toMatchObject({ status: 'published', url: `${house.base}/notes/twelve-weeks` })
  })
  await house.plan(page.request, 'reader', 'Reader', 49000)

  const reader = await (await browser.newContext()).newPage()
  const main = reader.getByRole('main')
  const readNote = () => reader.goto(house.base + '/notes/twelve-weeks')
  await test.step('a stranger sees the teaser and how to read on', async () => {
    await reader.goto(house.base)
    await main.getByRole('link', { name: 'Twelve weeks' }).click()
    await expect(main).toContainText('A compute module takes twelve weeks.')
    await expect(main).toContainText('subscribers can access the full text of this research note by logging in to their account.')
    await expect(main.getByRole('heading', { name: 'The full text is for subscribers' })).toBeVisible()
    await expect(main).toContainText('from $49 a month')
    expect(await reader.content()).not.toContain(gated)
    expect(await reader.content()).not.toContain('What it hid')
  })

  await test.step('the stranger chooses a plan and registers by the link in the mail', async () => {
    await main.getByRole('link', { name: 'See plans' }).click()
    await expect(main).toContainText('For “Twelve weeks” and everything else.')
    await main.getByText('Yearly').click()
    await main.getByRole('button', { name: 'Subscribe to Reader' }).click()
    await main.getByRole('link', { name: 'Log in first' }).click()
    await expect(main).toContainText('Then your order goes on.')
    const { link } = await askForMail(house, reader, 'ada@example.com', 'Ada Lind')
    // A mail scanner opens the link first; that must spoil nothing.
    for (let i = 0; i < 2; i++) expect((await page.request.get(link)).status()).toBe(200)
    await pressLink(reader, link)
    await expect(main.getByRole('heading', { level: 1 })).toHaveText('Your order')
    await expect(main).toContainText('$490 a year')
  })

  await test.step('a declined card buys nothing', async () => {
    await main.getByRole('button', { name: 'Go to payment' }).click()
    await expect(reader.getByRole('note')).toHaveText('Local stand-in for Stripe. No money moves.')
    await pay(reader, '4000 0000 0000 0002')
    await expect(reader.getByRole('alert')).toContainText('declined')
    const other = await reader.context().newPage()
    await other.goto(house.base + '/notes/twelve-weeks')
    await expect(other.getByRole('heading', { name: 'The full text is for subscribers' })).toBeVisible()
    expect(await other.content()).not.toContain(gated)
    await other.close()
  })

  await test.step('an accepted card opens the note, and one letter of welcome comes', async () => {
    const welcome = await letterAfter(house, reader, 'ada@example.com', 'welcome', () => pay(reader, '4242 4242 4242 4242'))
    expect(welcome.text).toContain('Your subscription (Reader) is active.')
    await expect(main.getByRole('heading', { level: 1 })).toHaveText('Thank you, you are in')
    await main.getByRole('link', { name: 'Read “Twelve weeks”' }).click()
    await expect(main).toContainText(gated)
    await expect(main.getByRole('heading', { name: 'What it hid' })).toBeVisible()
    await expect(main.getByRole('heading', { name: 'The full text is for subscribers' })).toHaveCount(0)
  })

  await test.step('the account shows the plan, and the reader cancels', async () => {
    await reader.getByRole('link', { name: 'Account' }).click()
    await expect(main).toContainText('ada@example.com')
    const facts = main.locator('.facts')
    await expect(facts).toContainText('Reader')
    await expect(facts).toContainText('$490 a year')
    await expect(facts).toContainText('Visa ending in 4242')
    await main.getByRole('link', { name: 'Cancel the subscription' }).click()
    const until = (await main.innerText()).match(/everything until (\d+ \w+ \d{4})\./)![1]
    await main.getByRole('button', { name: 'Cancel the subscription' }).click()
    await expect(facts.locator('div', { hasText: 'Ends' })).toContainText(until)
    await expect(main.locator('.tag').first()).toHaveText('Cancelled')
    await readNote()
    await expect(main).toContainText(gated)
  })

  await test.step('the period ends by the test clock, and the note closes', async () => {
    await letTimePass(house, page, '+ 1 year')
    await expect.poll(async () => (await readNote()) && reader.content(), { timeout: 30_000 }).not.toContain(gated)
    await expect(main.getByRole('heading', { name: 'Your subscription has ended' })).toBeVisible()
    await expect(main.getByRole('link', { name: 'Subscribe again' })).toBeVisible()
    await expect(main).toContainText('A compute module takes twelve weeks.')
    expect((await letters(house, reader, 'ada@example.com')).filter((l) => l.category === 'welcome')).toHaveLength(1)
  })
})
