import { expect, test } from 'vitest'
import { asks, choices } from './words'

test('events are offered in groups, with all of a kind first', () => {
  const got = choices([{ type: 'note.published', text: 'A note appeared.' }, { type: 'note.updated', text: 'B.' }, { type: 'member.deleted', text: 'C.' }])
  expect(got.map((g) => [g.group, ...g.items.map((i) => i.value)])).toEqual([['Everything', '*'], ['Notes', 'note.*', 'note.published', 'note.updated'], ['Members', 'member.*', 'member.deleted']])
  const apart = choices([{ type: 'mail.sent', text: 'A.' }, { type: 'cache.purge', text: 'B.' }, { type: 'mail.refused', text: 'C.' }])
  expect(apart.map((g) => g.items.map((i) => i.value))).toEqual([['*'], ['mail.*', 'mail.sent', 'mail.refused'], ['cache.*', 'cache.purge']])
  expect(got[1]!.items[1]!.label).toBe('A note appeared')
})

test('what a webhook asks for is said in few words', () => {
  expect(asks(['note.*', 'member.deleted'])).toBe('notes, member.deleted')
  expect(asks(['note.updated', '*'])).toBe('everything')
  expect(asks(['a.a', 'b.b', 'c.c', 'd.d', 'e.e'])).toBe('a.a, b.b, c.c and 2 more')
})
