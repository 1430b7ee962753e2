// The long pages for integrators. They repeat a few parts hundreds of times, so
// one of each part is looked at rather than all of them.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../house.ts'

for (const { path, part } of [
  { path: '/docs/content/', part: '.docs-op:has(#list-topics)' },
  { path: '/docs/errors/', part: '.docs-codes > div:first-child' },
]) {
  test(`${path} can be read by everybody`, async ({ demo, browser }) => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(demo.base + path)
    for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark']] as const) {
      await page.setViewportSize({ width, height: 844 })
      await page.emulateMedia({ colorScheme })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      const { violations } = await new AxeBuilder({ page }).include('.top').include('.docs-side').include('.foot').include(part).analyze()
      expect(violations.map((v) => `${v.id}: ${v.nodes[0].target.join(' ')}`), `${colorScheme}, ${width} pixels`).toEqual([])
    }
    await context.close()
  })
}

test('the type of a refusal leads to its explanation', async ({ demo, page }) => {
  const answer = await page.request.get(`${demo.base}/api/content/v1/notes`)
  const { type, code } = await answer.json()
  await page.goto(type)
  await expect(page.locator(`#${code}`)).toBeInViewport()
})
