// Measures how long a key takes to be painted in a long note on a slow machine:
//
//   npx vite --port 5199 &    node bench/typing.mjs [words] [address]
//
// It types into the middle of a note of 20,000 words with the processor slowed
// down four times, and prints the median and the 95th percentile in ms.
import { createRequire } from 'node:module'

const { chromium } = createRequire(new URL('../../e2e/package.json', import.meta.url))('@playwright/test')
const words = Number(process.argv[2] ?? 20000)
const address = process.argv[3] ?? 'http://127.0.0.1:5199/desk/editor-dev.html'

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] })
const page = await browser.newPage({ viewport: { width: 1100, height: 900 } })
await page.goto(`${address}?words=${words}`, { timeout: 120_000 })
await page.waitForSelector('.ed-text p')
const paragraphs = page.locator('.ed-text > p')
await paragraphs.nth(Math.floor((await paragraphs.count()) / 2)).click()
await page.keyboard.press('End')
await page.evaluate(() => {
  window.times = []
  const channel = new MessageChannel()
  let start = 0
  channel.port1.onmessage = () => window.times.push(performance.now() - start)
  addEventListener('keydown', (e) => {
    start = e.timeStamp
    requestAnimationFrame(() => channel.port2.postMessage(0))
  }, true)
})
const session = await page.context().newCDPSession(page)
await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
for (const letter of ' the volume rose again and nobody in the trade could say why it did so in the quarter'.repeat(3)) {
  await page.keyboard.press(letter === ' ' ? 'Space' : letter)
  await page.waitForTimeout(60)
}
await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
const times = (await page.evaluate(() => window.times)).sort((a, b) => a - b)
const at = (q) => times[Math.min(times.length - 1, Math.floor(times.length * q))].toFixed(1)
console.log(`${words} words, ${times.length} keys: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`)
await browser.close()
