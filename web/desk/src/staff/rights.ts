// Who may decide over whom: the same rules as the server's, so that nothing is
// offered that it would refuse. The server has the last word.
import type { CapabilityText, Me, Role, Staff } from '../api/types'

export const staffWrite = 'staff.write'

const within = (inner: readonly string[], outer: readonly string[]) => inner.every((c) => outer.includes(c))

/** Nobody gives or takes rights that they do not have. */
export const mayGive = (me: Me, role?: Role): boolean =>
  me.capabilities.includes(staffWrite) && !!role && within(role.capabilities, me.capabilities)

/** Colleagues who can do more are out of reach, and one does not lock oneself out. */
export const mayDecideOver = (me: Me, person: Staff, roles: readonly Role[]): boolean =>
  person.id !== me.id && mayGive(me, roles.find((r) => r.id === person.role))

/** The built-in roles are as they are. */
export const mayEdit = (me: Me, role: Role): boolean => !role.built_in && mayGive(me, role)

export interface RightsGroup { name: string; rights: CapabilityText[] }

/** The rights one may give, by group, in the order of the server. */
export function grouped(rights: readonly CapabilityText[], may: readonly string[]): RightsGroup[] {
  const groups: RightsGroup[] = []
  for (const right of rights) {
    if (!may.includes(right.name)) continue
    const group = groups.find((g) => g.name === right.group)
    if (group) group.rights.push(right)
    else groups.push({ name: right.group, rights: [right] })
  }
  return groups
}
