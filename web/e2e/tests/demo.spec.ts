// The demonstration, as somebody meets it who has just cloned the project.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary, expect, House, test } from '../house.ts'
import { signIn } from '../reader.ts'
import { openDesk } from '../staff.ts'

/** The log-ins under a heading of what the demonstration prints. */
function logins(output: string, heading: string): { email: string; what: string }[] {
  const block = output.slice(output.indexOf(heading)).split('\n').slice(1)
  const end = block.findIndex((l) => !/^ {4}\S+@\S+/.test(l))
  return block.slice(0, end).map((l) => ({ email: l.trim().split(/ +/)[0], what: l.trim().replace(/^\S+ +/, '') }))
}

test('the demonstration says how to get in, and keeps what is done in it', async ({ engine, browser }) => {
  const house = new House(engine, 'demo')
  await house.open()
  try {
    const first = house.output
    const page = await (await browser.newContext()).newPage()
    const main = page.getByRole('main')

    await test.step('every printed address answers', async () => {
      for (const name of ['Portal', 'Desk', 'Mailbox', 'Payments']) {
        expect((await page.goto(house.printed(name) + '/'))!.status(), name).toBe(200)
      }
    })
    await test.step('the log-ins for the desk work', async () => {
      const password = first.match(/At the desk, password (\S+)/)![1]
      const staff = logins(first, 'At the desk')
      expect(staff.map((s) => s.what)).toEqual(['owner', 'editor', 'analyst'])
      for (const { email, what } of staff) {
        const own = await browser.newContext()
        const answer = await own.request.post(house.base + '/api/admin/v1/session', { data: { email, password } })
        expect(await answer.json()).toMatchObject({ email, role: what })
        await own.close()
      }
      const own = await (await browser.newContext()).newPage()
      await openDesk(house, own, staff[0].email, '/desk/', password)
      await own.context().close()
    })
    const readers = logins(first, 'On the portal')
    await test.step('the members are what they are said to be', async () => {
      expect(readers.map((r) => r.what)).toEqual([
        'subscriber, plan Reader', 'subscriber, plan House', 'registered, pays nothing', 'lapsed: had Reader, and cancelled',
      ])
      const shows = ['What has gone', 'What has gone', 'The full text is for subscribers', 'Your subscription has ended']
      for (const [i, { email }] of readers.entries()) {
        const own = await (await browser.newContext()).newPage()
        await signIn(house, own, email)
        await own.goto(house.base + '/notes/twelve-weeks')
        await expect(own.getByRole('heading', { name: shows[i] })).toBeVisible()
        if (i > 1) expect(await own.content()).not.toContain('What has gone')
        await own.context().close()
      }
    })

    await test.step('a second start keeps the data, the sessions and the addresses', async () => {
      await signIn(house, page, readers[0].email)
      await house.publish(page.request, { title: 'Written in between', abstract: 'A.', gate: 'public', body: 'It stays.\n' })
      await page.goto(house.base + '/archive')
      const count = await main.locator('.dek').innerText()
      expect(await house.stop()).toBe(0)
      await house.start()
      expect(first).toContain('Filling the demonstration, once')
      expect(house.output).not.toContain('Filling')
      expect(house.output.trim()).toBe(first.slice(first.indexOf('\nThe lighttrends')).trim())
      await page.goto(house.base + '/archive')
      await expect(main.locator('.dek')).toHaveText(count)
      await page.goto(house.base + '/notes/written-in-between')
      await expect(main).toContainText('It stays.')
      await page.goto(house.base + '/notes/twelve-weeks')
      await expect(page.getByRole('heading', { name: 'What has gone' })).toBeVisible()
    })
    await test.step('it listens on this machine only', () => {
      const open = house.listening()
      expect(open).toHaveLength(2)
      for (const address of open) expect(address).toMatch(/^127\.0\.0\.1:\d+$/)
    })
  } finally {
    await house.close()
  }
})

test('the demonstration needs nothing to be set, and cannot be opened to others', async ({ engine, request }) => {
  test.skip(engine !== 'sqlite', 'another database has to be named')
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lighttrends-clone-')))
  const running: (() => void)[] = []
  const run = (env: Record<string, string>) => {
    // A machine that holds production settings: the demonstration must not touch them.
    const child = spawn(binary, ['demo'], { cwd: folder, env: { DATABASE_URL: 'postgres://nobody@192.0.2.1/production', SMTP_URL: 'smtp://192.0.2.1', ...env } })
    const seen = { output: '', ended: new Promise<number | null>((done) => child.once('exit', done)), stop: () => child.kill('SIGINT') }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => (seen.output += d))
    running.push(() => child.kill('SIGKILL'))
    return seen
  }
  try {
    for (const [name, value] of [['ADDR', '0.0.0.0:0'], ['ADDR', ':8080'], ['DEMO_ADDR', '192.0.2.1:8081']]) {
      const refused = run({ [name]: value })
      expect(await refused.ended).toBe(1)
      expect(refused.output).toContain('the demonstration listens on this machine only')
    }
    const demo = run({})
    await expect.poll(() => demo.output, { timeout: 60_000 }).toContain('Ctrl-C stops it')
    const portal = demo.output.match(/Portal +(\S+)/)![1]
    expect(portal).toMatch(/^http:\/\/localhost:80\d\d\/$/)
    expect((await request.get(portal)).status()).toBe(200)
    expect(demo.output).toContain(`Data: ${join(folder, 'data', 'demo')}\n`)
    expect(readdirSync(join(folder, 'data', 'demo'))).toContain('lighttrends.db')
    demo.stop()
    expect(await demo.ended).toBe(0)
  } finally {
    running.forEach((kill) => kill())
    rmSync(folder, { recursive: true, force: true })
  }
})
