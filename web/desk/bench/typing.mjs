// Measures how long a key takes to be painted in a long note on a slow machine:
//
//   make build && node web/desk/bench/typing.mjs [words]
//
// It starts the built server on a database of its own, opens a note of 20,000
// words at the desk, types into its middle with the processor slowed down four
// times, and prints the median and the 95th percentile from the press of a key
// to the frame that shows it, in milliseconds.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { chromium } = createRequire(new URL('../../e2e/package.json', import.meta.url))('@playwright/test')
const binary = process.env.BINARY ?? fileURLToPath(new URL('../../../bin/lighttrends', import.meta.url)) // another one, to compare
const words = Number(process.argv[2] ?? 20000)
const key = 'key-of-the-measurement-of-typing-0001'
const person = { email: 'typist@example.com', password: 'a long enough password' }

const port = await new Promise((done) => {
  const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)) })
})
const dir = mkdtempSync(join(tmpdir(), 'lighttrends-typing-'))
const base = `http://127.0.0.1:${port}`
const env = { PATH: process.env.PATH, ADDR: `127.0.0.1:${port}`, DEMO_ADDR: '127.0.0.1:0', BASE_URL: base, DATA_DIR: dir, ADMIN_API_KEY: key }

const server = spawn(binary, ['serve'], { env })
try {
  await new Promise((done, failed) => {
    let said = ''
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (d) => (said += d).includes('Ctrl-C stops it') && done())
    server.once('exit', (code) => failed(new Error(`the server ended with ${code}:\n${said}`)))
  })
  await command(['staff', 'create', '--email', person.email, '--name', 'Typist', '--role', 'editor', '--password-stdin'], person.password + '\n')
  const note = await (await fetch(`${base}/api/admin/v1/notes`, {
    method: 'POST', headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'A long note', body: long(words) }),
  })).json()
  await measure(`${base}/desk/notes/${note.id}`)
} finally {
  server.removeAllListeners('exit')
  server.kill('SIGTERM')
  await new Promise((done) => (server.exitCode === null ? server.once('exit', done) : done()))
  rmSync(dir, { recursive: true, force: true })
}

/** Runs a command of the binary. */
function command(args, input) {
  const child = spawn(binary, args, { env })
  child.stdin.end(input)
  return new Promise((done, failed) => child.once('exit', (code) => (code === 0 ? done() : failed(new Error(`${args[0]} ended with ${code}`)))))
}

/** A note as analysts write them: paragraphs, headings, a table and a footnote now and then. */
function long(words) {
  const sentence = 'The **volume** of film rose while its price fell, and *every* order came with a [letter](/notes/letter) from its buyer. '
  const paragraph = sentence.repeat(4).trim()
  const blocks = []
  for (let i = 0; i * 84 < words; i++) {
    if (i % 12 === 0) blocks.push(`## Part ${i / 12 + 1}`)
    if (i % 40 === 20) blocks.push('| Quarter | Volume | Price |\n| - | -: | -: |\n| First | 120 | 9.10 |\n| Second | 135 | 8.80 |')
    if (i % 30 === 10) blocks.push('- Film of the first kind\n- Film of the second kind\n- Everything else')
    blocks.push(i % 25 === 5 ? `${paragraph}[^${i}]` : paragraph)
    if (i === Math.floor(words / 168)) blocks.push('<!-- paywall -->')
  }
  for (let i = 5; i * 84 < words; i += 25) blocks.push(`[^${i}]: Counted on a Sunday.`)
  return blocks.join('\n\n') + '\n'
}

async function measure(address) {
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args })
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(address)
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForSelector('.ed-text > p', { timeout: 120_000 })
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
  if (process.env.PROFILE) { await session.send('Profiler.enable'); await session.send('Profiler.start') }
  for (const letter of ' the volume rose again and nobody in the trade could say why it did so in the quarter'.repeat(3)) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    await page.waitForTimeout(60)
  }
  if (process.env.PROFILE) {
    const { profile } = await session.send('Profiler.stop')
    ;(await import('node:fs')).writeFileSync(process.env.PROFILE, JSON.stringify(profile))
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const times = (await page.evaluate(() => window.times)).sort((a, b) => a - b)
  const at = (q) => times[Math.min(times.length - 1, Math.floor(times.length * q))].toFixed(1)
  console.log(`${words} words, ${times.length} keys: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`)
  await browser.close()
}
