// The same count for a text that is not open in the editor.
import { Sourcebook } from '../bridge'
import { noteSchema } from '../schema'
import { type Count, Counter, minutesFor } from './words'

let schema: ReturnType<typeof noteSchema> | undefined

/** Counts a text in Markdown. */
export function countMarkdown(markdown: string): Count & { minutes: number } {
  schema ??= noteSchema()
  const count = new Counter().count(new Sourcebook(schema).open(markdown))
  return { ...count, minutes: minutesFor(count) }
}
