import { expect, test } from 'vitest'
import { verbsOf, type FlowNote } from './verbs'

const analyst = (c: string) => ['notes.read', 'notes.write'].includes(c)
const editor = (c: string) => c.startsWith('notes.')
const review = (state: 'open' | 'approved', by = 'ana') => ({ state, revision: 1, current: true, message: '', reviewers: [], submitted_by: { id: by, name: by }, submitted_at: '' })
const note = (part: Partial<FlowNote>) => ({ status: 'draft', changed: false, schedules: [], ...part }) as FlowNote

test('an analyst submits, and cannot publish', () => {
  expect(verbsOf(note({}), analyst, 'ana')).toEqual(['submit'])
  expect(verbsOf(note({ status: 'in_review', review: review('open') }), analyst, 'ana')).toEqual(['withdraw'])
  expect(verbsOf(note({ status: 'in_review', review: review('open', 'ben') }), analyst, 'ana')).toEqual([])
})

test('an analyst whose submission is older than the draft submits again', () => {
  expect(verbsOf(note({ status: 'in_review', review: { ...review('open'), current: false } }), analyst, 'ana')).toContain('submit')
})

test('an editor decides first', () => {
  expect(verbsOf(note({ status: 'in_review', review: review('open') }), editor, 'eva').slice(0, 3)).toEqual(['approve', 'send-back', 'publish'])
  expect(verbsOf(note({ status: 'in_review', review: review('approved') }), editor, 'eva').slice(0, 2)).toEqual(['publish', 'send-back'])
})

test('with four eyes nobody is offered to approve what they submitted', () => {
  const mine = note({ status: 'in_review', review: review('open', 'eva') })
  expect(verbsOf(mine, editor, 'eva', true)).toEqual(['withdraw', 'publish', 'schedule', 'archive'])
  expect(verbsOf(mine, editor, 'eva', false)).toContain('approve')
  expect(verbsOf(note({}), editor, 'eva', true).slice(0, 2)).toEqual(['submit', 'publish'])
  expect(verbsOf(note({ status: 'in_review', review: review('open') }), editor, 'eva', true)).toContain('approve')
})

test('a live note is updated when it has changes, and can be retracted', () => {
  expect(verbsOf(note({ status: 'published' }), editor, 'eva')).toEqual(['schedule', 'retract'])
  expect(verbsOf(note({ status: 'published', changed: true }), editor, 'eva')).toEqual(['update', 'submit', 'schedule', 'retract'])
})

test('an archived note can only come back', () => {
  expect(verbsOf(note({ status: 'archived' }), editor, 'eva')).toEqual(['unarchive'])
  expect(verbsOf(note({ status: 'archived' }), analyst, 'ana')).toEqual([])
})
