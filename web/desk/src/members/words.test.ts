import { describe, expect, it } from 'vitest'
import type { Moment } from '../api/types'
import { folded, grantName, sentenceOf } from './words'

const moment = (over: Partial<Moment>): Moment => ({ id: '1', at: '2026-01-01T00:00:00Z', kind: 'happened', what: 'subscription.started', ...over })

describe('the timeline', () => {
  it('speaks the words of the journal', () => {
    expect(sentenceOf(moment({}))).toBe('A subscription began')
    expect(sentenceOf(moment({ what: 'member.renamed', by: 'Eva' }))).toBe('Eva changed the name of a member')
    expect(sentenceOf(moment({ what: 'member.danced', by: '' }))).toBe('The system: member danced')
  })
  it('tells of letters that did not arrive', () => {
    expect(sentenceOf(moment({ kind: 'letter', what: 'welcome' }))).toBe('The welcome letter went out')
    expect(sentenceOf(moment({ kind: 'letter', what: 'welcome', bad: true }))).toContain('not taken')
  })
  it('tells of events that wait', () => expect(sentenceOf(moment({ kind: 'stripe', what: 'invoice.paid', bad: true }))).toBe('Stripe told of invoice.paid, which could not be worked on yet'))
  it('folds what changed nothing, where it follows on each other', () => {
    const [idle, waits, real] = [moment({ kind: 'stripe', note: 'unknown_type' }), moment({ kind: 'stripe', note: 'unknown_type', bad: true }), moment({})]
    expect(folded([idle, idle, real, idle, waits, idle]).map((f) => f.length)).toEqual([2, 1, 1, 1, 1])
    expect(folded([])).toEqual([])
  })
  it('names grants', () => {
    expect(grantName('subscription', 'research')).toBe('Subscription: research')
    expect(grantName('complimentary')).toBe('Given by the firm: every plan')
  })
})
