import { describe, expect, it } from 'vitest'
import type { Order } from '../api/types'
import { extent, open, when } from './words'

const order = (part: Partial<Order>): Order => ({ state: 'quoted', months: 12, seats: 1, expires_at: '2026-05-01T10:00:00Z', due_at: '2026-06-01T10:00:00Z', problem: '', ...part }) as Order

describe('an order in words', () => {
  it('says for how long and how many', () => {
    expect(extent({ months: 12, seats: 1 })).toBe('1 year')
    expect(extent({ months: 24, seats: 5 })).toBe('2 years, 5 seats')
    expect(extent({ months: 1, seats: 1 })).toBe('1 month')
    expect(extent({ months: 18, seats: 2 })).toBe('18 months, 2 seats')
  })
  it('names the day that matters', () => {
    expect(when(order({}))).toBe('holds until 1 May 2026')
    expect(when(order({ state: 'overdue' }))).toBe('was due on 1 Jun 2026')
    expect(when(order({ state: 'accepted', problem: 'stripe_unreachable' }))).toContain('could not be written')
    expect(when(order({ state: 'void' }))).toBe('')
  })
  it('can be taken back until it is paid or closed', () => {
    expect((['quoted', 'expired', 'accepted', 'invoiced', 'overdue', 'paid', 'void', 'declined'] as const).map((state) => open(order({ state })))).toEqual([true, true, true, true, true, false, false, false])
  })
})
