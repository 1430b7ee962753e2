// What a reader does in a browser: gets mail, signs in, buys.
import { expect, type Page } from '@playwright/test'
import type { House } from './house.ts'

/** A sign-in mail, taken apart. */
export type SignInMail = { link: string; code: string }

type Letter = { subject: string; text: string; category: string }

/** All letters to an address, the newest first. */
export async function letters(house: House, page: Page, to: string): Promise<Letter[]> {
  const answer = await page.request.get(`${house.demo}/mailbox/api/messages?to=${encodeURIComponent(to)}`)
  expect(answer.status()).toBe(200)
  return (await answer.json()).messages
}

/** Does something that sends a letter of a category, and returns that letter. */
export async function letterAfter(house: House, page: Page, to: string, category: string, act: () => Promise<unknown>): Promise<Letter> {
  const of = async () => (await letters(house, page, to)).filter((l) => l.category === category)
  const before = (await of()).length
  await act()
  await expect.poll(async () => (await of()).length, { message: `a letter to ${to} (${category})` }).toBe(before + 1)
  return (await of())[0]
}

export function takeApart(letter: Letter): SignInMail {
  const link = letter.text.match(/https?:\/\/\S+\/sign-in\/link\/\S+/)
  const code = letter.text.match(/^\s*(\d{3}) ?(\d{3})\s*$/m)
  if (!link || !code) throw new Error('no link or no code in:\n' + letter.text)
  return { link: link[0], code: code[1] + code[2] }
}

/** Fills in the form that asks for a sign-in mail, wherever it was reached from. */
export async function askForMail(house: House, page: Page, email: string, name = ''): Promise<SignInMail> {
  const letter = await letterAfter(house, page, email, 'sign-in', async () => {
    await page.getByLabel('E-mail address').fill(email)
    if (name) await page.getByLabel(/^Your name/).fill(name)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  })
  return takeApart(letter)
}

/** Presses the button on the page behind a link. */
export async function pressLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
}

export async function signIn(house: House, page: Page, email: string, name = ''): Promise<void> {
  await page.goto(`${house.base}/sign-in`)
  const { link } = await askForMail(house, page, email, name)
  await pressLink(page, link)
  await expect(page).toHaveURL(`${house.base}/account`)
}

/** Fills in the stand-in's payment page and presses its button. */
export async function pay(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card)
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByRole('button', { name: 'Subscribe for' }).click()
}

/** A signed-in reader chooses a plan, by the month, and stands on the payment page. */
export async function choose(house: House, page: Page, plan: string): Promise<void> {
  await page.goto(`${house.base}/plans`)
  await page.getByRole('button', { name: `Subscribe to ${plan}` }).click()
  await expect(page).toHaveURL(new RegExp(`^${house.demo}/stripe/checkout/`))
}

export async function buy(house: House, page: Page, plan: string): Promise<void> {
  await choose(house, page, plan)
  await pay(page, '4242 4242 4242 4242')
  await expect(page.getByRole('heading', { name: 'Thank you, you are in' })).toBeVisible()
}

/** Sends the stand-in's clock ahead. */
export async function letTimePass(house: House, page: Page, by: '+ 1 day' | '+ 1 month' | '+ 1 year' | 'Next renewal'): Promise<void> {
  await page.goto(house.demo + '/stripe/')
  await page.getByRole('button', { name: by }).click()
  await expect(page.getByRole('heading', { name: 'Subscriptions' })).toBeVisible()
}
