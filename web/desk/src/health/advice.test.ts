import { expect, test } from 'vitest'
import type { Health } from '../api/types'
import { advice } from './advice'

const now = Date.parse('2026-03-01T12:00:00Z')
const well = (): Health => ({
  version: 'v1', database: { engine: 'sqlite', version: '3', size_bytes: 1, schema: 1 },
  jobs: { queued: 0, scheduled: 3, running: 0, retrying: 0, failed: 0, failing: [] },
  mail: { mode: 'smtp', sent: 1, failed: 0, last_sent_at: '2026-03-01T11:00:00Z' },
  stripe: { mode: 'live', waiting: 0, refused: 0 }, storage: { kind: 'disk', free_bytes: 50e9, total_bytes: 100e9 },
})
const parts = (change: (h: Health) => void) => { const h = well(); change(h); return advice(h, now).map((a) => `${a.level} ${a.part}`) }

test('a system that is well needs no advice', () => expect(advice(well(), now)).toEqual([]))

test('each trouble is told with its weight, the worst first', () => {
  expect(parts((h) => { h.jobs.oldest_queued_at = '2026-03-01T11:49:00Z' })).toEqual(['bad jobs'])
  expect(parts((h) => { h.jobs.oldest_queued_at = '2026-03-01T11:59:00Z' })).toEqual([])
  expect(parts((h) => { h.jobs.retrying = 1; h.jobs.failed = 2 })).toEqual(['bad jobs', 'mind jobs'])
  expect(parts((h) => { h.mail.last_failure_at = '2026-03-01T11:30:00Z' })).toEqual(['bad mail'])
  expect(parts((h) => { h.mail.last_failure_at = '2026-03-01T10:30:00Z' })).toEqual([])
  expect(parts((h) => { h.stripe.mode = 'test'; h.storage.free_bytes = 1e9 })).toEqual(['bad storage', 'mind stripe'])
  expect(parts((h) => { h.storage = { kind: 's3' } })).toEqual([])
  expect(parts((h) => { h.stripe.refused = 3; h.stripe.last_refused_at = '2026-03-01T11:30:00Z' })).toEqual(['bad stripe'])
  expect(parts((h) => { h.stripe.refused = 3; h.stripe.last_refused_at = '2026-03-01T01:30:00Z' })).toEqual(['mind stripe'])
  expect(parts((h) => { h.stripe.silent_since = '2026-02-28T01:30:00Z' })).toEqual(['bad stripe'])
})

test('a refusal says why, and what to look at', () => {
  const said = advice({ ...well(), stripe: { mode: 'live', waiting: 0, refused: 2, refused_for: 'too_old' } }, now)[0]
  expect(said?.wrong).toBe('2 webhook calls were refused in the last day, the last one because its signature was too old.')
  expect(said?.act).toContain('clock')
})
