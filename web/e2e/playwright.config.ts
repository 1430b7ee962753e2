import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'
import type { Options } from './house.ts'
import { seedFile, seedIsThere } from './seed.ts'

// The distribution's Chromium: nothing is downloaded.
const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (!browser) throw new Error('No Chromium found. Install it (Debian: apt-get install chromium).')

// Workers read this file, too; saying it once is enough.
if (!seedIsThere && process.env.TEST_WORKER_INDEX === undefined) {
  console.warn(`The seed is missing: there is no ${seedFile}. The test of the real note is skipped; SEEDS_DIR names another folder.`)
}

const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic']

export default defineConfig<Options>({
  testDir: 'tests',
  fullyParallel: false,
  // One more than the runners usually have processors: tests wait a good deal.
  workers: 3,
  // A browser on a busy machine misses a moment now and then. Such a test is listed
  // as flaky, with what went wrong at first; one that fails twice fails.
  retries: 1,
  forbidOnly: true,
  // Generous, for machines that have other things to do; a test takes seconds.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: { executablePath: browser, args: process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet },
    actionTimeout: 30_000,
    trace: { mode: 'on-first-retry', screenshots: false, snapshots: true, sources: false },
    locale: 'en-GB',
  },
  projects: [
    { name: 'sqlite', use: { engine: 'sqlite' }, testIgnore: /lighthouse/ },
    // What a page looks like and how the desk is worked does not depend on the
    // database; what the server does is tested on both engines in Go. So the
    // second engine gets the journeys that go through everything.
    { name: 'postgres', use: { engine: 'postgres' }, testMatch: /(story|governing|note|income|demo|buying|payment|orders?|subscription|sign-in|sample|without-script)[a-z-]*\.spec/, grepInvert: /axe finds nothing/ },
    // Last and alone, by a call of its own (see the Makefile): it measures time.
    { name: 'lighthouse', use: { engine: 'sqlite' }, testMatch: /lighthouse/ },
  ],
})
