// What topics, authors and series are called at the desk.
export interface Entry { slug: string; name: string; role: string; text: string }
export type Sort = 'topics' | 'authors' | 'series'

export const words: Record<Sort, { many: string; one: string; text: string; path: string; filter: 'topic' | 'author' | 'series' }> = {
  topics: { many: 'Topics', one: 'topic', text: 'Description', path: '/topics/', filter: 'topic' },
  authors: { many: 'Authors', one: 'author', text: 'About them', path: '/authors/', filter: 'author' },
  series: { many: 'Series', one: 'series', text: 'Description', path: '/series/', filter: 'series' },
}
