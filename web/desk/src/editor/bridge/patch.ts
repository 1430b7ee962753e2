// Carrying a change over to the source text. A block is printed before and
// after the change; what differs between the prints is applied to the source,
// so that the rest of the block keeps its author's spelling.
import { groups } from './hunks'

const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\r\n|[\r\n]|[^\S\r\n]+|[^]/gu) ?? []

/**
 * Applies to `source` what leads from `before` to `after`. Where the source is
 * spelled differently and changed as well, the print after the change wins.
 */
export function patch(source: string, before: string, after: string): string {
  const base = tokens(before)
  const spelled = tokens(source)
  const changed = tokens(after)
  let out = ''
  let at = 0
  for (const group of groups(base, spelled, changed)) {
    const text = group.by === 'mine' ? spelled.slice(...group.mine) : changed.slice(...group.theirs)
    out += base.slice(at, group.from).join('') + text.join('')
    at = group.to
  }
  return out + base.slice(at).join('')
}
