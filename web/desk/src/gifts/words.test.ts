import { expect, test } from 'vitest'
import type { Gift } from '../api/types'
import { keptAnyway, states, when } from './words'

const gift = {
  id: '1', state: 'paid', code_begins: 'ABCD', plan: 'reader', plan_name: 'Reader', months: 3, amount: 14700, currency: 'eur', giver_id: '2', giver_name: 'Ada',
  recipient: 'bo@example.com', recipient_name: 'Bo', deliver_at: '2026-12-24T00:00:00Z',
} as Gift

test('each state has words, and the day that matters', () => {
  const stands: Partial<Gift>[] = [
    {}, { state: 'delivered', delivered_at: '2026-12-24T00:00:00Z' }, { state: 'redeemed', redeemed_at: '2026-12-25T00:00:00Z' },
    { state: 'expired', expires_at: '2028-12-24T00:00:00Z' }, { state: 'revoked' },
  ]
  for (const s of stands) {
    const g = { ...gift, ...s }
    expect(states[g.state][0]).not.toBe('')
    expect(when(g)).toMatch(g.state === 'revoked' ? /paid back/ : /20(26|28)/)
  }
})

test('a refund that took nothing back is told', () => {
  expect(keptAnyway({ ...gift, refunded_at: '2026-12-25T00:00:00Z' })).toBe(true)
  expect(keptAnyway({ ...gift, state: 'revoked', refunded_at: '2026-12-25T00:00:00Z' })).toBe(false)
  expect(keptAnyway(gift)).toBe(false)
})
