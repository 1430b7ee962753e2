// What Lighthouse says of the pages that readers see most, on a simulated
// phone on a simulated slow network. It runs alone, after everything else:
// what it measures is also what the machine is busy with.
import { createServer, type AddressInfo } from 'node:net'
import { chromium } from '@playwright/test'
import lighthouse, { type Config, type Flags, type Result } from 'lighthouse'
import { expect, test } from '../house.ts'
import { buy, signIn } from '../reader.ts'

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const

/** The most that a page of a note may take on the wire, with its fonts. */
const budget = 120 * 1024
/**
 * The latest that the largest part may be painted, in milliseconds. The promise
 * is 1,500; a machine with two cores measured 1,360 to 1,600 while it did other things, so what is
 * refused is what is clearly beyond.
 */
const painted = 1800
/** Below this the pages themselves have become slower; above, the machine decides. */
const floor = 90
/**
 * The network that the paint is promised for: Lighthouse's slow 4G (150 ms,
 * 1.6 Mbit/s) on a phone whose processor is four times slower than this one.
 */
const config: Config = { extends: 'lighthouse:default', settings: { formFactor: 'mobile', throttlingMethod: 'simulate', onlyCategories: [...categories] } }

type Row = { page: string; scores: number[]; bytes: number; lcp: number; cls: number; faults: string[] }

test('Lighthouse finds nothing to better', async ({ demo, page }) => {
  test.setTimeout(300_000)
  await signIn(demo, page, 'lighthouse@example.com', 'Lena House')
  await buy(demo, page, 'Reader')
  const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ')
  await page.close()
  const port = await freePort()
  const browser = await chromium.launch({ ...test.info().project.use.launchOptions, args: [...test.info().project.use.launchOptions?.args ?? [], `--remote-debugging-port=${port}`] })
  const rows: Row[] = []
  try {
    for (const [name, path, as] of [
      ['home', '/', ''], ['gated note, stranger', '/notes/twelve-weeks', ''], ['whole note, member', '/notes/twelve-weeks', cookie], ['free note', await free(demo.base), ''],
    ] as const) rows.push(await measure(name, demo.base + path, as, port))
  } finally {
    await browser.close()
  }
  print(rows)
  for (const r of rows) {
    expect.soft(r.faults, `${r.page}: what Lighthouse finds`).toEqual([])
    expect.soft(r.scores.slice(1), `${r.page}: ${categories.slice(1).join(', ')}`).toEqual([100, 100, 100])
    expect.soft(r.scores[0], `${r.page}: performance`).toBeGreaterThanOrEqual(floor)
    expect.soft(r.cls, `${r.page}: layout shift`).toBe(0)
    expect.soft(r.lcp, `${r.page}: largest paint`).toBeLessThanOrEqual(painted)
    if (r.page.includes('note')) expect.soft(r.bytes, `${r.page}: bytes`).toBeLessThanOrEqual(budget)
  }
})

/**
 * Measures a page. Where only the time fell short, twice more: the median of
 * three counts, because one run on a machine with other work to do says little.
 */
async function measure(name: string, url: string, cookie: string, port: number): Promise<Row> {
  const first = rowOf(name, await run(url, cookie, port))
  if (first.scores[0] >= floor && first.lcp <= painted) return first
  const all = [first, rowOf(name, await run(url, cookie, port)), rowOf(name, await run(url, cookie, port))]
  return { ...first, scores: [median(all.map((r) => r.scores[0])), ...first.scores.slice(1)], lcp: median(all.map((r) => r.lcp)) }
}

/** A run that the browser spoilt, as a busy machine lets it, is done again. */
async function run(url: string, cookie: string, port: number): Promise<Result> {
  const flags: Flags = { port, output: 'json', logLevel: 'error', ...(cookie && { extraHeaders: { Cookie: cookie } }) }
  let trouble = ''
  for (let tries = 0; tries < 3; tries++) {
    const found = await lighthouse(url, flags, config).catch((e: unknown) => void (trouble = String(e)))
    if (found && !found.lhr.runtimeError) return found.lhr
    trouble = found?.lhr.runtimeError?.message ?? trouble
  }
  throw new Error(`${url}: ${trouble}`)
}

function rowOf(page: string, lhr: Result): Row {
  const faults = Object.values(lhr.categories).filter((c) => c.id !== 'performance')
    .flatMap((c) => c.auditRefs.filter((a) => a.weight > 0 && (lhr.audits[a.id].score ?? 1) < 1).map((a) => `${a.id}: ${lhr.audits[a.id].title}`))
  return {
    page, faults, scores: categories.map((c) => Math.round((lhr.categories[c].score ?? 0) * 100)),
    bytes: lhr.audits['total-byte-weight'].numericValue ?? NaN, lcp: lhr.audits['largest-contentful-paint'].numericValue ?? NaN,
    cls: lhr.audits['cumulative-layout-shift'].numericValue ?? NaN,
  }
}

function print(rows: Row[]): void {
  console.log('\n' + ['page'.padEnd(22), ...categories.map((c) => c.padStart(14)), 'KB'.padStart(7), 'LCP ms'.padStart(8), 'CLS'.padStart(5)].join(' '))
  for (const r of rows) {
    console.log([r.page.padEnd(22), ...r.scores.map((s) => String(s).padStart(14)), (r.bytes / 1024).toFixed(1).padStart(7), r.lcp.toFixed(0).padStart(8), String(r.cls).padStart(5)].join(' '))
  }
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[1]

/** The address of a note that everybody may read. */
async function free(base: string): Promise<string> {
  for (const month of (await (await fetch(base + '/sitemap.xml')).text()).matchAll(/<loc>[^<]*(\/sitemap\/\d[^<]*)<\/loc>/g)) {
    for (const note of (await (await fetch(base + month[1])).text()).matchAll(/<loc>[^<]*(\/notes\/[^<]*)<\/loc>/g)) {
      if ((await (await fetch(base + note[1])).text()).includes('"isAccessibleForFree":true')) return note[1]
    }
  }
  throw new Error('no free note in the demonstration')
}

async function freePort(): Promise<number> {
  const s = createServer()
  await new Promise<void>((done) => s.listen(0, '127.0.0.1', () => done()))
  const { port } = s.address() as AddressInfo
  await new Promise((done) => s.close(done))
  return port
}
