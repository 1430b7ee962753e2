// A house is one running server on a database of its own, with the built-in
// mailbox and the local stand-in for Stripe.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, expect, type APIRequestContext } from '@playwright/test'
import pg from 'pg'

export type Engine = 'sqlite' | 'postgres'
export type Options = { engine: Engine }

export const binary = resolve(import.meta.dirname, '../../bin/lighttrends')
const adminKey = 'bootstrap-key-of-the-browser-tests-0001'

export class House {
  base = ''
  demo = ''
  /** Opens the Admin API. */
  readonly key = adminKey
  /** What the server has printed since its last start. */
  output = ''
  private process?: ChildProcess
  private dir = mkdtempSync(join(tmpdir(), 'lighttrends-e2e-'))
  private database = ''
  private env: Record<string, string> = {}

  constructor(readonly engine: Engine, readonly command: 'serve' | 'demo' = 'serve', private host = '127.0.0.1') {}

  async open(): Promise<void> {
    const [web, demo] = await freePorts()
    this.env = {
      PATH: process.env.PATH ?? '', ADDR: `127.0.0.1:${web}`, DEMO_ADDR: `127.0.0.1:${demo}`, BASE_URL: `http://${this.host}:${web}`,
      DATA_DIR: this.dir, ADMIN_API_KEY: adminKey, WEBHOOK_ALLOWED_TARGETS: '127.0.0.1',
    }
    if (this.engine === 'postgres') {
      this.database = 'lighttrends_e2e_' + randomBytes(6).toString('hex')
      await administer(`CREATE DATABASE ${this.database}`)
    }
    await this.start()
  }

