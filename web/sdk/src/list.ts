// Lists come page by page, each naming the cursor of the next.

/** A list: await it for its first page, or go over all of its items.
 *
 *     const { notes } = await content.notes.list({ limit: 5 })
 *     for await (const note of content.notes.list({ topic: 'optics' })) …
 */
export interface List<P, I> extends PromiseLike<P>, AsyncIterable<I> {
  /** Page after page, to the end. */
  pages(): AsyncIterable<P>
}

/** Makes a list of a function that gets the page at a cursor. */
export function listOf<P extends { next?: string }, I>(get: (cursor?: string) => Promise<P>, items: (page: P) => I[]): List<P, I> {
  async function* pages(): AsyncGenerator<P> {
    for (let cursor: string | undefined; ;) {
      const page = await get(cursor)
      yield page
      if (!page.next || page.next === cursor) return
      cursor = page.next
    }
  }
  return {
    pages,
    then: (good, bad) => get().then(good, bad),
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* items(page)
    },
  }
}
