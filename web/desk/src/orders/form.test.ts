import { describe, expect, it } from 'vitest'
import type { Plan } from '../api/types'
import { listPrice } from './form'

const plan = { prices: [{ interval: 'month', amount: 1000, currency: 'eur' }, { interval: 'year', amount: 9900, currency: 'eur' }, { interval: 'once', months: 3, amount: 2500, currency: 'eur' }, { interval: 'year', amount: 90000, currency: 'jpy' }] } as Plan

describe('the list price of a quote', () => {
  it('takes the price for the whole term first, then years, then months', () => {
    expect(listPrice(plan, 3, 1, 'eur')).toBe(25)
    expect(listPrice(plan, 24, 2, 'eur')).toBe(396)
    expect(listPrice(plan, 5, 1, 'eur')).toBe(50)
    expect(listPrice(plan, 12, 1, 'jpy')).toBe(90000)
  })
  it('is none where no price fits', () => {
    expect(listPrice(plan, 5, 1, 'usd')).toBeUndefined()
    expect(listPrice(undefined, 12, 1, 'eur')).toBeUndefined()
  })
})