  /** Starts the server on what earlier starts left behind. */
  async start(): Promise<void> {
    const url = this.database ? databaseURL(this.database) : ''
    const args = this.command === 'demo' && url ? ['demo', `--database-url=${url}`] : [this.command]
    const env = this.command === 'serve' && url ? { ...this.env, DATABASE_URL: url } : this.env
    this.output = ''
    const child = spawn(binary, args, { env })
    this.process = child
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => (this.output += d))
    await expect.poll(() => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.output}`)
      return this.output
    }, { timeout: 60_000, message: 'the server starts' }).toContain('Ctrl-C stops it')
    this.base = this.printed('Portal')
    this.demo = this.printed('Mailbox').replace(/\/mailbox$/, '')
  }

  /** An address the server printed, without the last stroke. */
  printed(name: string): string {
    return this.output.match(new RegExp(`^ +${name} +(http\\S+?)/?(?: |$)`, 'm'))![1]
  }

  /** The addresses the server listens on, as the kernel lists them. */
  listening(): string[] {
    const proc = `/proc/${this.process!.pid}`
    const own = new Set(readdirSync(`${proc}/fd`).map((fd) => {
      try {
        return readlinkSync(`${proc}/fd/${fd}`).match(/^socket:\[(\d+)\]$/)?.[1]
      } catch {
        return undefined // closed in the meantime
      }
    }))
    const rows = ['tcp', 'tcp6'].flatMap((t) => readFileSync(`${proc}/net/${t}`, 'utf8').trim().split('\n').slice(1))
    return rows.map((r) => r.trim().split(/\s+/)).filter((f) => f[3] === '0A' && own.has(f[9])).map((f) => readable(f[1]))
  }

  /** Stops the server as an operator does, and returns its exit code. */
  async stop(): Promise<number | null> {
    const p = this.process
    if (!p) return null
    if (p.exitCode === null) {
      const ended = new Promise((done) => p.once('exit', done))
      p.kill('SIGTERM')
      await ended
    }
    return p.exitCode
  }

  async close(): Promise<void> {
    await this.stop()
    rmSync(this.dir, { recursive: true, force: true })
    if (this.database) await administer(`DROP DATABASE IF EXISTS ${this.database} WITH (FORCE)`)
  }

  /** The one-time address for the first owner, as the server printed it. */
  setupAddress(): string {
    const found = this.output.match(/http\S+\/setup\/\S+/)
    if (!found) throw new Error('no setup address in:\n' + this.output)
    return found[0]
  }

  /** Runs a command of the binary on this house's database. */
  async run(args: string[], input = ''): Promise<void> {
    const env = this.database ? { ...this.env, DATABASE_URL: databaseURL(this.database) } : this.env
    const child = spawn(binary, args, { env })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => (said += d))
    child.stdin.end(input)
    const code = await new Promise((done) => child.once('exit', done))
    expect(code, `${args.join(' ')}: ${said}`).toBe(0)
  }

  /** One call of the Admin API, which must succeed. */
  async admin(request: APIRequestContext, method: string, path: string, data?: unknown): Promise<any> {
    const answer = await request.fetch(`${this.base}/api/admin/v1${path}`, {
      method, data, headers: { Authorization: `Bearer ${adminKey}` },
    })
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBeTruthy()
    return answer.status() === 204 ? undefined : answer.json()
  }

  /** Writes a note and publishes it, on a day that is past if one is given. */
  async publish(request: APIRequestContext, note: Record<string, unknown>, day?: Date): Promise<any> {
    const made = await this.admin(request, 'POST', '/notes', note)
    return this.admin(request, 'PUT', `/notes/${made.id}/publication`, day && { at: day.toISOString() })
  }

  /** Makes a plan and waits until Stripe knows it. */
  async plan(request: APIRequestContext, slug: string, name: string, yearly: number): Promise<void> {
    await this.admin(request, 'PUT', `/plans/${slug}`, {
      name, description: 'For one reader.', visible: true, benefits: ['Every note in full', 'The archive'],
      prices: [
        { interval: 'month', amount: yearly / 10, currency: 'usd' },
        { interval: 'year', amount: yearly, currency: 'usd' },
      ],
    })
    await expect.poll(async () => {
      const { plans } = await this.admin(request, 'GET', '/plans')
      return plans.find((p: any) => p.slug === slug).mirrored
    }, { message: 'Stripe knows the plan' }).toBe(true)
  }
}

function databaseURL(name: string): string {
  const url = process.env.TEST_DATABASE_URL
  if (!url) throw new Error('TEST_DATABASE_URL is not set; run the tests through `make e2e`.')
  const own = new URL(url)
  if (name) own.pathname = '/' + name
  return own.toString()
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseURL('') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** An address as people write it; the kernel turns the bytes of IPv4 round. */
function readable(hex: string): string {
  const [host, port] = hex.split(':')
  const bytes = host.match(/../g)!.map((b) => parseInt(b, 16))
  return `${bytes.length === 4 ? bytes.reverse().join('.') : host}:${parseInt(port, 16)}`
}

async function freePorts(): Promise<[number, number]> {
  const open = () => new Promise<Server>((done) => {
    const s = createServer()
    s.listen(0, '127.0.0.1', () => done(s))
  })
  const servers = [await open(), await open()]
  const [web, demo] = servers.map((s) => (s.address() as { port: number }).port)
  await Promise.all(servers.map((s) => new Promise((done) => s.close(done))))
  return [web, demo]
}

function fixture(command: 'serve' | 'demo') {
  return async ({ engine }: Options, use: (h: House) => Promise<void>) => {
    const house = new House(engine, command)
    try {
      await house.open()
      await use(house)
    } finally {
      await house.close()
    }
  }
}

/**
 * house is empty at first, demo holds the demonstration; tests of a worker
 * share them. fresh is a house of the test's own, where nobody works yet.
 */
export const test = base.extend<{ fresh: House }, Options & { house: House; demo: House }>({
  engine: ['sqlite', { option: true, scope: 'worker' }],
  fresh: [fixture('serve'), { timeout: 90_000 }],
  house: [fixture('serve'), { scope: 'worker', timeout: 90_000 }],
  demo: [fixture('demo'), { scope: 'worker', timeout: 90_000 }],
})

export { expect }
