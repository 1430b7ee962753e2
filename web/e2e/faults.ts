// What axe finds on a page of the desk, in light and in dark.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

interface Where {
  /** Only this part of the page. */
  include?: string
  exclude?: string
}

/**
 * Looks at the page once it has loaded, and once more in dark. The structure is the
 * same in both; only what depends on colours is looked at twice. The page is
 * left in light.
 */
export async function faults(page: Page, where: Where = {}): Promise<string[]> {
  const found: string[] = []
  // In an empty page nothing can be found.
  await expect(page.locator('h1').first()).toBeAttached()
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' })
    // Without the legacy way each look opens a page of its own to gather what
    // frames from elsewhere say; the desk has none.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
    if (scheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
    if (where.include) axe.include(where.include)
    if (where.exclude) axe.exclude(where.exclude)
    const { violations } = await axe.analyze()
    found.push(...violations.map((v) => `${scheme} ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' ')}`))
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  return found
}
