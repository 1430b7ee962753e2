// What the compiler has to say: checked by `npm run check`, never run.
import { createContentClient } from '../src/index.js'
import { createAdminClient } from '../src/admin.js'

const content = createContentClient({ url: '', key: '' })

export async function reading(): Promise<string> {
  const note = await content.notes.get('a')
  if (note.decision === 'full') return note.text.html
  // @ts-expect-error there is no text without the decision
  note.text.html
  for await (const found of content.search('film')) found.highlights.title.length
  for await (const n of content.notes.list({ kind: 'data' })) n.slug.length
  for await (const n of content.notes.list({ fields: ['slug', 'title'] })) {
    n.title.length
    // @ts-expect-error it was not asked for
    n.abstract
  }
  const text = await content.notes.get('a', { format: 'text' })
  if (text.decision === 'full') text.text.text.length
  // @ts-expect-error another format was asked for
  text.teaser.html
  // @ts-expect-error there is no such kind
  content.notes.list({ kind: 'poem' })
  // @ts-expect-error lists move by themselves
  content.notes.list({ cursor: 'x' })
  return note.access.unlock.join()
}

export async function writing(): Promise<number> {
  const admin = createAdminClient({ url: '', key: '' })
  // @ts-expect-error a path is missing
  await admin('GET /notes/{id}')
  // @ts-expect-error there is no such operation
  await admin('GET /poems')
  return (await admin('PATCH /notes/{id}', { path: { id: '1' }, body: { title: 'A' }, ifMatch: 1 })).version
}
