import { describe, expect, it } from 'vitest'
import type { Finding } from '../api/types'
import { differences, grouped, outcome } from './differences'

const finding = (over: Partial<Finding>): Finding => ({ difference: 'details_differed', stripe_id: 'sub_1', was: '', is: '', repaired: false, by_machine: true, ...over })

describe('the list of differences', () => {
  it('puts what is urgent first and leaves out what was not found', () => {
    const list = grouped([finding({}), finding({ difference: 'paid_without_access' }), finding({ stripe_id: 'sub_2' })])
    expect(list.map(([d, of]) => [d, of.length])).toEqual([['paid_without_access', 1], ['details_differed', 2]])
  })
  it('says of each what comes next', () => {
    expect(outcome(finding({ repaired: true }))).toBe('Put right.')
    expect(outcome(finding({}))).toBe('A repair puts it right.')
    expect(outcome(finding({ by_machine: false, what_to_do: 'Ask the member.' }))).toBe('Ask the member.')
  })
  it('has a name and a meaning for each', () => {
    for (const d of Object.values(differences)) expect(d.name.length * d.means.length).toBeGreaterThan(0)
  })
})
