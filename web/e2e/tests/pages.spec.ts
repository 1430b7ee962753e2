// Every kind of page, as it looks and as it is used: light and dark, wide and
// on a phone, with the keyboard, for people who cannot see it.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test as base } from '../house.ts'
import { signIn } from '../reader.ts'

type State = Awaited<ReturnType<import('@playwright/test').BrowserContext['storageState']>>

/** subscriber is the cookies of a member of the demonstration who pays. */
const test = base.extend<{}, { subscriber: State }>({
  subscriber: [async ({ browser, demo }, use) => {
    const context = await browser.newContext()
    await signIn(demo, await context.newPage(), 'amara.okafor@northquay.example')
    await use(await context.storageState())
    await context.close()
  }, { scope: 'worker' }],
})

test.describe.configure({ mode: 'parallel' })

const pages: { name: string; path: string; as?: 'subscriber'; status?: number }[] = [
  { name: 'home', path: '/' },
  { name: 'archive', path: '/archive' },
  { name: 'issues', path: '/issues' },
  { name: 'an issue', path: '/issues/cold-side-letter/2026-11' },
  { name: 'a closed note', path: '/notes/twelve-weeks' },
  { name: 'an open note with pictures', path: '/notes/what-a-heat-switch-does' },
  { name: 'a note in full', path: '/notes/twelve-weeks', as: 'subscriber' },
  { name: 'a long note in full', path: '/notes/one-shortage-two-prices', as: 'subscriber' },
  { name: 'topics', path: '/topics' },
  { name: 'analysts', path: '/authors' },
  { name: 'plans', path: '/plans' },
  { name: 'plans for a subscriber', path: '/plans', as: 'subscriber' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'a spent link', path: '/sign-in/link/spent', status: 410 },
  { name: 'account', path: '/account', as: 'subscriber' },
  { name: 'cancelling', path: '/account/cancel', as: 'subscriber' },
  { name: 'an order', path: '/checkout?plan=house&interval=year', as: 'subscriber' },
  { name: 'search', path: '/search' },
  { name: 'search results', path: '/search?q=film' },
  { name: 'search without results', path: '/search?q=xylophone' },
  { name: 'contact', path: '/contact' },
  { name: 'terms', path: '/pages/terms' },
  { name: 'the start for integrators', path: '/docs/' },
  { name: 'a guide for integrators', path: '/docs/guides/gating/' },
  { name: 'not found', path: '/no/such/page', status: 404 },
]

/** Collects whatever the browser complains about, blocked content included. */
function complaints(page: Page, url: string): string[] {
  const heard: string[] = []
  page.on('console', (m) => {
    const itself = m.location().url === url && /status of 4\d\d/.test(m.text())
    if (['error', 'warning'].includes(m.type()) && !itself) heard.push(`${m.type()}: ${m.text()}`)
  })
  page.on('pageerror', (e) => heard.push(`script: ${e.message}`))
  page.on('requestfailed', (r) => heard.push(`failed: ${r.url()}`))
  page.on('response', (r) => r.status() >= 400 && r.url() !== url && heard.push(`${r.status()}: ${r.url()}`))
  return heard
}

for (const p of pages) {
  test(`${p.name} can be read by everybody, anywhere`, async ({ demo, browser, subscriber }) => {
    const context = await browser.newContext({ storageState: p.as === 'subscriber' ? subscriber : undefined, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const url = demo.base + p.path
    const heard = complaints(page, url)
    const answer = await page.goto(url)
    expect(answer!.status()).toBe(p.status ?? 200)
    for (const width of [320, 1280, 390]) {
      await page.setViewportSize({ width, height: 844 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `no scrolling to the side at ${width}`).toBeLessThanOrEqual(width)
      if (width === 320) continue // what is asked of a page at 400 % zoom
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const axe = new AxeBuilder({ page })
        // The structure is the same in both colours; only contrast has to be looked at twice.
        if ((width === 390) !== (colorScheme === 'dark')) axe.withRules('color-contrast')
        const { violations } = await axe.analyze()
        const found = violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))
        expect(found, `${colorScheme}, ${width} pixels`).toEqual([])
      }
    }
    expect(heard).toEqual([])
    await context.close()
  })
}

test('a browser that prefers dark gets another page than one that prefers light', async ({ demo, page }) => {
  await page.goto(demo.base)
  const colours = async (colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme })
    return page.evaluate(() => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].join())
  }
  expect(await colours('light')).not.toBe(await colours('dark'))
})

for (const path of ['/', '/notes/twelve-weeks', '/plans', '/sign-in', '/contact']) {
  test(`with the keyboard alone on ${path}`, async ({ demo, page }) => {
    await page.goto(demo.base + path)
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to content' })
    await expect(skip).toBeFocused()
    await expect(skip).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
    const seen = await walk(page)
    expect(seen.filter((s) => !s.shown).map((s) => s.what), 'focus that cannot be seen').toEqual([])
    const within = await page.getByRole('main').locator('a, button, input:not([type=hidden], .elsewhere *), textarea').count()
    expect(seen.length, 'everything can be reached').toBeGreaterThanOrEqual(Math.min(within, 10))
  })
}

/** Tabs through the page and tells of each stop whether the focus shows. */
async function walk(page: Page): Promise<{ what: string; shown: boolean }[]> {
  const stops: { what: string; shown: boolean }[] = []
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const el = document.activeElement
      if (!el || el === document.body) return null
      const outlined = (x: Element | null) => {
        if (!x) return false
        const s = getComputedStyle(x)
        return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2
      }
      // A hidden radio button shows its focus on its label.
      const box = (el.closest('label') ?? el).getBoundingClientRect()
      const there = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      return { what: `${el.tagName} ${el.textContent?.trim().slice(0, 40) || el.getAttribute('name')}`, shown: there && (outlined(el) || outlined(el.closest('label'))) }
    })
    if (!stop) break
    stops.push(stop)
  }
  return stops
}
