// The example front end, built for a house and served from another origin.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type APIRequestContext } from '@playwright/test'
import type { House } from './house.ts'

const example = resolve(import.meta.dirname, '../examples/reader')
const vite = join(example, 'node_modules/vite/bin/vite.js')

export class Sample {
  origin = ''
  private process?: ChildProcess
  private dir = mkdtempSync(join(tmpdir(), 'lighttrends-sample-'))

  /** Makes a content key for an origin of its own, builds with it, and serves that. */
  async open(house: House, request: APIRequestContext): Promise<void> {
    const port = await freePort()
    this.origin = `http://localhost:${port}`
    const key = await house.admin(request, 'POST', '/keys', { name: 'Sample', scopes: ['content.read'], origins: [this.origin], return_addresses: [`${this.origin}/`] })
    const env = { PATH: process.env.PATH ?? '', HOME: this.dir, LIGHTTRENDS_URL: house.base, LIGHTTRENDS_KEY: key.secret }
    const build = spawn(process.execPath, [vite, 'build', '--outDir', this.dir, '--emptyOutDir'], { cwd: example, env })
    let said = ''
    for (const stream of [build.stdout, build.stderr]) stream.on('data', (d) => (said += d))
    expect(await new Promise((done) => build.once('exit', done)), said).toBe(0)
    this.process = spawn(process.execPath, [vite, 'preview', '--outDir', this.dir, '--port', String(port)], { cwd: example, env })
    await expect.poll(async () => fetch(this.origin).then((a) => a.status, () => 0), { message: 'the sample is served' }).toBe(200)
  }

  async close(): Promise<void> {
    const p = this.process
    if (p && p.exitCode === null) {
      const ended = new Promise((done) => p.once('exit', done))
      p.kill('SIGTERM')
      await ended
    }
    rmSync(this.dir, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const s = createServer().listen(0, 'localhost', () => {
      const { port } = s.address() as { port: number }
      s.close(() => done(port))
    })
  })
}
