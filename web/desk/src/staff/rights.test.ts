import { expect, test } from 'vitest'
import type { Me, Role, Staff } from '../api/types'
import { grouped, mayDecideOver, mayEdit, mayGive } from './rights'

const role = (id: string, capabilities: string[], built_in = true): Role => ({ id, name: id, built_in, capabilities, staff: 1 })
const analyst = role('analyst', ['notes.read', 'notes.write'])
const owner = role('owner', ['notes.read', 'notes.write', 'keys.write', 'staff.write'])
const recruiter = role('0192', ['notes.read', 'notes.write', 'staff.write'], false)
const roles = [owner, analyst, recruiter]
const as = (r: Role, id = 'me'): Me => ({ kind: 'staff', id, name: 'Me', capabilities: r.capabilities, role: r.id })
const colleague = (r: Role, id = 'other') => ({ id, role: r.id }) as Staff

test('whoever recruits reaches those who can do no more than they', () => {
  expect(mayDecideOver(as(recruiter), colleague(analyst), roles)).toBe(true)
  expect(mayDecideOver(as(recruiter), colleague(recruiter), roles)).toBe(true)
  expect(mayDecideOver(as(recruiter), colleague(owner), roles)).toBe(false)
  expect(mayDecideOver(as(owner), colleague(owner), roles)).toBe(true)
})

test('nobody locks themselves out, and a role that is not known opens nothing', () => {
  expect(mayDecideOver(as(owner), colleague(owner, 'me'), roles)).toBe(false)
  expect(mayGive(as(owner), undefined)).toBe(false)
})

test('without the right to decide over staff nothing is offered', () => {
  expect(mayGive(as(analyst), analyst)).toBe(false)
  expect(mayEdit(as(analyst), role('own', ['notes.read'], false))).toBe(false)
})

test('only own roles can be edited', () => {
  expect(mayEdit(as(owner), recruiter)).toBe(true)
  expect(mayEdit(as(owner), analyst)).toBe(false)
  expect(mayEdit(as(recruiter), role('own', ['notes.read', 'keys.write'], false))).toBe(false)
})

test('rights come by group, without those one does not have', () => {
  const texts = [['notes.read', 'Notes'], ['keys.write', 'House'], ['notes.write', 'Notes'], ['staff.write', 'House']]
    .map(([name, group]) => ({ name: name!, group: group!, sentence: name! }))
  expect(grouped(texts, recruiter.capabilities).map((g) => [g.name, g.rights.map((r) => r.name)])).toEqual([
    ['Notes', ['notes.read', 'notes.write']], ['House', ['staff.write']],
  ])
})
