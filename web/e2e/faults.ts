// What axe finds on a page, in light and in dark.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

interface Where {
  /** Only this part of the page. */
  include?: string
  exclude?: string
}

type Scheme = 'light' | 'dark'
const schemes: Scheme[] = ['light', 'dark']

/** What axe finds in the page as it is now; in dark only what depends on colours. */
async function found(page: Page, scheme: Scheme, where: Where = {}): Promise<string[]> {
  // Without the legacy way each look opens a page of its own to gather what
  // frames from elsewhere say; neither the desk nor the portal has any.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (scheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
  if (where.include) axe.include(where.include)
  if (where.exclude) axe.exclude(where.exclude)
  const { violations } = await axe.analyze()
  return violations.map((v) => `${scheme} ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' ')}`)
}

/** Looks at a page of the portal, which needs no script, in light and in dark. */
export async function portalFaults(page: Page): Promise<string[]> {
  const all: string[] = []
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    all.push(...await found(page, colorScheme))
  }
  return all
}

/**
 * Looks at a page of the desk once it has loaded, and once more in dark. The page
 * is left in light.
 */
export async function faults(page: Page, where: Where = {}): Promise<string[]> {
  const all: string[] = []
  // In an empty page nothing can be found.
  await expect(page.locator('h1').first()).toBeAttached()
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' })
    all.push(...await found(page, scheme, where))
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  return all
}
