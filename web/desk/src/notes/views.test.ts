import { beforeEach, expect, test } from 'vitest'
import { dropView, keepView, ownViews, sameSearch } from './views'

beforeEach(() => localStorage.clear())

test('views belong to one person, and a name is used once', () => {
  keepView('ana', { name: 'Mine', search: { status: 'draft' } })
  keepView('ana', { name: 'Mine', search: { status: 'published' } })
  keepView('ben', { name: 'Forecasts', search: { kind: 'forecast' } })
  expect(ownViews('ana')).toEqual([{ name: 'Mine', search: { status: 'published' }, own: true }])
  dropView('ana', 'Mine')
  expect(ownViews('ana')).toEqual([])
  expect(ownViews('ben')).toHaveLength(1)
})

test('what somebody else wrote into the storage is no view', () => {
  localStorage.setItem('desk-views-ana', '{"a":')
  expect(ownViews('ana')).toEqual([])
  localStorage.setItem('desk-views-ana', '[1, {"name": 3}, {"name": "x", "search": null}, {"name": "y", "search": {}}]')
  expect(ownViews('ana').map((v) => v.name)).toEqual(['y'])
})

test('an absent filter and an empty one are the same', () => {
  expect(sameSearch({}, { title: '' })).toBe(true)
  expect(sameSearch({ status: 'draft' }, {})).toBe(false)
})
