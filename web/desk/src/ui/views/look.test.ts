import { expect, test } from 'vitest'
import type { View } from '../../api/types'
import { address, asked, asksSame, builtIn, choiceOf, stand } from './look'

const all = builtIn('all', 'All')
const drafts = builtIn('drafts', 'Drafts', { status: 'draft' })
const view = (over: Partial<View>): View => ({
  id: 'v1', list: 'notes', name: 'Film', filters: { topic: 'film' }, sort: 'title', reverse: true, columns: ['status'], density: 'compact', shared: false, own: true,
  owner: 'Ana', default: false, version: 1, created_at: '', updated_at: '', ...over,
})
const film = choiceOf(view({}))
const choices = [all, drafts, film]

test('an address goes out as it came in', () => {
  const search = { topic: 'film', q: '', sort: 'title', reverse: 'true', base: 'v1' }
  expect(address(asked(search), 'v1')).toEqual({ topic: 'film', sort: 'title', reverse: 'true', base: 'v1' })
  expect(address(asked({ view: 'x' }))).toEqual({})
})

test('an empty address is the first view, or the one that somebody begins with', () => {
  expect(stand({}, choices, all)).toMatchObject({ choice: { id: 'all' }, changed: false })
  const begins = choiceOf(view({ default: true }))
  expect(stand({}, [all, begins], all)).toMatchObject({ choice: { id: 'v1' }, look: { filters: { topic: 'film' }, sort: 'title', reverse: true } })
  expect(stand({ view: 'all' }, [all, begins], all).choice?.id).toBe('all')
})

test('a view that is kept can be changed, by what is asked for and by what is shown', () => {
  expect(stand({ view: 'v1' }, choices, all)).toMatchObject({ changed: false, missing: false, look: { density: 'compact', columns: ['status'] } })
  expect(stand({ view: 'v1' }, choices, all, { columns: ['kind'], density: 'compact' })).toMatchObject({ changed: true, look: { columns: ['kind'] } })
  expect(stand({ topic: 'zinc', base: 'v1' }, choices, all)).toMatchObject({ changed: true, choice: { id: 'v1' }, look: { density: 'compact', sort: '' } })
  expect(stand({ ...address(film, 'v1') }, choices, all).changed).toBe(false)
})

test('filters that are a view of everybody are that view', () => {
  expect(stand({ status: 'draft' }, choices, all)).toMatchObject({ choice: { id: 'drafts' }, changed: false })
  expect(stand({ status: 'draft', kind: 'data' }, choices, all)).toMatchObject({ choice: undefined, changed: true })
})

test('a view that is gone is said to be', () => {
  expect(stand({ view: 'gone' }, choices, all)).toMatchObject({ missing: true, look: { filters: {} } })
})

test('the order of filters does not matter', () => {
  expect(asksSame({ filters: { a: '1', b: '2', c: '' }, sort: '', reverse: false }, { filters: { b: '2', a: '1' }, sort: '', reverse: false })).toBe(true)
})
