import { expect, test } from 'vitest'
import { newID } from './id'

test('an id is a random UUID, also where the browser makes none', () => {
  const ids = Array.from({ length: 200 }, newID)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(200)
})
