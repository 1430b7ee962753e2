// The page of a real newsletter that stands beside the repository. Its text is
// not ours, so it is read, never copied.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What readers saw of one note. */
export type Seed = { series: string; title: string; month: string; day: Date; teaser: string[]; invitation: string; contact: string[] }

const folder = process.env.SEEDS_DIR || resolve(import.meta.dirname, '../../../shared/seeds')
export const seedFile = join(folder, 'lighttrends-2021-07-13.txt')
export const seedIsThere = existsSync(seedFile)

/**
 * The file's order is: series, title, month, date, the paragraphs of the
 * teaser, the line for subscribers, and the contact block.
 */
export function readSeed(): Seed {
  const lines = readFileSync(seedFile, 'utf8').split('\n').map((l) => l.trim()).filter(Boolean)
  const [series, title, month, date] = lines
  const turn = lines.findIndex((l) => /can access the full text of this research note/.test(l))
  const day = new Date(date + ' UTC')
  if (turn < 5 || Number.isNaN(day.getTime())) throw new Error(`${seedFile} does not have the order that is expected of it`)
  return { series, title, month, day, teaser: lines.slice(4, turn), invitation: lines[turn], contact: lines.slice(turn + 1) }
}

/** The page's typography, undone: what the renderer may set another way. */
export function plain(s: string): string {
  return s.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim()
}

export function asMarkdown(s: string): string {
  return s.replace(/([\\`*_[\]<>#|~&])/g, '\\$1')
}
